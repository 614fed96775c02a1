import assert from 'node:assert/strict'
import {
  compareIndexKeys,
  compareText,
  type FindQuery,
  type IndexKey,
  indexRows,
  type JsonObject,
  type ViewTable,
} from '@vitrine/core'
import fc from 'fast-check'
import { type ContractCase, type NewStore, withConnections } from './contract-case.js'
import { change, keysOf, shape } from './sample-views.js'

/** Random batches and questions against documents in a Map that are filtered and sorted anew. */
export function viewModelCase(newStore: NewStore): ContractCase {
  return {
    title: 'random batches and questions: the view store and a naive model never differ',
    run: () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(batch, { minLength: 1, maxLength: 8 }),
          fc.array(question, { minLength: 10 }),
          fc.nat(8),
          (batches, questions, live) =>
            withConnections(newStore, 1, async (store) => {
              const table = await store!.views.open(shape)
              const model = new Map<string, JsonObject>()
              for (const [n, { put, remove }] of batches.entries()) {
                if (n === live) await table.finish()
                const gone = remove.filter((key) => !(key in put))
                await change(table, put, [...new Set(gone)])
                for (const key of gone) model.delete(key)
                for (const [key, document] of Object.entries(put)) model.set(key, document)
              }
              await table.finish()
              for (const query of questions) await compare(table, model, query)
            }),
        ),
        { numRuns: 40 },
      ),
  }
}

const value = fc.constantFrom<IndexKey>(null, 0, 1, 2.5, -3, 'a', 'b', 'é', '\uffff', '😀')
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'B', '\ue000', '😀')
const document = fc.record(
  { kind: value, price: value, title: value, tags: fc.array(value, { maxLength: 3 }) },
  { requiredKeys: [] },
)
const batch = fc.record({
  put: fc.dictionary(key, document, { noNullPrototype: true }),
  remove: fc.array(key, { maxLength: 3 }),
})
const asked = [
  { equal: [], order: undefined },
  { equal: [], order: 'kind' },
  { equal: ['kind'], order: undefined },
  { equal: ['kind'], order: 'price' },
  { equal: ['price', 'kind'], order: 'title' },
  { equal: ['tags'], order: 'price' },
  { equal: [], order: 'tags' },
  { equal: ['title'], order: undefined },
]
const question = fc
  .record({
    which: fc.constantFrom(...asked),
    values: fc.array(value, { minLength: 2, maxLength: 2 }),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 5 }),
    bounds: fc.record({ from: value, to: value }, { requiredKeys: [] }),
  })
  .map(
    ({ which, values, descending, limit, bounds }): FindQuery => ({
      where: Object.fromEntries(which.equal.map((field, at) => [field, values[at] ?? null])),
      descending,
      limit,
      ...(which.order !== undefined && { order: which.order, ...bounds }),
    }),
  )

async function compare(table: ViewTable, model: ReadonlyMap<string, JsonObject>, query: FindQuery): Promise<void> {
  const fields = [...Object.keys(query.where ?? {}), ...(query.order === undefined ? [] : [query.order])]
  const wanted = Object.values(query.where ?? {})
  const rows = [...model].flatMap(([key, document]) => indexRows(document, fields).map((row) => ({ key, row })))
  const found = rows
    .filter(({ row }) => wanted.every((value, at) => row[at] === value))
    .map(({ key, row }) => ({ key, order: query.order === undefined ? null : row.at(-1)! }))
    .filter(({ order }) => query.from === undefined || compareIndexKeys(order, query.from as IndexKey) >= 0)
    .filter(({ order }) => query.to === undefined || compareIndexKeys(order, query.to as IndexKey) <= 0)
    .sort((a, b) => compareIndexKeys(a.order, b.order) || compareText(a.key, b.key))
    .map(({ key }) => key)
  assert.deepEqual(await keysOf(table, query), query.descending ? found.reverse() : found)
  assert.equal(await table.count(query), found.length)
}
