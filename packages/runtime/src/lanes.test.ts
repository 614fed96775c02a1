import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { lanesOf } from './lanes.js'

/** Lanes whose work ends when it is told to. */
function held(places: number) {
  const begun: string[] = []
  const ends = new Map<string, (moved: boolean | Error) => void>()
  const lanes = lanesOf<string>(places, ([first = '']) => {
    begun.push(first)
    return new Promise((resolve, reject) => {
      ends.set(first, (how) => (typeof how === 'boolean' ? resolve(how) : reject(how)))
    })
  })
  const end = async (name: string, how: boolean | Error = true) => {
    ends.get(name)?.(how)
    await turn()
  }
  return { lanes, begun, end }
}

describe('work in lanes', () => {
  it('C19 goes on in so many lanes at once, and in the next as soon as there is a place', async () => {
    const { lanes, begun, end } = held(2)
    for (const lane of ['a', 'b', 'c', 'd']) lanes.add(lane, [lane])
    expect([begun, lanes.isHungry]).toEqual([['a', 'b'], false])
    await end('b')
    expect(begun).toEqual(['a', 'b', 'c'])
    await end('c')
    expect([begun, lanes.isHungry]).toEqual([['a', 'b', 'c', 'd'], true])
  })

  it('leaves a lane that waits or is gone along already as it is', async () => {
    const { lanes, begun, end } = held(1)
    lanes.add('a', ['a'])
    lanes.add('a', ['again'])
    lanes.add('b', ['b'])
    lanes.add('b', ['again'])
    await end('a')
    await end('b')
    expect([begun, await lanes.ended()]).toEqual([['a', 'b'], true])
  })

  it('says once whether any has moved, when all have ended', async () => {
    const { lanes, end } = held(2)
    for (const lane of ['a', 'b', 'c']) lanes.add(lane, [lane])
    const ended = lanes.ended()
    for (const lane of ['a', 'b']) await end(lane, false)
    await end('c', true)
    expect([await ended, await lanes.ended()]).toEqual([true, false])
  })

  it('throws once what one of them threw; the others go on', async () => {
    const { lanes, begun, end } = held(1)
    for (const lane of ['a', 'b']) lanes.add(lane, [lane])
    const fault = new Error('out of reach')
    await end('a', fault)
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    await expect(lanes.ended()).rejects.toBe(fault)
    expect(await lanes.ended()).toBe(false)
  })
})
