import { builtInViews, defineMarketplace, defineView, type StoredEvent } from '@vitrine/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begin, livedWorlds } from './histories.js'
import { checkView, documentsOf } from './view-laws.js'
import { listingId } from './world.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const lived = begin(rules, 'update').events
const perListing = {
  version: 1,
  empty: { seen: 0 },
  indexes: [],
  on: { Published: ({ stream }: StoredEvent) => [stream] },
}

describe('B18 a view that is not a function of the events', () => {
  it('B18 fails when it leans on chance or on a clock', () => {
    const byChance = defineView({ ...perListing, name: 'by-chance', apply: () => ({ seen: Math.random() }) })
    expect(() => checkView(byChance, lived)).toThrow('View by-chance folds the same events into different documents.')
  })

  it('B18 fails when it changes a document in place', () => {
    const inPlace = defineView({
      ...perListing,
      name: 'in-place',
      on: { Created: ({ stream }: StoredEvent) => [stream], Revised: ({ stream }: StoredEvent) => [stream] },
      apply: (document) => Object.assign(document, { seen: document.seen + 1 }),
    })
    expect(() => checkView(inPlace, lived)).toThrow(/read only|different documents/)
  })

  it('B18 fails when a document is no plain JSON', () => {
    const dated = defineView({ ...perListing, name: 'dated', apply: () => ({ seen: 0, at: new Date(0) }) })
    expect(() => checkView(dated, lived)).toThrow(`View dated: document listing-${listingId}.at is a Date`)
  })

  it('B18 fails when it makes something else of what was stored', () => {
    const doubling = defineView({
      ...perListing,
      name: 'doubling',
      on: { Created: ({ stream }: StoredEvent) => [stream], Revised: ({ stream }: StoredEvent) => [stream] },
      apply: ({ seen }) => ({ seen: seen + 1 }),
      stored: ({ seen }) => ({ seen: seen * 2 }),
    })
    expect(() => checkView(doubling, lived.slice(0, 1))).not.toThrow()
    expect(() => checkView(doubling, lived)).toThrow('View doubling folds the same events into different documents.')
  })

  it('B18 does not fail for any of the built-in views, over random histories', () => {
    fc.assert(
      fc.property(livedWorlds(rules), ({ events }) => {
        for (const view of Object.values(builtInViews)) checkView(view, events)
      }),
      { numRuns: 60 },
    )
  })
})

it('B20 however the streams come in between each other, every document is what its own stream makes it: 10,000 orders', () => {
  const { publisherListings, catalogue, deadlines, links } = builtInViews
  const worlds = fc.sample(livedWorlds(rules, 12), { numRuns: 40, seed: 20 })
  const streams = worlds.map(({ events }, at) => asListing(events, at))
  const views = [publisherListings, catalogue, deadlines, links]
  const alone = streams.map((events) => views.map((view) => [...documentsOf(view, events)]))
  const order = fc.tuple(
    fc.uniqueArray(fc.nat(streams.length - 1), { minLength: 2, maxLength: 3 }),
    fc.nat(views.length - 1),
    fc.infiniteStream(fc.nat(2)),
  )
  fc.assert(
    fc.property(order, ([picked, at, turns]) => {
      const mixed = interleaved(
        picked.map((one) => streams[one] ?? []),
        turns,
      )
      const expected = new Map(picked.flatMap((one) => alone[one]?.[at] ?? []))
      expect(documentsOf(views[at]!, mixed)).toEqual(expected)
    }),
    { numRuns: 10_000 },
  )
})

/** The events of the listing of one world, as those of a listing of its own. */
function asListing(events: readonly StoredEvent[], at: number): readonly StoredEvent[] {
  const stream = `listing-${listingId.slice(0, -4)}${at.toString(16).padStart(4, '0')}`
  return events.filter((event) => event.stream.startsWith('listing-')).map((event) => ({ ...event, stream }))
}

function interleaved(streams: readonly (readonly StoredEvent[])[], turns: Iterator<number>): readonly StoredEvent[] {
  const left = streams.map((events) => [...events])
  const mixed: StoredEvent[] = []
  while (left.some((events) => events.length > 0)) {
    const next = left[(turns.next().value ?? 0) % left.length]
    const event = next?.shift() ?? left.find((events) => events.length > 0)?.shift()
    if (event) mixed.push(event)
  }
  return mixed
}
