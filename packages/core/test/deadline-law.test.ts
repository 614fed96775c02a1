import { defineMarketplace, type Listing, listingAggregate, type StoredEvent, step } from '@vitrine/core'
import { livedWorlds } from '@vitrine/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { decider } = listingAggregate

it('T3 over random histories, the deadline begins with an approval and is moved by an extension, by nothing else', () => {
  fc.assert(
    fc.property(livedWorlds(rules), ({ events }) => {
      let before = decider.initial()
      for (const event of events.filter(({ stream }) => stream.startsWith('listing-'))) {
        const after = step(decider, before, event)
        const [was, is] = [deadlineOf(before), deadlineOf(after)]
        if (is !== undefined && is !== was) expect(moved(event)).toBe(is)
        before = after
      }
    }),
    { numRuns: 200 },
  )
})

function deadlineOf({ working }: Listing): string | undefined {
  return working.status === 'approved' ? working.approval.publishBy : undefined
}

/** Where an event says that the deadline is; any other than the two that may is told by its type. */
function moved({ type, data }: StoredEvent): unknown {
  if (type === 'Approved') return data.publishBy
  return type === 'PublicationDeadlineExtended' ? data.until : `moved by ${type}`
}
