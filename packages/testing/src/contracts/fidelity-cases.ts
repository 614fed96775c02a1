import assert from 'node:assert/strict'
import type { JsonObject } from '@vitrine/core'
import { type ContractCase, faultOf, type NewStore, onOne } from './contract-case.js'
import { append, eventsOf, noted } from './sample-appends.js'

/** What comes back exactly as it went in. */
const keptAsTheyAre: readonly (readonly [what: string, data: JsonObject])[] = [
  ['astral and combining characters', { text: '😀 𝔘 e\u0301 é ﷽', '😀': 'as a key' }],
  ['a NUL and other control characters', { text: 'a\0b\u0001\u2028\u2029\ufeff' }],
  ['__proto__ and constructor as keys', JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}')],
  ['numbers at their limits', { a: 1e21, b: 5e-324, c: Number.MAX_VALUE, d: 0.1 + 0.2, e: 2 ** 60, f: -1 }],
  ['large numbers as text', { a: '123456789012345678901234567890.10' }],
  ['100 levels', Array.from({ length: 100 }).reduce<JsonObject>((inner) => ({ inner }), { text: 'deep' })],
  ['the order of keys', { z: 1, a: 2, 10: 3, 9: 4 }],
  ['nothing in its forms', { a: null, b: [], c: {}, d: '', e: [null, [], {}], f: false, g: 0 }],
  ['dates as text', { at: '2026-03-01T09:00:00.000Z', other: '0001-01-01' }],
  ['quotes and backslashes', { text: `'"\\ \` $1 \${x} %s ?` }],
  ['800 kB', { text: 'é'.repeat(400_000) }],
]

/** What no store may change in silence, and so none takes. */
const refused: readonly (readonly [what: string, data: unknown])[] = [
  ['-0', { a: -0 }],
  ['NaN', { a: Number.NaN }],
  ['Infinity', { a: [1, Number.POSITIVE_INFINITY] }],
  ['undefined', { a: undefined }],
  ['a hole in a list', { a: Object.assign([], { length: 1 }) }],
  ['half of a surrogate pair', { a: 'x\ud800' }],
  ['half of a surrogate pair as a key', { 'x\udc00': 1 }],
  ['a Date', { a: new Date(0) }],
  ['a Map', { a: new Map([[1, 2]]) }],
  ['a function', { a: () => 1 }],
  ['a symbol as a key', { [Symbol('x')]: 1 }],
  ['a bigint', { a: 1n }],
  ['an object of a class', { a: new Error('x') }],
  ['a list in place of an object', []],
  ['null in place of an object', null],
  ['900 kB', { text: 'x'.repeat(900_000) }],
  ['300 levels', Array.from({ length: 300 }).reduce<JsonObject>((inner) => ({ inner }), {})],
]

export function fidelityCases(newStore: NewStore): readonly ContractCase[] {
  return [
    ...keptAsTheyAre.map(([what, data]) =>
      onOne(newStore, `A21 kept exactly: ${what}`, async ({ log }) => {
        const event = noted(data)
        await log.append(append('s', 'none', event))
        const read = [(await log.readStream('s')).events[0]!, (await eventsOf(log))[0]!]
        for (const stored of read) {
          assert.equal(JSON.stringify(stored.data), JSON.stringify(data))
          assert.equal(JSON.stringify(stored.metadata), JSON.stringify(event.metadata))
          assert.equal(Object.getPrototypeOf(stored.data), Object.prototype)
        }
        assert.equal('polluted' in {}, false)
      }),
    ),
    ...refused.map(([what, data]) =>
      onOne(newStore, `A21 refused: ${what}`, async ({ log }) => {
        await faultOf(log.append(append('s', 'none', Object.assign(noted(), { data }))), 'invalid')
        assert.deepEqual(await eventsOf(log), [])
      }),
    ),
    onOne(newStore, 'what is handed out is shared with nobody', async ({ log }) => {
      const data = { list: [1, 2], at: { deep: 'first' } }
      await log.append(append('s', 'none', noted(data)))
      data.list.push(3)
      const read = (await log.readStream('s')).events[0]!
      Object.assign(read.data, { list: 'changed' })
      assert.deepEqual((await log.readStream('s')).events[0]!.data, { list: [1, 2], at: { deep: 'first' } })
      assert.deepEqual((await eventsOf(log))[0]!.data, { list: [1, 2], at: { deep: 'first' } })
    }),
  ]
}
