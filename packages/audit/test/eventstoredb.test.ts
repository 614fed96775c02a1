import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStoreDbStore } from '@vitrine/store-eventstoredb'
import { sqliteStore } from '@vitrine/store-sqlite'
import { startEventStoreDb } from '@vitrine/testing/eventstoredb-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Story, tellStory } from './story.js'
import { vitrine } from './tool-within.js'

const prefix = 'audited'
const folder = mkdtempSync(join(tmpdir(), 'vitrine-audit-eventstoredb-'))
const beside = join(folder, 'beside.db')
const server = await startEventStoreDb()
const there = ['--store', `eventstoredb:${server.connectionString}`, '--tenant', prefix, '--beside', beside]
let story: Story

beforeAll(async () => {
  const { connectionString } = server
  story = await tellStory(eventStoreDbStore({ connectionString, prefix, beside: sqliteStore(beside) }), { chain: true })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

describe('a log in EventStoreDB', { timeout: 60_000 }, () => {
  it('is told, verified, decided again and exported by the tool as any other', async () => {
    expect(await vitrine('history', story.listingId, ...there)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Which regions do you support?'),
    })
    expect(await vitrine('verify', ...there)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('✓ Nothing was found'),
    })
    expect(await vitrine('verify', '--decisions', ...there)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('✓ No facts had moved between a decision and its append.'),
    })
    expect(await vitrine('export', join(folder, 'log.ndjson'), ...there)).toMatchObject({ exit: 0 })
  })

  it('is not opened without the file of the rest', async () => {
    expect(await vitrine('verify', ...there.slice(0, 4))).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('EventStoreDB holds logs alone'),
    })
  })
})
