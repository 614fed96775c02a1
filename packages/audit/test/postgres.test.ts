import { randomUUID } from 'node:crypto'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { postgresStore } from '@vitrine/store-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Story, tellStory } from './story.js'
import { vitrine } from './tool-within.js'

const schema = `audit_${randomUUID().replaceAll('-', '')}`
let url: string
let story: Story

beforeAll(async () => {
  url = await postgresForTests()
  story = await tellStory(postgresStore({ connectionString: url, schema }), { chain: true })
})

describe('a log in PostgreSQL', () => {
  const there = () => ['--store', `postgres:${url}`, '--tenant', schema]

  it('is told, verified and decided again as any other', async () => {
    expect(await vitrine('history', story.listingId, ...there())).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Which regions do you support?'),
    })
    expect(await vitrine('verify', ...there())).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('✓ Nothing was found'),
    })
    expect(await vitrine('live', '--as-of', '2026-01-20', ...there())).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('2 listings'),
    })
    expect(await vitrine('messages', 'list', ...there())).toMatchObject({ exit: 1 })
  })

  it('is opened for reading alone: a schema that is not there is not made', async () => {
    const { exit, stderr } = await vitrine('live', '--store', `postgres:${url}`, '--tenant', 'nobodys')
    expect(exit).toBe(3)
    expect(stderr).toMatch(/^vitrine: /)
    const again = await vitrine('live', '--store', `postgres:${url}`, '--tenant', 'nobodys')
    expect(again.exit).toBe(3)
  })

  it('is named without the password in its URL', async () => {
    const { stdout } = await vitrine('live', '--format', 'json', ...there())
    const { store } = JSON.parse(stdout) as { store: string }
    expect(store).not.toMatch(/:\/\/[^/]*@/)
  })
})
