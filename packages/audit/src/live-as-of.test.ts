import type { StoredEvent } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import { staffOf } from '@vitrine/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { rules, tellStory } from '../test/story.js'
import { type LiveAsOf, liveAsOf } from './live-as-of.js'

const store = memoryStore()
let instants: readonly string[] = []

beforeAll(async () => {
  await tellStory(store)
  const { log } = await store.open()
  const events: StoredEvent[] = []
  for await (const page of log.readAll()) events.push(...page.events)
  instants = [
    '2025-12-31T00:00:00.000Z',
    ...new Set(events.map(({ metadata }) => metadata.occurredAt)),
    '2030-01-01T00:00:00.000Z',
  ]
})

async function catalogue(instant: string, inMemory?: number): Promise<readonly LiveAsOf[]> {
  const { log } = await store.open()
  const found: LiveAsOf[] = []
  for await (const one of liveAsOf({ log, rules }, instant, inMemory === undefined ? {} : { inMemory })) found.push(one)
  return found
}

describe('the catalogue as it was', () => {
  it('is at every instant what the view of it says', async () => {
    const market = await openMarketplace({ rules, store, staff: staffOf })
    let most = 0
    for (const instant of instants) {
      const known = (await market.asOperator.liveOn(instant)).toSorted((a, b) => (a.listingId < b.listingId ? -1 : 1))
      const expected = known.map(({ from: since, until: _until, ...one }) => ({ ...one, since }))
      expect(await catalogue(instant)).toEqual(expected)
      most = Math.max(most, known.length)
    }
    expect(most).toBe(2)
    await market.close()
  })

  it('is the same when no listing fits in memory', async () => {
    for (const instant of instants) expect(await catalogue(instant, 1)).toEqual(await catalogue(instant))
  })

  it('ends with the code aborted when it is told to', async () => {
    const { log } = await store.open()
    const reading = liveAsOf({ log, rules }, instants.at(-1)!, { signal: AbortSignal.abort() })
    await expect(reading.next()).rejects.toMatchObject({ code: 'aborted' })
  })
})
