import type { FindQuery, ViewShape, ViewTable } from '@vitrine/core'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, database } from '../src/database.js'
import { migrate, newestSchema } from '../src/schema.js'
import { postgresViewStore } from '../src/view-store.js'
import { freshStores } from './fresh-store.js'

const shape: ViewShape = { name: 'v', version: 1, indexes: [['kind', 'price', 'title'], ['tag']], text: true }
const { pool, dropAll, newStore } = freshStores()
const asked: { readonly sql: string; readonly values: readonly unknown[] }[] = []
let shared: Pool
let table: ViewTable

beforeAll(async () => {
  shared = await pool()
  const { schema } = await newStore()
  const tables = database(shared, 'the server', schema, 10_000, false)
  await migrate(tables, newestSchema)
  table = await postgresViewStore(recording(tables), 'views').open(shape)
  await fill()
}, 60_000)
afterAll(dropAll)

describe('what PostgreSQL does for a question to 20,000 documents', () => {
  const questions: readonly FindQuery[] = [
    {},
    { descending: true },
    { where: { kind: 'a' } },
    { order: 'kind', from: 'a', to: 'b' },
    { where: { kind: 'a' }, order: 'price' },
    { where: { kind: 'a' }, order: 'price', from: 1, to: 5, descending: true },
    { where: { kind: 'a', price: 2 }, order: 'title', descending: true },
    { where: { tag: 'x7' } },
  ]
  for (const query of questions) {
    it(`${JSON.stringify(query)} is a walk over one index, sorted as it stands, also from a cursor`, async () => {
      asked.length = 0
      const page = await table.find({ ...query, limit: 5 })
      await table.find({ ...query, limit: 5, cursor: page.cursor! })
      expect(asked.length).toBe(2)
      for (const question of asked) {
        const plan = await planOf(question)
        expect(plan).not.toMatch(/Seq Scan|Bitmap/)
        expect(plan).toMatch(/Limit.*\n.*Index.*Scan/)
      }
    })
  }

  it('words are looked up in their index, also among those of one kind', async () => {
    asked.length = 0
    expect((await table.search({ words: ['w17'], limit: 3 })).documents).toHaveLength(3)
    expect((await table.search({ words: ['w17', 'b'], where: { kind: 'b' }, limit: 3 })).documents).toHaveLength(3)
    for (const question of asked) {
      const plan = await planOf(question)
      expect(plan).toMatch(/Bitmap Index Scan on \S*text/)
      expect(plan).not.toMatch(/Seq Scan/)
    }
  })
})

function recording(tables: Database): Database {
  return {
    ...tables,
    ask: (sql, values = [], prepare) => {
      if (/^\s*SELECT (i|best)\./.test(sql)) asked.push({ sql, values })
      return tables.ask(sql, values, prepare)
    },
  }
}

async function fill(): Promise<void> {
  const kinds = ['a', 'b', 'c', 'd']
  for (let batch = 0; batch < 20; batch += 1) {
    const put = Array.from({ length: 1000 }, (_, at) => {
      const n = batch * 1000 + at
      const kind = kinds[n % 4]!
      const document = { kind, price: n % 50, title: `t${n}`, tag: [`x${n % 1000}`, 'y'] }
      return { key: `k${n}`, document, words: `w${n % 2000} ${kind}` }
    })
    const { checkpoint: from } = await table.status()
    await table.write({ from, to: { logId: 'log', position: batch + 1, id: `e${batch}` }, put, remove: [] })
  }
  await table.finish()
}

async function planOf({ sql, values }: { readonly sql: string; readonly values: readonly unknown[] }): Promise<string> {
  const { rows } = await shared.query(`EXPLAIN ${sql}`, [...values])
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}
