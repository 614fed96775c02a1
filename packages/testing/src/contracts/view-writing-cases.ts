import assert from 'node:assert/strict'
import { type ContractCase, faultOf, type NewStore, onOne, onTwo } from './contract-case.js'
import { at, change, keysOf, puts, shape } from './sample-views.js'

/** Documents and the checkpoint: one transaction, compared and set. */
export function viewWritingCases(newStore: NewStore): readonly ContractCase[] {
  return [
    onOne(newStore, 'a new table is not live, stands nowhere and holds nothing', async ({ views }) => {
      const table = await views.open(shape)
      assert.deepEqual(await table.status(), { live: false, checkpoint: undefined })
      assert.deepEqual(await table.load(['a']), new Map())
    }),
    onOne(newStore, 'documents are loaded by key, as they were put, in one question', async ({ views }) => {
      const table = await views.open(shape)
      const odd = { kind: 'a', text: '😀 "\0 \u2028', list: [1, { deep: null }], '': {} }
      await change(table, { a: odd, b: { kind: 'b' }, "c' OR 1": { kind: 'c' } })
      const loaded = await table.load(['a', "c' OR 1", 'absent'])
      assert.deepEqual(
        [...loaded].sort(([a], [b]) => (a < b ? -1 : 1)),
        [
          ['a', odd],
          ["c' OR 1", { kind: 'c' }],
        ],
      )
      Object.assign(loaded.get('a')!, { kind: 'changed' })
      assert.deepEqual((await table.load(['a'])).get('a'), odd)
      await change(table, { a: { kind: 'new' } }, ['b', 'absent'])
      assert.deepEqual([...(await table.load(['a', 'b']))], [['a', { kind: 'new' }]])
    }),
    onOne(newStore, 'documents are loaded in one question however many they are', async ({ views }) => {
      const table = await views.open(shape)
      const documents = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`k${n}`, { price: n }]))
      await change(table, documents)
      const loaded = await table.load(['absent', ...Object.keys(documents)])
      assert.deepEqual([loaded.size, loaded.get('k0'), loaded.get('k4999')], [5000, { price: 0 }, { price: 4999 }])
    }),
    onTwo(
      newStore,
      'B1 documents and checkpoint are one: after a restart a batch is there whole, or not at all',
      async (one, other) => {
        const table = await one.views.open(shape)
        await table.write({ from: undefined, to: at(1), put: puts({ a: { kind: 'x' } }), remove: [] })
        const seen = await other.views.open(shape)
        assert.deepEqual(await seen.status(), { live: false, checkpoint: at(1) })
        assert.equal((await seen.load(['a'])).size, 1)
        const circular: Record<string, never> = {}
        Object.assign(circular, { circular })
        const broken = {
          from: at(1),
          to: at(2),
          put: [...puts({ b: { kind: 'x' } }), { key: 'c', document: circular }],
          remove: ['a'],
        }
        await assert.rejects(table.write(broken))
        assert.deepEqual((await seen.status()).checkpoint, at(1))
        assert.deepEqual([...(await seen.load(['a', 'b', 'c'])).keys()], ['a'])
      },
    ),
    onTwo(newStore, 'B23 a runner that was overtaken is refused, and writes nothing', async (one, other) => {
      const [slow, quick] = [await one.views.open(shape), await other.views.open(shape)]
      await change(slow, { a: { by: 'first' } })
      await change(quick, { a: { by: 'quick' } })
      const late = slow.write({ from: at(1), to: at(2), put: puts({ a: { by: 'slow' }, b: {} }), remove: [] })
      await faultOf(late, 'checkpoint-moved')
      for (const from of [undefined, { ...at(2), logId: 'other' }, { ...at(2), id: 'other' }]) {
        for (const remove of [['a'], []]) {
          await faultOf(slow.write({ from, to: at(9), put: [], remove }), 'checkpoint-moved')
        }
      }
      assert.deepEqual([...(await slow.load(['a', 'b']))], [['a', { by: 'quick' }]])
      assert.deepEqual((await slow.status()).checkpoint, at(2))
    }),
    onTwo(newStore, 'B3 of two runners at the same place one writes, each of 50 rounds', async (one, other) => {
      const tables = [await one.views.open(shape), await other.views.open(shape)]
      for (let round = 0; round < 50; round += 1) {
        const { checkpoint: from } = await tables[0]!.status()
        const isEmpty = round % 2 === 1
        const attempts = tables.map((table, n) => {
          const put = isEmpty ? [] : puts({ [`${round}-${n}`]: {} })
          return table.write({ from, to: at(round + 1), put, remove: [] })
        })
        const outcomes = (await Promise.allSettled(attempts)).map((outcome) =>
          outcome.status === 'fulfilled' ? 'written' : String(outcome.reason.code),
        )
        assert.deepEqual(
          [...outcomes].sort((a, b) => (a < b ? -1 : 1)),
          ['checkpoint-moved', 'written'],
        )
        assert.equal((await tables[0]!.load([`${round}-0`, `${round}-1`])).size, isEmpty ? 0 : 1)
      }
    }),
    onOne(newStore, 'a batch that goes back, or names a key twice or badly, is refused', async ({ views }) => {
      const table = await views.open(shape)
      await table.write({ from: undefined, to: at(5), put: [], remove: [] })
      const from = at(5)
      const twice = [...puts({ a: {} }), ...puts({ a: {} })]
      await faultOf(table.write({ from, to: at(4), put: [], remove: [] }), 'invalid')
      await faultOf(table.write({ from, to: at(6), put: twice, remove: [] }), 'invalid')
      await faultOf(table.write({ from, to: at(6), put: puts({ a: {} }), remove: ['a'] }), 'invalid')
      for (const key of ['', 'a\0b', '\ud800']) {
        await faultOf(table.write({ from, to: at(6), put: puts({ [key]: {} }), remove: [] }), 'invalid')
      }
      await table.write({ from, to: at(5), put: puts({ a: {} }), remove: [] })
    }),
    onOne(
      newStore,
      'a table is filled first and asked when it is finished, also by another hand',
      async ({ views }) => {
        const table = await views.open(shape)
        await change(table, { a: { kind: 'x', title: 'one' }, b: { kind: 'x', title: 'two' }, c: { kind: 'x' } }, [])
        await change(table, { b: { kind: 'y', title: 'three' } }, ['c'])
        await faultOf(table.find({}), 'unavailable')
        await faultOf(table.count({}), 'unavailable')
        await faultOf(table.search({ words: ['one'] }), 'unavailable')
        await table.finish()
        await table.finish()
        const again = await views.open(shape)
        assert.equal((await again.status()).live, true)
        assert.deepEqual(await keysOf(again, { where: { kind: 'x' } }), ['a'])
        assert.deepEqual(await keysOf(again, { where: { kind: 'y' } }), ['b'])
        assert.equal((await again.search({ words: ['two'] })).documents.length, 0)
        assert.equal((await again.search({ words: ['three'] })).documents.length, 1)
      },
    ),
    onTwo(newStore, 'B11 a table that is finished while another writes to it misses nothing', async (one, other) => {
      const [table, written] = [await one.views.open(shape), await other.views.open(shape)]
      const documents = Array.from({ length: 3000 }, (_, n) => [`k${n}`, { kind: 'old', price: n, title: `w${n} old` }])
      await change(table, Object.fromEntries(documents))
      const finished = Promise.all([table.finish(), written.finish()])
      for (let n = 0; n < 30; n += 1) {
        const moved = {
          [`k${n * 97}`]: { kind: 'new', title: `w${n} new` },
          [`new${n}`]: { kind: 'new', title: 'new' },
        }
        await change(written, moved, [`k${n * 97 + 1}`])
      }
      await finished
      assert.equal(await table.count({ where: { kind: 'old' } }), 3000 - 60)
      assert.equal(await table.count({ where: { kind: 'new' } }), 60)
      assert.equal((await table.search({ words: ['new'], limit: 1000 })).documents.length, 60)
      assert.equal((await table.search({ words: ['w98'] })).documents.length, 0)
      assert.equal((await keysOf(table, { order: 'title', limit: 1000 })).length, 3000)
    }),
    {
      title: 'documents, checkpoint and what is live outlast a restart, in views and in progress',
      run: async () => {
        const store = await newStore()
        const before = await store.open()
        for (const part of [before.views, before.progress]) {
          const table = await part.open(shape)
          await change(table, { a: { kind: part === before.views ? 'view' : 'policy' } })
          await table.finish()
        }
        await before.close()
        const after = await store.open()
        for (const part of [after.views, after.progress]) {
          const table = await part.open(shape)
          assert.deepEqual(await table.status(), { live: true, checkpoint: at(1) })
          assert.deepEqual(await keysOf(table, { where: { kind: part === after.views ? 'view' : 'policy' } }), ['a'])
        }
        await after.close()
      },
    },
    onOne(newStore, 'versions of a view stand beside each other until one is dropped', async ({ views }) => {
      const old = await views.open(shape)
      const fresh = await views.open({ ...shape, version: 2, indexes: [['kind']] })
      await change(old, { a: { kind: 'old' } })
      await change(fresh, { a: { kind: 'new' } })
      await fresh.finish()
      assert.deepEqual(await views.list(), [
        { name: shape.name, version: 1, live: false },
        { name: shape.name, version: 2, live: true },
      ])
      await faultOf(views.open({ ...shape, indexes: [] }), 'invalid')
      await views.drop(shape.name, 1)
      await views.drop(shape.name, 99)
      assert.equal((await views.list()).length, 1)
      await faultOf(old.load(['a']), 'dropped')
      assert.deepEqual((await (await views.open(shape)).status()).checkpoint, undefined)
      assert.deepEqual((await fresh.load(['a'])).get('a'), { kind: 'new' })
    }),
    onOne(newStore, 'A41 a view store that was closed refuses everything', async (store) => {
      const table = await store.views.open(shape)
      await store.views.close()
      await store.views.close()
      await faultOf(store.views.open(shape), 'closed')
      await faultOf(store.views.list(), 'closed')
      await faultOf(table.load(['a']), 'closed')
      await faultOf(table.find({}), 'closed')
    }),
  ]
}
