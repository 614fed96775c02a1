import { definePolicy, message } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { fuseAt, fused } from './fuse.js'
import { begin, messagesIn, telling } from './message-stage.js'
import { approve, draftIn, liveIn, open, publisherIn, typesIn } from './stage.js'

describe('a stream that is tried again', () => {
  it('B6 is unparked with what was handled: whenever who does it dies, it is parked or done, and never done twice', async () => {
    let deaths = 0
    while (await diesRetrying(deaths)) deaths += 1
    expect(deaths).toBeGreaterThan(0)
  })
})

/** Lets the process die at a step while a parked stream is tried again; `false` if it never gets there. */
async function diesRetrying(step: number): Promise<boolean> {
  let isBroken = true
  const breaking = definePolicy({
    name: 'tell',
    on: {
      Created: ({ data: { publisherId, name } }) => {
        if (isBroken) throw new Error('A bug in the policy')
        return [message({ key: 'begun', kind: 'draft-begun', to: { are: 'publisher', publisherId }, facts: { name } })]
      },
    },
  })
  const store = memoryStore()
  const fuse = fuseAt(step)
  const { market, publisherId, again } = await telling({ store: fused(store, fuse), policies: [breaking] })
  const which = { policy: 'tell', stream: `listing-${await begin(market, publisherId)}` }
  await market.catchUp()

  isBroken = false
  fuse.arm()
  await market.retry(which).catch(() => undefined)
  const restarted = await again({ store })
  if ((await restarted.parked()).length > 0) await restarted.retry(which)
  const requested = (await messagesIn(store)).filter(({ type }) => type === 'MessageRequested')
  expect([await restarted.parked(), requested.length]).toEqual([[], 1])
  return fuse.isBlown
}

describe('an approval in mode auto', () => {
  it('P1 is published once, at whatever step whoever publishes it dies, before it is done or after', async () => {
    let step = 0
    while (await diesPublishing(step)) step += 1
    expect(step).toBeGreaterThan(20)
  })
})

/** Lets the process die at a step of its policies, and another go on; `false` if it never gets there. */
async function diesPublishing(step: number): Promise<boolean> {
  const store = memoryStore()
  const market = await open({ store })
  const listingId = await draftIn(market, await publisherIn(market))
  const fuse = fuseAt(step)
  const dying = await open({ store: fused(store, fuse) })
  await approve(market, listingId, 'auto')
  fuse.arm()
  await dying.catchUp().catch(() => undefined)
  await (await open({ store })).catchUp()
  expect((await typesIn(store)).filter((type) => type === 'Published')).toHaveLength(1)
  return fuse.isBlown
}

describe('a log that was replaced under the progress of policies', () => {
  it('B17 stops them, says so, and nothing of what is in it is acted on', async () => {
    const [before, restored] = [memoryStore(), memoryStore()]
    const first = await open({ store: before })
    await liveIn(first)
    await first.catchUp()
    const other = await open({ store: restored })
    const { publisherId } = await liveIn(other)
    await approve(other, await draftIn(other, publisherId), 'auto')
    await approve(other, await draftIn(other, publisherId), 'auto')
    await other.close()

    const { progress } = await before.open()
    const market = await open({ store: { open: async () => ({ ...(await restored.open()), progress }) } })
    const written = await typesIn(restored, '')
    await market.catchUp()
    const { well, policies } = await market.health()
    expect(well).toBe(false)
    expect(policies.filter(({ stopped }) => stopped === undefined)).toEqual([])
    expect(await typesIn(restored, '')).toEqual(written)
  })
})
