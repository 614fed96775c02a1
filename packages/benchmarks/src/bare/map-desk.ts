import { listingAggregate, type StoredEvent } from '@vitrine/core'
import type { Desk } from '../harness/desk.js'
import { commandFor } from '../ours/marketplace-desk.js'
import { type BareEvent, bareFacts, decideStep } from './decide-step.js'

/** The bare limit of `execute`: a Map of arrays. Each command folds its stream anew, decides and pushes. */
export function mapDesk(): Desk {
  const streams = new Map<number, BareEvent[]>()
  const { decider } = listingAggregate
  return {
    take(step, listing) {
      const events = streams.get(listing) ?? []
      streams.set(listing, events)
      const state = decider.initial()
      for (const event of events) decider.evolve(state, event as StoredEvent)
      events.push(...decideStep(commandFor(step, listing, state), state, bareFacts(step.by)))
    },
  }
}
