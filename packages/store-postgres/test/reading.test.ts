import type { LogPage, OpenStore } from '@vitrine/core'
import type { Pool } from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, database } from '../src/database.js'
import type { LogTables } from '../src/log-tables.js'
import { newsOf } from '../src/news.js'
import { readLog } from '../src/read-log.js'
import { storedEvent } from '../src/stored-event.js'
import { append, event } from './event.js'
import { freshStores } from './fresh-store.js'

const { newStore, pool, dropAll } = freshStores()
const open = new AbortController().signal
const asked: { readonly sql: string; readonly values: readonly unknown[] }[] = []
let shared: Pool
let store: OpenStore
let log: LogTables

beforeEach(async () => {
  shared = await pool()
  const fresh = await newStore()
  store = await fresh.open()
  for (let n = 0; n < 6; n += 1) await store.log.append(append(`stream-${n}`, 'none', event('Noted')))
  const tables = recording(database(shared, 'the server', fresh.schema, 10_000, false))
  log = { database: tables, own: `${tables.schema}.log`, logId: store.log.logId, news: newsOf(tables, 'nobody') }
  asked.length = 0
  return () => store.close()
})
afterAll(dropAll)

describe('a log that is read in pages of one event', () => {
  it('who asks for one has one looked for; who comes for a second has the third looked for meanwhile, and no more', async () => {
    const pages = readLog(log, { limit: 1 }, open, storedEvent)[Symbol.asyncIterator]()
    const looks: number[] = []
    for (let n = 0; n < 3; n += 1) {
      await pages.next()
      looks.push(asked.length)
    }
    await pages.return?.()
    expect(looks).toEqual([1, 3, 4])
  })

  it('what is stored after the page ahead was looked for comes behind it', async () => {
    const pages = readLog(log, { limit: 1 }, open, storedEvent)[Symbol.asyncIterator]()
    const found = [await pages.next(), await pages.next()].map(positionOf)
    await store.log.append(append('late', 'none', event('Noted')))
    for (let next = await pages.next(); !next.done; next = await pages.next()) found.push(positionOf(next))
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('the store is closed while a page is looked for: its reader is told so', async () => {
    const pages = store.log.readAll({ limit: 1 })[Symbol.asyncIterator]()
    await pages.next()
    await pages.next()
    await store.close()
    await expect(pages.next()).rejects.toMatchObject({ code: 'closed' })
  })
})

describe('what PostgreSQL does for a page of a log of 20,000 streams', () => {
  it('it walks over the events as they stand, and looks up the names that it needs; over none, when none is asked for', async () => {
    await shared.query(`
      INSERT INTO ${log.own}_streams (id, name, version) SELECT n, 'many-' || n, 0 FROM generate_series(1001, 21000) n;
      INSERT INTO ${log.own}_events SELECT n, n, 0, 1, 0, gen_random_uuid(), '{}', '{}' FROM generate_series(1001, 21000) n;
      ANALYZE ${log.own}_events, ${log.own}_streams, ${log.own}_types`)
    for (const types of [undefined, []]) {
      for await (const page of readLog(
        log,
        { after: 2_000, limit: 1_000, ...(types && { types }) },
        open,
        storedEvent,
      )) {
        expect(page.events).toHaveLength(types ? 0 : 1_000)
        break
      }
    }
    const [all, none] = [await planOf(asked[0]!), await planOf(asked[1]!)]
    expect(all).toMatch(/Index Scan using \S*_streams_pkey/)
    expect(all).not.toMatch(/Seq Scan on \S*_(events|streams)|Sort/)
    expect(none).not.toMatch(/Seq Scan|_streams/)
  })
})

function recording(tables: Database): Database {
  return {
    ...tables,
    ask: (sql, values = [], prepare) => {
      asked.push({ sql, values })
      return tables.ask(sql, values, prepare)
    },
  }
}

function positionOf({ value }: IteratorResult<LogPage>): number | undefined {
  return value?.through?.position
}

async function planOf({ sql, values }: { readonly sql: string; readonly values: readonly unknown[] }): Promise<string> {
  const { rows } = await shared.query(`EXPLAIN ${sql}`, [...values])
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}
