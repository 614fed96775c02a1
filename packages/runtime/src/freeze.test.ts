import { describe, expect, it } from 'vitest'
import { deepFrozen, thawed } from './freeze.js'

describe('what came of a frozen value', () => {
  it('is frozen wherever it is new, at every depth, and shares the rest', () => {
    const before = deepFrozen({ kept: { list: [1] }, changed: { deep: { list: [1] }, kept: {} }, gone: { a: 1 } })
    const { kept, changed } = before
    const deep = { list: [1, { two: 2 }] }
    const after = deepFrozen({ kept, changed: { deep, kept: changed.kept }, begun: [{}] })
    for (const part of [after, after.changed, deep, deep.list, deep.list[1], after.begun, after.begun[0]]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
    expect(after.kept).toBe(kept)
  })
})

describe('a frozen value', () => {
  const frozen = deepFrozen({ list: [{ name: 'Ada' }], nothing: null, count: 1 })

  it('thaws into a copy that can be changed everywhere, and stays as it was', () => {
    const copy = thawed(frozen)
    expect(copy).toEqual(frozen)
    copy.list[0]!.name = 'Luc'
    copy.list.push({ name: 'Sam' })
    copy.count += 1
    expect(frozen).toEqual({ list: [{ name: 'Ada' }], nothing: null, count: 1 })
  })

  it('keeps a key that is called __proto__ a key', () => {
    const copy = thawed(deepFrozen(JSON.parse('{"__proto__":{"admin":true}}')))
    expect(Object.keys(copy)).toEqual(['__proto__'])
    expect(copy.admin).toBeUndefined()
  })
})
