import { hash } from 'node:crypto'
import { canonicalJson, type StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { chainOf } from '../src/index.js'
import { allEvents, defaultRules, liveIn, open } from './stage.js'

describe('a marketplace that ties its events together', () => {
  it('D20 gives each event a hash over the one before it in its stream and all that it says but its position', async () => {
    const store = memoryStore()
    const market = await open({ store, chain: true })
    const { listingId } = await liveIn(market)
    await market.close()
    const reopened = await open({ store, chain: true })
    await reopened.execute(
      { type: 'Withdraw', listingId, reason: 'Sold out' },
      { by: { id: 'u-ada', name: 'Ada Marsh' } },
    )
    const { log } = await store.open()
    const events = await allEvents(log)
    expect(events.length).toBeGreaterThan(10)
    for (const ofStream of Map.groupBy(events, ({ stream }) => stream).values()) expectTied(ofStream)
  })

  it('writes no hash where it was not asked to, and begins where it is switched on', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const { listingId } = await liveIn(market)
    const before = await allEvents((await store.open()).log)
    expect(before.filter(({ metadata }) => 'chain' in metadata)).toEqual([])
    await market.close()

    const tied = await open({ store, chain: true, rules: defaultRules })
    await tied.execute({ type: 'Withdraw', listingId, reason: 'Sold out' }, { by: { id: 'u-ada', name: 'Ada Marsh' } })
    const [first] = (await allEvents((await store.open()).log)).slice(before.length)
    expect(first?.metadata.chain).toBe(chainOf(undefined, first!))
  })
})

/** The definition, written down once more. */
function expectTied(events: readonly StoredEvent[]): void {
  let last = ''
  for (const { position: _, metadata, ...event } of events) {
    const { chain, ...rest } = metadata
    expect(chain).toBe(hash('sha256', last + canonicalJson({ ...event, metadata: rest }), 'hex'))
    last = chain!
  }
}
