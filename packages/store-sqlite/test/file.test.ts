import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { maxAppendBytes, type OpenStore } from '@vitrine/core'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { appendQueue } from '../src/append-queue.js'
import { openFile } from '../src/file.js'
import { sqliteStore } from '../src/index.js'
import { logSchema, migrate, type Schema } from '../src/schema.js'
import { append, event, eventsOf } from './event.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-file-'))
afterAll(() => rmSync(folder, { recursive: true }))
let file = ''
beforeEach((context) => {
  file = join(folder, `${context.task.id}.db`)
})

describe('the file of a log', () => {
  it('A34 an erased event leaves its place empty for ever: no position is given twice', async () => {
    const before = await sqliteStore(file).open()
    const kept = await before.log.append(append('s', 'none', event('Kept')))
    const { position } = await before.log.append(append('s', 0, event('Erased'), event('Erased')))
    const checkpoint = { logId: before.log.logId, position, id: (await eventsOf(before.log))[2]!.id }
    await before.close()

    byHand(
      file,
      `INSERT INTO erasures SELECT position, id, 'asked by the owner' FROM events WHERE version > 0;
      DELETE FROM events WHERE position IN (SELECT position FROM erasures)`,
    )

    const after = await sqliteStore(file).open()
    expect((await eventsOf(after.log)).map(({ type }) => type)).toEqual(['Kept'])
    const page = await after.log.readAll({ after: checkpoint })[Symbol.asyncIterator]().next()
    expect(page.value).toMatchObject({ events: [], atHead: true, through: { position: kept.position } })
    expect((await after.log.readStream('s')).head).toBe(2)
    const next = await after.log.append(append('s', 2, event('Later')))
    expect(next.position).toBeGreaterThan(position)
    expect((await eventsOf(after.log)).map(({ version }) => version)).toEqual([0, 3])
    await after.close()
  })

  it('A38 events and erasures cannot be changed or deleted by hand', async () => {
    await filled(file)
    const says = (sql: string) => () => byHand(file, sql)
    expect(says("UPDATE events SET data = '{}'")).toThrow('events are never changed')
    expect(says('DELETE FROM events')).toThrow('events are never deleted')
    expect(says("INSERT INTO erasures SELECT position, 'another', 'why' FROM events; DELETE FROM events")).toThrow(
      'never deleted',
    )
    byHand(file, "INSERT INTO erasures SELECT position, id, 'why' FROM events")
    expect(says('DELETE FROM erasures')).toThrow('stay on record')
    expect(says("UPDATE erasures SET id = ''")).toThrow('stay on record')
  })

  it('A36 an append aborted while it waits for the lock writes nothing; one without patience is unavailable', async () => {
    const store = await sqliteStore(file, { patience: 300 }).open()
    const holder = new DatabaseSync(file)
    holder.exec('BEGIN IMMEDIATE')
    const stop = new AbortController()
    const aborted = store.log.append(append('a', 'none', event('Noted')), { signal: stop.signal })
    const impatient = store.log.append(append('b', 'none', event('Noted')))
    setTimeout(() => stop.abort(), 50)
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
    await expect(impatient).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('another process'),
    })
    const table = store.views.open({ name: 'v', version: 1, indexes: [], text: false })
    const progress = store.progress.open({ name: 'p', version: 1, indexes: [], text: false })
    await table
    await expect(progress).rejects.toMatchObject({ name: 'ViewStoreError', code: 'unavailable' })
    holder.exec('ROLLBACK')
    await store.log.append(append('c', 'none', event('Noted')))
    expect((await eventsOf(store.log)).map(({ stream }) => stream)).toEqual(['c'])
    holder.close()
    await store.close()
  })

  it('A37 cold boots in one process make one schema', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => sqliteStore(file).open()))
    expect(new Set(stores.map(({ log }) => log.logId)).size).toBe(1)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('A37 a file of the version before is brought up, and a newer one is used only when it says so', async () => {
    const older: Schema = { tables: 'keys', steps: ['CREATE TABLE keys (x)'], usableFrom: 1 }
    const newer: Schema = { ...older, steps: [...older.steps, 'CREATE TABLE b (y)'], usableFrom: 1 }
    const strange: Schema = { ...older, steps: [...newer.steps, 'CREATE TABLE c (z)'], usableFrom: 3 }
    const opened = await openFile(file, { patience: 1000, synchronous: 'FULL' })
    for (const schema of [older, older, newer, older]) await migrate(opened, schema)
    expect(
      opened
        .prepare('SELECT name FROM sqlite_schema ORDER BY name')
        .all()
        .map(({ name }) => name),
    ).toContain('b')
    await migrate(opened, strange)
    await expect(migrate(opened, newer)).rejects.toMatchObject({
      code: 'schema-missing',
      message: expect.stringContaining('newer version'),
    })
    opened.close()
  })

  it('A37 a user who may only read may read; to write, or without tables, it hears why not', async () => {
    const empty = join(folder, 'empty.db')
    writeFileSync(empty, '')
    await filled(file)
    const keeper = await sqliteStore(file).open()
    chmodSync(empty, 0o444)
    chmodSync(file, 0o444)
    chmodSync(folder, 0o755)
    await asNobody(async () => {
      const attempt = sqliteStore(empty).open()
      await expect(attempt).rejects.toMatchObject({ name: 'StoreError', message: expect.stringContaining(empty) })
      const store = await sqliteStore(file).open()
      expect((await eventsOf(store.log)).length).toBe(1)
      const refused = { code: 'unavailable', message: expect.stringContaining('can only be read') }
      await expect(store.log.append(append('s', 0, event('Noted')))).rejects.toMatchObject(refused)
      await store.close()
    })
    await keeper.close()
  })

  it('a file that cannot hold a log is refused with a sentence', async () => {
    const text = join(folder, 'text.db')
    writeFileSync(text, 'This is no database, but it is long enough to look like one. '.repeat(20))
    const foreign = join(folder, 'foreign.db')
    byHand(foreign, 'CREATE TABLE theirs (x)')
    await expect(sqliteStore(text).open()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no SQLite database'),
    })
    await expect(sqliteStore(foreign).open()).rejects.toMatchObject({
      code: 'schema-missing',
      message: expect.stringContaining('another program'),
    })
    await expect(sqliteStore(join(folder, 'absent', 'x.db')).open()).rejects.toMatchObject({ code: 'unavailable' })
    await expect(sqliteStore(':memory:').open()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('write-ahead log'),
    })
  })

  it('a file that a store makes beside its log is not taken for a log', async () => {
    const { close } = await sqliteStore(file).open()
    await close()
    for (const part of ['views', 'keys', 'messages']) {
      const beside = file.replace(/\.db$/, `.${part}.db`)
      await expect(sqliteStore(beside).open()).rejects.toMatchObject({
        code: 'schema-missing',
        message: expect.stringMatching(
          / is another file of a store: it has the tables .* events, views were expected\.$/,
        ),
      })
    }
  })

  it.each<[string, unknown, object]>([
    ['The file cannot be the text ""', '', {}],
    ['The file cannot be nothing', undefined, {}],
    ['The option patience cannot be the number NaN', 'a.db', { patience: Number.NaN }],
    ['There is no option readonly', 'a.db', { readonly: true }],
    ['The option patience cannot be the number -1', 'a.db', { patience: -1 }],
    ['The option synchronous cannot be the text "OFF"', 'a.db', { synchronous: 'OFF' }],
    ['The option readOnly cannot be the text "yes"', 'a.db', { readOnly: 'yes' }],
    ['The options cannot be read', 'a.db', 'fast' as never],
  ])('%s: settings that make no sense are refused before anything is opened', (message, path, options) => {
    expect(() => sqliteStore(path as string, options)).toThrow(
      expect.objectContaining({ code: 'bad-settings', message: expect.stringContaining(`${message}: `) }),
    )
  })

  it('A20 a position or a version beyond 2^53 in the file is refused, never rounded', async () => {
    await filled(file)
    byHand(
      file,
      `INSERT INTO events SELECT 9007199254740995, stream, 9007199254740995, type, 0, 'x', data, metadata FROM events WHERE version = 0`,
    )
    const { log, close } = await sqliteStore(file).open()
    await expect(eventsOf(log)).rejects.toMatchObject({ code: 'invalid' })
    await expect(log.readStream('s', { from: 1 })).rejects.toMatchObject({ code: 'invalid' })
    await expect(log.append(append('other', 'none', event('Noted')))).rejects.toMatchObject({ code: 'invalid' })
    await close()
  })

  it('A20 the last position there is refuses the append that would go beyond it', async () => {
    await filled(file)
    byHand(
      file,
      `INSERT INTO events SELECT 9007199254740990, stream, 99, type, 0, 'x', data, metadata FROM events WHERE version = 0`,
    )
    const { log, close } = await sqliteStore(file).open()
    await expect(log.append(append('t', 'none', event('Noted'), event('Noted')))).rejects.toMatchObject({
      code: 'invalid',
    })
    expect((await log.readStream('t')).head).toBe('none')
    await close()
  })

  it('a transaction that failed leaves nothing behind, not even in memory', async () => {
    const { log, close } = await sqliteStore(file).open()
    byHand(file, "CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT RAISE (ABORT, 'the disk'); END")
    const attempts = ['a', 'b'].map((stream) => log.append(append(stream, 'none', event('Fresh'))))
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'unavailable' })
    byHand(file, 'DROP TRIGGER broken')
    await log.append(append('a', 'none', event('Other')))
    await log.append(append('b', 'none', event('Fresh')))
    expect((await eventsOf(log)).map(({ type, stream }) => `${stream} ${type}`)).toEqual(['a Other', 'b Fresh'])
    await close()
  })

  it('A53 64 appends at once are one transaction', async () => {
    const opened = await openFile(file, { patience: 1000, synchronous: 'FULL' })
    await migrate(opened, logSchema)
    let transactions = 0
    opened.watching.add(() => {
      transactions += 1
    })
    const queue = appendQueue(opened)
    const add = (stream: string, text: string) => {
      const { id, type, data, metadata } = event('Noted', { text })
      const texts = { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) }
      return queue.add(append(stream, 'none', event('Noted')), [[texts]], undefined)
    }
    await Promise.all(Array.from({ length: 64 }, (_, n) => add(`s-${n}`, '')))
    expect(transactions).toBe(1)
    await Promise.all(Array.from({ length: 300 }, (_, n) => add(`t-${n}`, '')))
    expect(transactions).toBe(3)
    await Promise.all(Array.from({ length: 4 }, (_, n) => add(`u-${n}`, 'x'.repeat(maxAppendBytes / 2))))
    expect(transactions).toBe(5)
    opened.close()
  })

  it('a log of one file and another are different logs, and a copy keeps its name', async () => {
    const store = await filled(file)
    const copy = join(folder, 'copy.db')
    byHand(file, `VACUUM INTO '${copy}'`)
    const copied = await sqliteStore(copy).open()
    expect(copied.log.logId).toBe(store.log.logId)
    await copied.close()
  })
})

async function filled(path: string): Promise<OpenStore> {
  const store = await sqliteStore(path).open()
  await store.log.append(append('s', 'none', event('Noted')))
  await store.close()
  return store
}

function byHand(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  try {
    database.exec(`BEGIN; ${sql}; COMMIT`.replace(/BEGIN; (VACUUM.*); COMMIT/, '$1'))
  } finally {
    database.close()
  }
}

/** The owner of everything may read and write everything; so the rights are given up for a while. */
async function asNobody(run: () => Promise<void>): Promise<void> {
  const user = process.geteuid?.()
  if (user === 0) process.seteuid?.(65534)
  try {
    await run()
  } finally {
    if (user === 0) process.seteuid?.(0)
  }
}
