import { defineMarketplace, fold, type JsonObject, listingAggregate, type StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { begin, beginnings, livedWorlds } from '@vitrine/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryOf } from './delivered-event.js'
import { liftBy } from './lift-event.js'
import { streamKinds } from './stream-kinds.js'

const baseUrl = 'https://market.example'
const then = defineMarketplace({ baseUrl })
const lift = liftBy(defineMarketplace({ baseUrl, contentVersion: 3, upcastContent: upcast }))

/** A field with another name, two that became one; then one that every listing has. */
function upcast({ headline, shortDescription, ...rest }: JsonObject, { version }: { version: number }): JsonObject {
  if (version === 2) return { ...rest, region: 'eu' }
  const words = [headline, shortDescription].filter((text) => typeof text === 'string')
  return words.length === 0 ? rest : { ...rest, words }
}

function today(content: JsonObject): JsonObject {
  return upcast(upcast(content, { version: 1 }), { version: 2 })
}

function ofListing(events: readonly StoredEvent[]): readonly StoredEvent[] {
  return events.filter(({ stream }) => stream.startsWith('listing-'))
}

function lastRevision(events: readonly StoredEvent[]): number {
  return events.findLastIndex(({ type }) => type === 'Revised')
}

function liftedOf(events: readonly StoredEvent[]): readonly StoredEvent[] {
  return events.map(lift.begin(listingAggregate))
}

describe('content of older versions', () => {
  const worlds = livedWorlds(then)

  it('D10 property: after every event, what is there is what was there, lifted as a whole', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ({ events }, cut) => {
        const all = ofListing(events)
        const some = all.slice(0, cut % (all.length + 1))
        const [was, is] = [some, liftedOf(some)].map((told) => fold(listingAggregate.decider, told))
        if (was?.working.status === 'none') expect(is?.working.status).toBe('none')
        else {
          // Created tells the name alone: nothing is added to that.
          const revised = some.findLastIndex(({ type }) => type === 'Created') < lastRevision(some)
          const content = revised ? today(was!.working.content) : was!.working.content
          expect(is?.working).toEqual({ ...was?.working, content })
        }
        const archive = Object.entries(was?.archive ?? {}).map(([revision, { content, ...rest }]) => [
          revision,
          { ...rest, content: today(content) },
        ])
        expect(is?.archive).toEqual(Object.fromEntries(archive))
      }),
      { numRuns: 200 },
    )
  })

  it('D10 property: whoever follows the log, from wherever, gets the same as who folds the stream', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(fc.nat(), { maxLength: 4 }), async ({ events }, cuts) => {
        const all = ofListing(events)
        if (all.length === 0) return
        const { log } = await memoryStore().open()
        for (const { stream, version, position: _, ...event } of all)
          await log.append({ writes: [{ stream, expected: version === 0 ? 'none' : version - 1, events: [event] }] })
        const { events: stored } = await log.readStream(all[0]!.stream)
        const deliver = deliveryOf(log, streamKinds, lift)
        const told = liftedOf(stored)
        const expected = (from: number) => told.slice(from).map((event) => ({ event, foreign: false }))
        for (const cut of [...cuts, 0]) {
          const from = cut % stored.length
          const [once, again] = await Promise.all([deliver(stored.slice(from)), deliver(stored.slice(from))])
          expect([once, again]).toEqual([expected(from), expected(from)])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('content of today is not touched: the events are the very same', () => {
    for (const from of beginnings) {
      const events = ofListing(begin(then, from).events)
      const untouched = liftBy(then).begin(listingAggregate)
      for (const event of events) expect(untouched(event)).toBe(event)
    }
  })
})
