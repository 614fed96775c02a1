import { memoryStore } from '@vitrine/store-memory'
import { CloudEvent } from 'cloudevents'
import { describe, expect, it } from 'vitest'
import { live } from '../test/lived-market.js'
import { cloudEventsIn, type LogCloudEvent } from './cloud-events.js'

describe('the events of a log as CloudEvents', () => {
  it('are valid for another implementation, unique, and say what happened, to what, when and by whom', async () => {
    const store = memoryStore()
    const { listingId } = await live(store)
    const { log } = await store.open()
    const names = { source: 'https://market.example/', typePrefix: 'example.market' }
    const found: LogCloudEvent[] = []
    for await (const one of cloudEventsIn({ log }, names)) found.push(one)
    for (const one of found) expect(new CloudEvent<unknown>(JSON.parse(JSON.stringify(one))).validate()).toBe(true)
    expect(new Set(found.map(({ source, id }) => `${source} ${id}`)).size).toBe(found.length)
    expect(found.find(({ type }) => type === 'example.market.Approved')).toMatchObject({
      source: `https://market.example/listing-${listingId}`,
      subject: `listing-${listingId}`,
      time: expect.stringMatching(/^2026-01-0\dT/),
      data: { publishMode: 'auto' },
      actorid: 'u-rita',
      streamversion: 10,
    })
  })
})
