import { CommandHandler, getInMemoryEventStore } from '@event-driven-io/emmett'
import { type Listing, listingAggregate, type StoredEvent } from '@vitrine/core'
import { type BareEvent, bareFacts, decideStep } from '../bare/decide-step.js'
import type { Desk } from '../harness/desk.js'
import { commandFor } from '../ours/marketplace-desk.js'

/** Emmett's command handler on its own in-memory store, with the same decider; it folds in place, which helps it. */
export function emmettDesk(): Desk {
  const store = getInMemoryEventStore()
  const { decider } = listingAggregate
  const handle = CommandHandler<Listing, BareEvent>({
    initialState: decider.initial,
    evolve: (state, event) => {
      decider.evolve(state, event as StoredEvent)
      return state
    },
  })
  return {
    async take(step, listing) {
      await handle(store, `listing-${listing}`, (state) => [
        ...decideStep(commandFor(step, listing, state), state, bareFacts(step.by)),
      ])
    },
  }
}
