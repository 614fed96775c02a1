import assert from 'node:assert/strict'
import type { JsonObject, OpenStore, ViewTable } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne } from './contract-case.js'
import { change, keysOf, shape } from './sample-views.js'

/** Questions over indexes, and searches for words. */
export function viewQuestionCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'documents come by what equals, in order, then by key, in both directions', async (store) => {
      const table = await live(store, priced)
      assert.deepEqual(await keysOf(table, { where: { kind: 'app' }, order: 'price' }), ['a', 'c', 'd', 'b'])
      assert.deepEqual(await keysOf(table, { where: { kind: 'app' }, order: 'price', descending: true }), [
        'b',
        'd',
        'c',
        'a',
      ])
      assert.deepEqual(await keysOf(table, { where: { kind: 'app' } }), ['a', 'b', 'c', 'd'])
      assert.deepEqual(await keysOf(table, { where: { price: 5, kind: 'app' }, order: 'title' }), ['d', 'c'])
      assert.deepEqual(await keysOf(table, { order: 'kind' }), ['a', 'b', 'c', 'd', 'e'])
      assert.deepEqual(await keysOf(table, {}), ['a', 'b', 'c', 'd', 'e'])
      assert.deepEqual(await keysOf(table, { descending: true, limit: 2 }), ['e', 'd', 'c', 'b', 'a'])
    }),
    onOne(newStore, 'bounds on the order are inclusive', async (store) => {
      const table = await live(store, priced)
      const between = (bounds: object) => keysOf(table, { where: { kind: 'app' }, order: 'price', limit: 1, ...bounds })
      assert.deepEqual(await between({ from: 5 }), ['c', 'd', 'b'])
      assert.deepEqual(await between({ to: 5 }), ['a', 'c', 'd'])
      assert.deepEqual(await between({ from: 5, to: 5, descending: true }), ['d', 'c'])
      assert.deepEqual(await between({ from: 5, descending: true }), ['b', 'd', 'c'])
      assert.deepEqual(await between({ from: 6, to: 8 }), [])
      assert.equal(await table.count({ where: { kind: 'app' }, order: 'price', from: 5 }), 3)
      assert.equal(await table.count({ where: { kind: 'app' } }), 4)
      assert.equal(await table.count({}), 5)
    }),
    onOne(newStore, 'null comes first, then numbers, then text by code points, whatever the engine', async (store) => {
      const titles = [
        null,
        -1.5,
        0,
        2,
        10,
        '',
        '10',
        '9',
        'B',
        'a',
        'z\u0000',
        'z\u0001',
        'é',
        '\ud7ff',
        '\ue000',
        '\uffff',
        '😀',
        '😁',
      ]
      const documents = Object.fromEntries(titles.map((title, n) => [`k${String.fromCharCode(122 - n)}`, { title }]))
      const table = await live(store, { ...documents, none: {} })
      const found = await keysOf(table, { order: 'title', limit: 3 })
      assert.deepEqual(found.slice(0, 2).sort(), ['kz', 'none'])
      assert.deepEqual(found.slice(2), Object.keys(documents).slice(1))
      assert.deepEqual(await keysOf(table, { order: 'title', descending: true, limit: 4 }), found.toReversed())
      assert.deepEqual(await keysOf(table, { where: { title: null } }), ['kz', 'none'])
      assert.deepEqual(await keysOf(table, { where: { title: '10' } }), ['kt'])
      assert.deepEqual(await keysOf(table, { order: 'title', from: 0, to: 2 }), ['kx', 'kw'])
      assert.deepEqual(await keysOf(table, { order: 'title', from: '\uffff' }), ['kk', 'kj', 'ki'])
    }),
    onOne(newStore, 'false and true are 0 and 1; what is no value is null', async (store) => {
      const table = await live(store, {
        a: { title: true },
        b: { title: 1 },
        c: { title: false },
        d: { title: { x: 1 } },
      })
      assert.deepEqual(await keysOf(table, { where: { title: true } }), ['a', 'b'])
      assert.deepEqual(await keysOf(table, { order: 'title', from: false }), ['c', 'a', 'b'])
      assert.deepEqual(await keysOf(table, { where: { title: null } }), ['d'])
    }),
    onOne(newStore, 'a list is found under each of its values, once', async (store) => {
      const table = await live(store, {
        a: { tags: ['x', 'y', 'x'], price: 2 },
        b: { tags: ['y'], price: 1 },
        c: { tags: [], price: 0 },
        d: { price: 0 },
      })
      assert.deepEqual(await keysOf(table, { where: { tags: 'y' }, order: 'price' }), ['b', 'a'])
      assert.deepEqual(await keysOf(table, { where: { tags: 'x' } }), ['a'])
      assert.deepEqual(await keysOf(table, { where: { tags: null } }), ['d'])
      await change(table, { a: { tags: ['z', 'y'], price: 0 } })
      assert.deepEqual(await keysOf(table, { where: { tags: 'x' } }), [])
      assert.deepEqual(await keysOf(table, { where: { tags: 'y' }, order: 'price' }), ['a', 'b'])
    }),
    onOne(newStore, 'a document that changed or went leaves no trace in indexes and words', async (store) => {
      const table = await live(store, { a: { kind: 'app', title: 'old words' }, b: { kind: 'app', title: 'old' } })
      await change(table, { a: { kind: 'service', title: 'new words' } }, ['b'])
      assert.deepEqual(await keysOf(table, { where: { kind: 'app' } }), [])
      assert.deepEqual(await keysOf(table, { where: { kind: 'service' } }), ['a'])
      assert.deepEqual(await wordsFind(table, 'old'), [])
      assert.deepEqual(await wordsFind(table, 'new', 'words'), ['a'])
      await change(table, { b: { kind: 'app', title: 'again' } })
      assert.deepEqual(await wordsFind(table, 'again'), ['b'])
      assert.deepEqual(await keysOf(table, {}), ['a', 'b'])
    }),
    onOne(
      newStore,
      'whole words are found, all of them must be there, and the best match comes first',
      async (store) => {
        const table = await live(store, {
          a: { kind: 'app', title: 'maps for teams and more words than the others have' },
          b: { kind: 'app', title: 'maps maps' },
          c: { kind: 'service', title: 'map' },
          d: { kind: 'app', title: 'comptabilite 東京 😀' },
          e: { kind: 'app', title: 'or and not near' },
        })
        assert.deepEqual(await wordsFind(table, 'maps'), ['b', 'a'])
        assert.deepEqual(await wordsFind(table, 'teams', 'maps'), ['a'])
        assert.deepEqual(await wordsFind(table, 'map'), ['c'])
        assert.deepEqual(await wordsFind(table, 'ma'), [])
        assert.deepEqual(await wordsFind(table, '東京'), ['d'])
        assert.deepEqual(await wordsFind(table, 'not', 'or'), ['e'])
        assert.deepEqual(await wordsFind(table, '"', '*'), [])
        assert.deepEqual(await wordsFind(table), ['a', 'b', 'c', 'd', 'e'])
        const found = await table.search({ words: ['map'], where: { kind: 'app' } })
        assert.deepEqual(found.documents, [])
        assert.equal((await table.search({ words: ['maps'], where: { kind: 'app' } })).documents.length, 2)
      },
    ),
    onOne(newStore, 'pages by cursor hold each document once, while others come and go', async (store) => {
      const documents = Array.from({ length: 50 }, (_, n) => [
        `k${n + 10}`,
        { kind: 'app', price: n % 7, title: n % 2 ? 'word odd' : 'word' },
      ])
      const table = await live(store, Object.fromEntries(documents))
      const all = await keysOf(table, { where: { kind: 'app' }, order: 'price' })
      const first = await table.find({ where: { kind: 'app' }, order: 'price', limit: 20 })
      await change(table, { k00: { kind: 'app', price: 0 } }, ['k10', first.documents.at(-1)!.key])
      const rest = await table.find({ where: { kind: 'app' }, order: 'price', limit: 40, cursor: first.cursor! })
      assert.deepEqual(
        [...first.documents, ...rest.documents].map(({ key }) => key),
        all,
      )
      assert.equal(rest.cursor, undefined)
      assert.equal(new Set(await searchAll(table, ['word'], 7)).size, 48)
      assert.equal(new Set(await searchAll(table, ['word', 'odd'], 7)).size, 25)
    }),
    onOne(
      newStore,
      'an exact shape has its own indexes alone; without an order the next field is one',
      async (store) => {
        const exact = { ...shape, name: 'exact', text: false } as const
        const table = await store.views.open({ ...exact, exact: true })
        await change(table, priced)
        await table.finish()
        await change(table, { d: { kind: 'app', price: 5, title: 'zz' } })
        assert.deepEqual(await keysOf(table, { where: { kind: 'app', price: 5 }, limit: 1 }), ['c', 'd'])
        const downwards = { where: { kind: 'app', price: 5 }, descending: true, limit: 1 }
        assert.deepEqual(await keysOf(table, downwards), ['d', 'c'])
        assert.equal(await table.count({ where: { kind: 'app', price: 5 } }), 2)
        assert.deepEqual(await keysOf(table, { order: 'title' }), ['a', 'b', 'e', 'c', 'd'])
        await faultOf(table.find({ where: { kind: 'app' } }), 'no-index')
        await faultOf(table.find({ order: 'kind' }), 'no-index')
        await faultOf(store.views.open(exact), 'invalid')
        await store.views.drop(exact.name, exact.version)
        await store.views.open(exact)
      },
    ),
    onOne(
      newStore,
      'a question without its index names those there are; a bad one says what is wrong',
      async (store) => {
        const table = await live(store, priced)
        const fault = await faultOf(table.find({ where: { price: 1 } }), 'no-index')
        assert.match(fault.message, /kind, price, title/)
        await faultOf(table.find({ where: { kind: 'app' }, order: 'title' }), 'no-index')
        await faultOf(table.count({ order: 'absent' }), 'no-index')
        await faultOf(table.search({ words: ['x'], where: { price: 1 } }), 'no-index')
        await faultOf(table.find({ from: 1 }), 'invalid')
        for (const limit of [0, 1001, 1.5]) await faultOf(table.find({ limit }), 'invalid')
        const { cursor } = await table.find({ limit: 1 })
        for (const bad of ['', 'x', '%', '%5B%5D', 'null', `${cursor}x`])
          await faultOf(table.find({ cursor: bad }), 'invalid')
        await faultOf(table.find({ order: 'kind', cursor: cursor! }), 'invalid')
        const silent = await store.views.open({ ...shape, name: 'silent', text: false })
        await silent.finish()
        await faultOf(silent.search({ words: ['x'] }), 'no-index')
      },
    ),
  ]
}

const priced: { readonly [key: string]: JsonObject } = {
  a: { kind: 'app', price: 1, title: 'a' },
  b: { kind: 'app', price: 9, title: 'b' },
  c: { kind: 'app', price: 5, title: 'z' },
  d: { kind: 'app', price: 5, title: 'd' },
  e: { kind: 'service', price: 5, title: 'e' },
}

async function live({ views }: OpenStore, documents: { readonly [key: string]: JsonObject }): Promise<ViewTable> {
  const table = await views.open(shape)
  await table.finish()
  await change(table, documents)
  return table
}

async function wordsFind(table: ViewTable, ...words: readonly string[]): Promise<readonly string[]> {
  return (await table.search({ words })).documents.map(({ key }) => key)
}

async function searchAll(table: ViewTable, words: readonly string[], limit: number): Promise<readonly string[]> {
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const page = await table.search({ words, limit, ...(cursor !== undefined && { cursor }) })
    keys.push(...page.documents.map(({ key }) => key))
    cursor = page.cursor
  } while (cursor !== undefined)
  return keys
}
