import { describe, expect, it } from 'vitest'
import type { Folded } from './folded.js'
import { stateCache } from './state-cache.js'

const folded = (stream: string, version = 0): Folded => {
  return { stream, version, state: {}, position: 1, occurredAt: '', chain: undefined, commands: new Map() }
}

describe('a cache of two streams', () => {
  const filled = () => {
    const cache = stateCache(2)
    for (const stream of ['a', 'b']) cache.keep(folded(stream))
    return cache
  }
  const held = (cache: ReturnType<typeof filled>) => ['a', 'b', 'c'].filter((stream) => cache.get(stream))

  it('lets go of the one that was unused for longest', () => {
    const cache = filled()
    cache.keep(folded('c'))
    expect(held(cache)).toEqual(['b', 'c'])
  })

  it('counts reading and keeping again as use', () => {
    const read = filled()
    read.get('a')
    read.keep(folded('c'))
    expect(held(read)).toEqual(['a', 'c'])
    const kept = filled()
    kept.keep(folded('a', 1))
    kept.keep(folded('c'))
    expect(held(kept)).toEqual(['a', 'c'])
  })

  it('holds the right ones after many uses in any order', () => {
    const cache = stateCache(3)
    let used: string[] = []
    for (let turn = 0; turn < 200; turn += 1) {
      const stream = `s${(turn * 7 + (turn % 5)) % 6}`
      if (turn % 3 === 0) cache.keep(folded(stream))
      else if (!cache.get(stream)) continue
      used = [...used.filter((one) => one !== stream), stream].slice(-3)
      expect(cache.get(stream)?.stream).toBe(stream)
    }
    const inIt = Array.from({ length: 6 }, (_, at) => `s${at}`).filter((stream) => cache.get(stream))
    expect(inIt.toSorted()).toEqual(used.toSorted())
  })

  it('a late reader never puts an older state back', () => {
    const cache = filled()
    cache.keep(folded('a', 5))
    cache.keep(folded('a', 4))
    expect(cache.get('a')?.version).toBe(5)
  })
})
