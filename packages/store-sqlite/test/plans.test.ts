import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FindQuery, ViewShape } from '@vitrine/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile, type SqliteFile } from '../src/file.js'
import { migrate, viewsSchema } from '../src/schema.js'
import { sqliteViewStore } from '../src/view-store.js'

const shape: ViewShape = { name: 'v', version: 1, indexes: [['kind', 'price', 'title'], ['tag']], text: true }
const folder = mkdtempSync(join(tmpdir(), 'vitrine-plans-'))
const asked: string[] = []
let file: SqliteFile

beforeAll(async () => {
  file = await openFile(join(folder, 'views.db'), { patience: 1000, synchronous: 'NORMAL' })
  await migrate(file, viewsSchema)
})
afterAll(() => {
  file.close()
  rmSync(folder, { recursive: true })
})

describe('what SQLite does for a question', () => {
  const questions: readonly FindQuery[] = [
    {},
    { descending: true },
    { where: { kind: 'a' } },
    { order: 'kind', from: 'a', to: 'b' },
    { where: { kind: 'a' }, order: 'price' },
    { where: { kind: 'a' }, order: 'price', from: 1, to: 5, descending: true },
    { where: { kind: 'a', price: 2 }, order: 'title', descending: true },
    { where: { tag: 'x' } },
  ]
  for (const query of questions) {
    it(`${JSON.stringify(query)} is a walk over one index, sorted as it stands, also from a cursor`, async () => {
      const table = await tableOn()
      const page = await table.find({ ...query, limit: 1 })
      await table.find({ ...query, limit: 1, cursor: page.cursor! })
      await table.count(query)
      expect(asked.length).toBe(3)
      const needsSearch = query.where !== undefined || query.from !== undefined
      for (const [at, sql] of asked.entries()) {
        const plan = planOf(sql)
        expect(plan.join('\n')).not.toMatch(/TEMP B-TREE/)
        if (needsSearch || at === 1) expect(plan[0]).toMatch(/^SEARCH i USING/)
        if (at < 2) expect(plan.slice(1)).toEqual([byId])
      }
    })
  }
})

const byId = 'SEARCH d USING INTEGER PRIMARY KEY (rowid=?)'

async function tableOn() {
  const recording: SqliteFile = {
    ...file,
    prepare: (sql) => {
      if (/^SELECT (i\.|count)/.test(sql)) asked.push(sql)
      return file.prepare(sql)
    },
  }
  const table = await sqliteViewStore(recording).open(shape)
  await table.finish()
  if ((await table.status()).checkpoint === undefined) {
    const put = Array.from({ length: 100 }, (_, n) => {
      const document = { kind: n % 2 ? 'a' : 'b', price: n % 6, title: `${n}`, tag: n % 3 ? 'x' : 'y' }
      return { key: `k${n}`, document, words: 'x' }
    })
    await table.write({ from: undefined, to: { logId: 'l', position: 1, id: 'e' }, put, remove: [] })
  }
  asked.length = 0
  return table
}

function planOf(sql: string): readonly string[] {
  const parameters = sql.match(/\?/g)?.map(() => 1) ?? []
  return file
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...parameters)
    .map(({ detail }) => String(detail))
}
