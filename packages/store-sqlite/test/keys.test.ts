import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { bundled, endAll, start } from '@vitrine/child-processes'
import type { KeyStore } from '@vitrine/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { addAll, batchOf, foundIn, freshKey, placeOf } from './sample-keys.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-key-file-'))
let program = ''
beforeAll(async () => {
  program = await bundled('store-sqlite/test/child.ts', folder)
})
afterAll(() => {
  endAll()
  rmSync(folder, { recursive: true })
})
let file = ''
let keysFile = ''
beforeEach((context) => {
  file = join(folder, `${context.task.id}.db`)
  keysFile = join(folder, `${context.task.id}.keys.db`)
})

describe('the file of the keys', () => {
  for (const connections of [1, 2]) {
    const beside = connections === 1 ? 'alone' : 'with another connection open'
    it(`a destroyed key is nowhere in the files, among many that come, go and stay, ${beside}`, async () => {
      const stores = await Promise.all(Array.from({ length: connections }, () => sqliteStore(file).open()))
      const { keys } = stores[0]!
      const added = await addAll(keys, subjectsOfAnyLength(2000))
      expect(foundIn(file, added.values()).length).toBe(2000)
      const destroyed = await destroySome(keys, shuffled([...added.keys()]).slice(0, 700))
      expect(await keys.keys(destroyed)).toEqual(new Map())
      expect(foundIn(file, keysFor(added, destroyed))).toEqual([])
      const stayed = new Map([...added].filter(([subject]) => !destroyed.includes(subject)))
      expect(await stores.at(-1)!.keys.keys([...added.keys()])).toEqual(stayed)
      await Promise.all(stores.map((store) => store.close()))
      expect(foundIn(file, stayed.values()).length).toBe(1300)
    })
  }

  it('while somebody reads, a destroyed key stays in the write-ahead log; the next destruction takes it away', async () => {
    const store = await sqliteStore(file).open()
    const added = await addAll(store.keys, ['lead-1', 'lead-2', 'lead-3'])
    const stopReading = readingOf(keysFile)
    await store.keys.destroy(['lead-1'], placeOf(1))
    expect(await store.keys.keys(['lead-1'])).toEqual(new Map())
    expect(foundIn(file, keysFor(added, ['lead-1'])).length).toBe(1)
    stopReading()
    await store.keys.destroy(['lead-2'], placeOf(2))
    expect(foundIn(file, keysFor(added, ['lead-1', 'lead-2']))).toEqual([])
    await store.close()
  })

  it('it goes as well when its store is closed, or when another one is opened', async () => {
    const [store, other] = [await sqliteStore(file).open(), await sqliteStore(file).open()]
    const added = await addAll(store.keys, ['lead-1', 'lead-2', 'lead-3'])
    for (const [subject, next] of [
      ['lead-1', async () => (await sqliteStore(file).open()).close()],
      ['lead-2', () => store.close()],
    ] as const) {
      const stopReading = readingOf(keysFile)
      await store.keys.destroy([subject], placeOf(1))
      expect(foundIn(file, keysFor(added, [subject])).length).toBe(1)
      stopReading()
      await next()
      expect(foundIn(file, keysFor(added, [subject]))).toEqual([])
    }
    expect(await other.keys.keys(['lead-3'])).toEqual(new Map([['lead-3', added.get('lead-3')]]))
    await other.close()
  })

  it('a process killed while it destroys leaves each erasure whole or not there, and never one followed that is not', {
    timeout: 60_000,
  }, async () => {
    const batches = 300
    const before = await sqliteStore(file).open()
    const added = await addAll(before.keys, Array.from({ length: batches }, (_, at) => batchOf(at)).flat())
    await before.close()
    let cut = 0
    for (let round = 0; round < 20; round += 1) {
      const child = start(program, 'destroy-keys', file, '-', String(batches))
      await child.said
      await pause(Math.random() * 40)
      child.child.kill('SIGKILL')
      if ((await child.ended) === 'SIGKILL') cut += 1
      const acknowledged = Math.max(-1, ...child.lines().slice(1).map(Number))
      const { keys, close } = await sqliteStore(file).open()
      const { position } = (await keys.followed()) ?? { position: -1 }
      expect(position).toBeGreaterThanOrEqual(acknowledged)
      const left = new Map([...added].filter(([subject]) => Number(subject.split('-')[1]) > position))
      expect(await keys.keys([...added.keys()])).toEqual(left)
      const gone = [...added.keys()].filter((subject) => !left.has(subject))
      expect(foundIn(file, keysFor(added, gone))).toEqual([])
      await close()
    }
    expect(cut).toBeGreaterThan(5)
  })

  it('two processes give one subject a key at the same moment: one is kept, both read it, each of 200 rounds', async () => {
    const both = ['one', 'two'].map((name) => start(program, 'add-keys', file, name, '200'))
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0])
    const [one, two] = both.map((child) => child.lines().map((line) => line.split(' ')))
    expect(one!.length).toBe(200)
    for (const [round, [answer, key]] of one!.entries()) {
      expect(new Set([answer, two![round]![0]])).toEqual(new Set(['added', 'there']))
      expect(two![round]![1]).toBe(key)
    }
  })

  it('a call waits for another process that writes; without patience it is unavailable, and nothing is stored', async () => {
    const [store, hasty] = [await sqliteStore(file).open(), await sqliteStore(file, { patience: 100 }).open()]
    const holder = new DatabaseSync(keysFile)
    holder.exec('BEGIN IMMEDIATE')
    const subjects = ['lead-1']
    const key = freshKey()
    const added = store.keys.add('lead-2', key)
    const destroyed = store.keys.destroy(subjects, placeOf(1))
    subjects[0] = 'lead-2'
    const refused = { name: 'KeyStoreError', code: 'unavailable', message: expect.stringContaining('another process') }
    await expect(hasty.keys.add('lead-3', freshKey())).rejects.toMatchObject(refused)
    await expect(hasty.keys.destroy(['lead-2'], placeOf(9))).rejects.toMatchObject(refused)
    expect(await hasty.keys.followed()).toBeUndefined()
    holder.exec('ROLLBACK')
    holder.close()
    expect(await added).toBe('added')
    await destroyed
    expect(await hasty.keys.keys(['lead-2', 'lead-3'])).toEqual(new Map([['lead-2', key]]))
    expect(await hasty.keys.followed()).toEqual(placeOf(1))
    await Promise.all([store.close(), hasty.close()])
  })

  it('keys cannot be changed, brought back or deleted by hand', async () => {
    const store = await sqliteStore(file).open()
    await addAll(store.keys, ['lead-1', 'lead-2'])
    await store.keys.destroy(['lead-1'], placeOf(1))
    const says = (sql: string) => () => byHand(keysFile, sql)
    expect(says("UPDATE keys SET key = randomblob(32) WHERE subject = 'lead-2'")).toThrow('never changed')
    expect(says("UPDATE keys SET key = randomblob(32), erased = 0 WHERE subject = 'lead-1'")).toThrow('never changed')
    expect(says("UPDATE keys SET subject = 'lead-3'")).toThrow('never changed')
    expect(says("UPDATE keys SET erased = 1, key = zeroblob(31) WHERE subject = 'lead-2'")).toThrow('never changed')
    expect(says('DELETE FROM keys')).toThrow('subjects stay')
    await store.close()
  })

  it('one that was lost, or restored from a backup, says how far it had followed, not how far the log is', async () => {
    const store = await sqliteStore(file).open()
    const added = await addAll(store.keys, ['lead-1', 'lead-2'])
    await store.keys.destroy(['lead-1'], placeOf(4))
    byHand(keysFile, `VACUUM INTO '${join(folder, 'backup')}'`)
    await store.keys.destroy(['lead-2'], placeOf(9))
    await store.close()
    rmSync(keysFile)
    const anew = await sqliteStore(file).open()
    expect(await anew.keys.followed()).toBeUndefined()
    await anew.close()
    copyFileSync(join(folder, 'backup'), keysFile)
    const restored = await sqliteStore(file).open()
    expect(await restored.keys.followed()).toEqual(placeOf(4))
    expect(await restored.keys.keys(['lead-1', 'lead-2'])).toEqual(new Map([['lead-2', added.get('lead-2')]]))
    expect(await restored.keys.add('lead-1', freshKey())).toBe('erased')
    await restored.close()
  })

  it('one that is no database, or another program’s, is refused by its name', async () => {
    writeFileSync(keysFile, 'This is no database, but it is long enough to look like one. '.repeat(20))
    const said = { code: 'unavailable', message: expect.stringMatching(/\.db is no SQLite database/) }
    await expect(sqliteStore(file).open()).rejects.toMatchObject(said)
    rmSync(keysFile)
    byHand(keysFile, 'CREATE TABLE theirs (x)')
    const foreign = { code: 'schema-missing', message: expect.stringContaining(keysFile) }
    await expect(sqliteStore(file).open()).rejects.toMatchObject(foreign)
  })
})

/** One by one, then in batches, while other keys come. */
async function destroySome(keys: KeyStore, subjects: readonly string[]): Promise<readonly string[]> {
  for (let at = 0; at < subjects.length; ) {
    const size = at < 250 ? 1 : 50
    await keys.destroy(subjects.slice(at, at + size), placeOf(at))
    if (at % 10 === 0) await keys.add(`came-${at}`, freshKey())
    at += size
  }
  return subjects
}

function keysFor(added: ReadonlyMap<string, string>, subjects: readonly string[]): readonly string[] {
  return subjects.map((subject) => added.get(subject)!)
}

function subjectsOfAnyLength(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `lead-${n}-${'x'.repeat(Math.random() * 150)}`)
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** Somebody who looks at the file as it is now, until the answer is called. */
function readingOf(path: string): () => void {
  const reader = new DatabaseSync(path)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM keys').get()
  return () => reader.close()
}

function byHand(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  try {
    database.exec(sql)
  } finally {
    database.close()
  }
}
