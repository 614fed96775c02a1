import { describe, expect, it } from 'vitest'
import { deepFrozen, thawed } from './freeze.js'

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
