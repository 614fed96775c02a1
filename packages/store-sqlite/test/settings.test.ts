import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Checkpoint, ViewShape } from '@vitrine/core'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { sqliteStore } from '../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

it('every file keeps a write-ahead log, and waits for the disk at each commit, but for the one that can be built anew', async () => {
  const calls = vi.spyOn(DatabaseSync.prototype, 'exec')
  for (const [name, synchronous] of [
    ['full', 'FULL'],
    ['normal', 'NORMAL'],
  ] as const) {
    const { close } = await sqliteStore(join(folder, `${name}.db`), { synchronous }).open()
    const connections = new Set(calls.mock.contexts as DatabaseSync[])
    const found = Array.from(connections, (one) => [basename(one.location() ?? ''), ...settingsOf(one)])
    const asked = synchronous === 'FULL' ? 2 : 1
    expect(Object.fromEntries(found.map(([file, ...settings]) => [file, settings]))).toEqual({
      [`${name}.db`]: ['wal', asked],
      [`${name}.messages.db`]: ['wal', asked],
      [`${name}.keys.db`]: ['wal', 2],
      [`${name}.views.db`]: ['wal', 1],
    })
    await close()
    calls.mockClear()
  }
})

it('the index of words is not touched where a document changes and its words do not', async () => {
  const path = join(folder, 'words.db')
  const { views, close } = await sqliteStore(path).open()
  const shape: ViewShape = { name: 'v', version: 1, indexes: [['price']], text: true }
  const table = await views.open(shape)
  await table.finish()
  const write = async (position: number, price: number, words: string) => {
    const from = position === 1 ? undefined : at(position - 1)
    await table.write({ from, to: at(position), put: [{ key: 'a', document: { price }, words }], remove: [] })
    return indexOfWords(path.replace('.db', '.views.db'))
  }
  const first = await write(1, 1, 'red hammer')
  expect(await write(2, 2, 'red hammer')).toEqual(first)
  expect(await write(3, 2, 'blue hammer')).not.toEqual(first)
  expect((await table.search({ words: ['blue'] })).documents).toMatchObject([{ document: { price: 2 } }])
  await close()
})

function at(position: number): Checkpoint {
  return { logId: 'log', position, id: `e-${position}` }
}

function settingsOf(connection: DatabaseSync): readonly unknown[] {
  const names = ['journal_mode', 'synchronous']
  return names.flatMap((name) => Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {}))
}

/** What SQLite stores of the words, byte by byte. */
function indexOfWords(file: string): readonly unknown[] {
  const database = new DatabaseSync(file, { readOnly: true })
  const { name } = database.prepare("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%'").get() as { name: string }
  const rows = database.prepare(`SELECT CAST(id AS TEXT) AS id, hex(block) AS block FROM ${name}_data`).all()
  database.close()
  return rows
}
