import assert from 'node:assert/strict'
import type { ViewTable } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onTwo } from './contract-case.js'
import { at, change, puts, shape } from './sample-views.js'

/** A table that was dropped says so at every call, also when another one has its name. */
export function viewDroppingCase(newStore: NewStore): ContractCase {
  return onTwo(newStore, 'B12 a table that another connection dropped, and made again, says so', async (one, other) => {
    const calls: readonly ((table: ViewTable) => Promise<unknown>)[] = [
      (table) => table.status(),
      (table) => table.load(['a']),
      (table) => table.write({ from: at(1), to: at(2), put: puts({ b: { kind: 'x' } }), remove: [] }),
      (table) => table.finish(),
      (table) => table.find({ where: { kind: 'a' } }),
      (table) => table.count({ where: { kind: 'a' } }),
      (table) => table.search({ words: ['one'] }),
    ]
    for (const isFinished of [false, true]) {
      const table = await one.views.open(shape)
      await change(table, { a: { kind: 'a', title: 'one' } })
      if (isFinished) {
        await table.finish()
        assert.equal(await table.count({ where: { kind: 'a' } }), 1)
      }
      await other.views.drop(shape.name, shape.version)
      for (const call of calls) await faultOf(call(table), 'dropped')
      const anew = await other.views.open(shape)
      for (const call of calls) await faultOf(call(table), 'dropped')
      assert.deepEqual(await anew.status(), { live: false, checkpoint: undefined })
      assert.deepEqual(await (await one.views.open(shape)).load(['a', 'b']), new Map())
      await other.views.drop(shape.name, shape.version)
    }
  })
}
