import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject, ViewShape, ViewTable } from '@vitrine/core'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openFile, type SqliteFile } from '../src/file.js'
import { finisher } from '../src/finish.js'
import { migrate, viewsSchema } from '../src/schema.js'
import { tableNames } from '../src/view-file.js'
import { sqliteViewStore } from '../src/view-store.js'
import { sharedIndexing, viewTables } from '../src/view-tables.js'

const shape: ViewShape = {
  name: 'v',
  version: 1,
  indexes: [
    ['kind', 'price'],
    ['tags', 'kind'],
  ],
  text: true,
}
const folder = mkdtempSync(join(tmpdir(), 'vitrine-finish-'))
afterAll(() => rmSync(folder, { recursive: true }))
let path = ''
beforeEach((context) => {
  path = join(folder, `${context.task.id}.db`)
})

describe('the first indexes of a view', () => {
  it('hold what two writers write while two make them, after every share', async () => {
    const [one, other] = [await connection(), await connection()]
    const model = await filled(one.table, 9_000)
    const shares = [sharesOf(one.file), sharesOf(other.file)]
    let turns = 0
    for (let live = false; !live; turns += 1) {
      live = shares[turns % 2]!()
      await changeSome([one, other][(turns >> 1) % 2]!.table, model, turns)
    }
    expect(turns).toBeLessThan(200)
    await expectSame(other.table, model)
    for (const { file } of [one, other]) file.close()
  })

  it('hold a document that took the place of the last one meanwhile', async () => {
    const { file, table } = await connection()
    const model = await filled(table, 2_000)
    const next = sharesOf(file)
    for (let turn = 0, live = false; !live; turn += 1) {
      live = next()
      if (turn > 3) continue
      const last = [...model.keys()].at(-1)!
      await write(table, [[`new${turn}`, documentOf(turn + 1)]], [last])
      model.delete(last)
      model.set(`new${turn}`, documentOf(turn + 1))
    }
    await expectSame(table, model)
    file.close()
  })

  it.each<[string, string[], string[], string[]]>([
    ['that the last ones leave are free before', ['k998'], ['k999'], ['new']],
    ['of documents that come back', [], ['k997', 'k998', 'k999'], ['k999']],
    ['of the last document, which goes and comes', ['k998'], ['k999'], ['k999']],
  ])('hold each document once, where ids %s', async (_, before, removed, put) => {
    const { file, table } = await connection()
    const model = await filled(table, 1_000)
    const next = sharesOf(file)
    const change = async (keys: readonly string[], gone: string[]) => {
      await write(
        table,
        keys.map((key) => [key, documentOf(5)]),
        gone,
      )
      for (const key of gone) model.delete(key)
      for (const key of keys) model.set(key, documentOf(5))
    }
    if (before.length > 0) await change([], before)
    const isMade = () => Number(file.prepare('SELECT made FROM views').get()?.made) > 0
    while (!isMade()) next()
    await change([], removed)
    for (let turn = 0, live = false; !live; turn += 1) {
      if (turn % 3 === 0)
        await change(
          put.map((key) => `${key}${turn > 0 ? turn : ''}`),
          [],
        )
      live = next()
    }
    await expectSame(table, model)
    file.close()
  })

  it('are made where many documents went away before, words too', async () => {
    const { file, table } = await connection()
    const model = await filled(table, 25_000)
    const gone = Array.from({ length: 24_400 }, (_, at) => `k${at + 100}`)
    await write(table, [], gone)
    for (const key of gone) model.delete(key)
    await table.finish()
    await expectSame(table, model)
    file.close()
  })

  it('leave no temporary table behind, neither made nor broken off', async () => {
    const { file, views, table } = await connection()
    const temporary = () => file.prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'table'").all()
    await filled(table, 4_000)
    const finished = table.finish()
    while (temporary().length === 0) await new Promise(setImmediate)
    await views.drop(shape.name, shape.version)
    await expect(finished).rejects.toMatchObject({ code: 'dropped' })
    expect(temporary()).toEqual([])
    const again = await views.open(shape)
    const model = await filled(again, 4_000)
    await again.finish()
    expect(temporary()).toEqual([])
    await expectSame(again, model)
    file.close()
  })

  it('are prepared once, however often another holds the lock', async () => {
    const { file, table } = await connection()
    const model = await filled(table, 4_000)
    const other = await connection()
    const prepared = vi.spyOn(file, 'reading')
    const next = sharesOf(file)
    for (let live = false, held = false; !live; held = !held) {
      if (held) other.file.exec('BEGIN IMMEDIATE')
      try {
        live = next()
      } catch (fault) {
        expect(fault).toMatchObject({ errcode: 5 })
      }
      if (held) other.file.exec('ROLLBACK')
    }
    expect(prepared.mock.calls.length).toBeLessThan(120)
    await expectSame(table, model)
    for (const one of [file, other.file]) one.close()
  })

  it('come to an end where more is changed in each share than one of them settles', async () => {
    const { file, table } = await connection()
    const model = await filled(table, 4_000)
    const next = sharesOf(file)
    let turns = 0
    for (let live = false; !live && turns < 100; turns += 1) {
      live = next()
      const changed = Array.from({ length: 4_000 }, (_, n) => [`k${n}`, documentOf(n + turns)] as const)
      await write(table, changed)
      for (const [key, document] of changed) model.set(key, document)
    }
    expect(turns).toBeLessThan(100)
    await expectSame(table, model)
    file.close()
  })

  it('are made once where two ask for it on one connection', async () => {
    const { file, views, table } = await connection()
    const model = await filled(table, 4_000)
    const again = await views.open(shape)
    await Promise.all([table.finish(), again.finish(), table.finish()])
    await expectSame(again, model)
    file.close()
  })

  it('are whole when a share of them fails, whether it is tried again or begun anew', async () => {
    const { file, table } = await connection()
    const model = await filled(table, 5_000)
    const { table: index } = tableNames(1, shape).indexes[1]!
    const breakIt = `CREATE TRIGGER broken BEFORE INSERT ON ${index} BEGIN SELECT RAISE (ABORT, 'the disk'); END`
    file.exec(breakIt)
    const next = sharesOf(file)
    const untilBroken = async () => {
      for (let turn = 0; ; turn += 1) {
        next()
        await changeSome(table, model, turn)
      }
    }
    await expect(untilBroken()).rejects.toThrow('the disk')
    file.exec('DROP TRIGGER broken')
    next()
    file.exec(breakIt)
    const unavailable = { code: 'unavailable', message: expect.stringContaining('the disk') }
    await expect(table.finish()).rejects.toMatchObject(unavailable)
    file.exec('DROP TRIGGER broken')
    await table.finish()
    await expectSame(table, model)
    file.close()
  })

  it('are gone on with in a file of the version before, and begun anew where a part of them was half made', async () => {
    const file = await openFile(path, { patience: 1_000, synchronous: 'NORMAL' })
    await migrate(file, { ...viewsSchema, steps: [viewTables], usableFrom: 1 })
    file.exec(
      "INSERT INTO views (name, version, shape, live, indexed) VALUES ('a', 1, '{}', 0, 7), ('b', 1, '{}', 1, 99)",
    )
    await migrate(file, { ...viewsSchema, steps: [viewTables, sharedIndexing], usableFrom: 2 })
    file.exec(
      "INSERT INTO views (name, version, shape, indexed, reach, made) VALUES ('c', 1, '{\"indexes\":[]}', 7, 9, 1)",
    )
    await migrate(file, viewsSchema)
    expect(file.prepare("SELECT name, indexed, reach, made FROM views WHERE name <> 'c'").all()).toEqual([
      { name: 'a', indexed: 7, reach: 7, made: 0 },
      { name: 'b', indexed: 99, reach: 99, made: 0 },
    ])
    file.exec('CREATE TABLE view_3 (id INTEGER)')
    const table = await sqliteViewStore(file).open({ name: 'c', version: 1, indexes: [], text: false })
    expect(await table.status()).toEqual({ live: false, checkpoint: undefined })
    expect(file.prepare("SELECT count(*) AS found FROM sqlite_schema WHERE name = 'view_3'").get()).toEqual({
      found: 0,
    })
    file.close()
  })
})

