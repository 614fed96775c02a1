import type { ViewStore } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { leaseOn } from './lease.js'

const time = 1_000

describe('a lease', () => {
  it('B3 is held by one, who first asked for it; another kind of work is another lease', async () => {
    const { one, other, store } = await two()
    await one.lease.tend()
    await other.lease.tend()
    expect([one.lease.isHeld, other.lease.isHeld]).toEqual([true, false])
    const another = leaseOn(store, 'policies', time, () => 0)
    await another.tend()
    expect(another.isHeld).toBe(true)
  })

  it('B3 of two who ask at the same moment one has it, each of 50 rounds', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { one, other } = await two()
      await Promise.all([one.lease.tend(), other.lease.tend()])
      expect([one.lease.isHeld, other.lease.isHeld].filter(Boolean)).toHaveLength(1)
    }
  })

  it('B4 is taken over once it was seen unchanged for its time, not before, and never while it is renewed', async () => {
    const { one, other } = await two()
    await one.lease.tend()
    for (let round = 0; round < 8; round += 1) {
      await other.lease.tend()
      other.wait(time / 2)
      await one.lease.tend()
    }
    await other.lease.tend()
    other.wait(time - 1)
    await other.lease.tend()
    expect(other.lease.isHeld).toBe(false)
    other.wait(1)
    await other.lease.tend()
    expect(other.lease.isHeld).toBe(true)
  })

  it('B4 who stood still does not hold it any more when it resumes, nor gets it back by renewing', async () => {
    const { one, other } = await two()
    await one.lease.tend()
    await other.lease.tend()
    one.wait(2 * time)
    other.wait(2 * time)
    await other.lease.tend()
    expect([one.lease.isHeld, other.lease.isHeld]).toEqual([false, true])
    await one.lease.tend()
    expect([one.lease.isHeld, other.lease.isHeld]).toEqual([false, true])
    await one.lease.tend()
    expect(one.lease.isHeld).toBe(false)
  })

  it('who stood still while nobody else asked for it goes on', async () => {
    const { one } = await two()
    await one.lease.tend()
    one.wait(5 * time)
    expect(one.lease.isHeld).toBe(false)
    await one.lease.tend()
    expect(one.lease.isHeld).toBe(true)
  })

  it('C23 clocks of two processes may differ by whatever they like', async () => {
    for (const skew of [-300_000, 0, 300_000]) {
      const { one, other } = await two(skew)
      await one.lease.tend()
      await other.lease.tend()
      other.wait(time - 1)
      await other.lease.tend()
      expect(other.lease.isHeld).toBe(false)
      other.wait(1)
      await other.lease.tend()
      expect(other.lease.isHeld).toBe(true)
    }
  })

  it('that was given up is had by who looks next, who was waiting for it', async () => {
    const { one, other } = await two()
    await one.lease.tend()
    await other.lease.tend()
    const waiting = other.lease.untilHeld(new AbortController().signal)
    await one.lease.release()
    expect(one.lease.isHeld).toBe(false)
    await other.lease.tend()
    await waiting
    expect(other.lease.isHeld).toBe(true)
    await one.lease.release()
    expect(other.lease.isHeld).toBe(true)
  })

  it('nobody waits for it any longer once that is to stop', async () => {
    const { other } = await two()
    const stop = new AbortController()
    const waiting = other.lease.untilHeld(stop.signal)
    stop.abort()
    await waiting
    await other.lease.untilHeld(stop.signal)
    expect(other.lease.isHeld).toBe(false)
  })

  it('of no time at all is held by everybody, and writes nothing', async () => {
    const { views: store } = await memoryStore().open()
    const leases = [leaseOn(store, 'views', 0), leaseOn(store, 'views', 0)]
    for (const lease of leases) await lease.tend()
    expect(leases.map(({ isHeld }) => isHeld)).toEqual([true, true])
    expect(await store.list()).toEqual([])
  })
})

/** Two processes with clocks of their own, which move when they are told to. */
async function two(skew = 0) {
  const { progress: store } = await memoryStore().open()
  return { store, one: process(store, 0), other: process(store, skew) }
}

function process(store: ViewStore, start: number) {
  let clock = start
  const wait = (milliseconds: number) => {
    clock += milliseconds
  }
  return { lease: leaseOn(store, 'views', time, () => clock), wait }
}
