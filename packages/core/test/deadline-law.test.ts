import { defineMarketplace, type Listing, listingAggregate, type StoredEvent, step } from '@vitrine/core'
import { livedWorlds } from '@vitrine/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { decider } = listingAggregate
const movers = ['Approved', 'PublicationDeadlineExtended']

it('T3 over random histories, the deadline begins with an approval and is moved by an extension, by nothing else', () => {
  fc.assert(
    fc.property(livedWorlds(rules), ({ events }) => {
      let before = decider.initial()
      for (const event of events.filter(({ stream }) => stream.startsWith('listing-'))) {
        const after = step(decider, before, event)
        const [was, is] = [deadlineOf(before), deadlineOf(after)]
        if (is !== undefined && is !== was) expect([event.type, said(event)]).toEqual([expect.toBeOneOf(movers), is])
        before = after
      }
    }),
    { numRuns: 200 },
  )
})

function deadlineOf({ working }: Listing): string | undefined {
  return working.status === 'approved' ? working.approval.publishBy : undefined
}

function said({ type, data }: StoredEvent): unknown {
  return type === 'Approved' ? data.publishBy : data.until
}