async function connection() {
  const file = await openFile(path, { patience: 1_000, synchronous: 'NORMAL' })
  await migrate(file, viewsSchema)
  const views = sqliteViewStore(file)
  return { file, views, table: await views.open(shape) }
}

function sharesOf(file: SqliteFile): () => boolean {
  return finisher({ file, shape, id: 1, names: tableNames(1, shape) }).share
}

type Model = Map<string, JsonObject>

async function filled(table: ViewTable, count: number): Promise<Model> {
  const model = new Map(Array.from({ length: count }, (_, n) => [`k${n}`, documentOf(n)] as const))
  await write(table, [...model])
  return model
}

/** Changes, adds and removes documents all over the table. */
async function changeSome(table: ViewTable, model: Model, turn: number): Promise<void> {
  const changed = [3, 4_010, 8_020, 20_000].map((n) => [`k${n + turn}`, documentOf(n + 7 * turn)] as const)
  const removed = [200, 4_300, 8_400].map((n) => `k${n + turn}`)
  await write(table, changed, removed)
  for (const [key, document] of changed) model.set(key, document)
  for (const key of removed) model.delete(key)
}

async function write(table: ViewTable, documents: readonly (readonly [string, JsonObject])[], remove: string[] = []) {
  const { checkpoint } = await table.status()
  const position = (checkpoint?.position ?? 0) + 1
  const put = documents.map(([key, document]) => ({ key, document, words: wordsOf(document) }))
  await table.write({ from: checkpoint, to: { logId: 'log', position, id: `event-${position}` }, put, remove })
}

