import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { event } from './event.js'

const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
const file = join(folder, 'market.db')

beforeAll(async () => {
  const { log, close } = await sqliteStore(file).open()
  await log.append({ writes: [{ stream: 'listing-1', expected: 'none', events: [event('Noted')] }] })
  await close()
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('a store that is opened to be read', () => {
  it('is read as ever, refuses what would write, and is left as it was', async () => {
    const before = hashes()
    const { log, keys, messages, close } = await sqliteStore(file, { readOnly: true }).open()
    expect((await log.readStream('listing-1')).events).toHaveLength(1)
    expect(await keys.keys(['lead-1'])).toEqual(new Map())
    expect(await messages.readStream('message-1')).toMatchObject({ head: 'none' })
    const append = log.append({ writes: [{ stream: 'listing-2', expected: 'none', events: [event('Noted')] }] })
    await expect(append).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('only be read'),
    })
    await close()
    expect(hashes()).toEqual(before)
  })

  it('makes no file: those beside the log that are missing are empty', async () => {
    for (const part of ['keys', 'messages', 'views']) rmSync(join(folder, `market.${part}.db`))
    const { keys, messages, views, close } = await sqliteStore(file, { readOnly: true }).open()
    expect([await keys.followed(), (await messages.readStream('message-1')).head, await views.list()]).toEqual([
      undefined,
      'none',
      [],
    ])
    await close()
    expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toEqual(['market.db'])
  })

  it('is refused when its log is not there, and not made', async () => {
    const absent = join(folder, 'absent.db')
    await expect(sqliteStore(absent, { readOnly: true }).open()).rejects.toMatchObject({ code: 'unavailable' })
    expect(existsSync(absent)).toBe(false)
  })
})

function hashes(): readonly string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.db'))
  return files.map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}`,
  )
}
