import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spilledMap } from './spilled-map.js'

describe('a map that spills', () => {
  it('property: holds what a map holds, however few names stay in memory', () => {
    const sets = fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.nat()), { maxLength: 200 })
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 20 }), (steps, limit) => {
        const map = new Map<string, number>()
        const spilled = spilledMap<number>(limit)
        for (const [name, value] of steps) {
          expect(spilled.get(name)).toBe(map.get(name))
          map.set(name, value)
          spilled.set(name, value)
          expect([spilled.get(name), spilled.size]).toEqual([value, map.size])
        }
        expect(new Map(spilled.entries())).toEqual(map)
        expect([...map.keys()].every((name) => spilled.get(name) === map.get(name))).toBe(true)
        spilled.close()
      }),
      { numRuns: 200 },
    )
  })
})