/** Values of every sort: lists without, with one and with several of them, and none at all. */
function documentOf(n: number): JsonObject {
  const tags = [[], ['x'], ['x', 'y', n % 5], n % 2 === 0 ? 'y' : null][n % 4]!
  return { kind: n % 3 === 0 ? null : `kind ${n % 3}`, ...(n % 7 > 0 && { price: n % 11 }), tags, n }
}

function wordsOf({ n }: JsonObject): string {
  return `every word${Number(n) % 13}`
}

async function expectSame(table: ViewTable, model: Model): Promise<void> {
  const documents = [...model]
  const keysWith = (has: (document: JsonObject) => boolean) =>
    documents.flatMap(([key, document]) => (has(document) ? [key] : [])).sort(byText)
  const listed = ({ tags }: JsonObject, value: string) => (Array.isArray(tags) ? tags.includes(value) : tags === value)
  const expectFound = async (where: Where, has: (document: JsonObject) => boolean) => {
    expect(await keysOf(table, where)).toEqual(keysWith(has))
    expect(await table.count({ where })).toBe(keysWith(has).length)
  }
  await expectFound({ kind: 'kind 1' }, ({ kind }) => kind === 'kind 1')
  await expectFound({ kind: 'kind 2', price: null }, ({ kind, price }) => kind === 'kind 2' && price === undefined)
  await expectFound({ kind: null, price: 4 }, ({ kind, price }) => kind === null && price === 4)
  await expectFound({ tags: 'y' }, (document) => listed(document, 'y'))
  await expectFound({ tags: 'x', kind: 'kind 2' }, (one) => one.kind === 'kind 2' && listed(one, 'x'))
  for (const word of ['every', 'word5']) {
    const found = await allPages((cursor) => table.search({ words: [word], limit: 1_000, ...cursor }))
    expect([...found].sort(byText)).toEqual(keysWith((document) => wordsOf(document).split(' ').includes(word)))
  }
}

type Where = { readonly [field: string]: string | number | null }

function keysOf(table: ViewTable, where: Where) {
  return allPages((cursor) => table.find({ where, limit: 1_000, ...cursor }))
}

async function allPages(
  ask: (cursor: { cursor?: string }) => ReturnType<ViewTable['find']>,
): Promise<readonly string[]> {
  const keys: string[] = []
  for (let cursor: { cursor?: string } | undefined = {}; cursor; ) {
    const page: Awaited<ReturnType<ViewTable['find']>> = await ask(cursor)
    keys.push(...page.documents.map(({ key }) => key))
    cursor = page.cursor === undefined ? undefined : { cursor: page.cursor }
  }
  return keys
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1
}
