import {
  evolveVanityUrl,
  type Listing,
  leadAggregate,
  listingAggregate,
  publisherAggregate,
  type Rules,
  type StoredVanityUrlEvent,
  vanityUrlEvents,
} from '@vitrine/core'
import type { StreamKind } from './host.js'
import { holdsOldContent, liftContentOf, liftEvent } from './lift-event.js'
import type { Lift } from './streams.js'

/** Every kind of stream that a marketplace writes. All others are foreign: they are passed over. */
export const streamKinds: readonly StreamKind[] = [
  listingAggregate,
  publisherAggregate,
  leadAggregate,
  {
    prefix: 'vanity-',
    events: vanityUrlEvents,
    decider: {
      initial: () => ({}),
      evolve: (slug, event) => evolveVanityUrl(slug, event as StoredVanityUrlEvent),
    },
  },
]

/** Lifts events, and the content in them, to the shapes of today. */
export function liftBy({ contentVersion, upcastContent }: Rules): Lift {
  return (kind, event, state) => {
    const lifted = liftEvent(kind.events, event)
    if (!holdsOldContent(lifted, contentVersion)) return lifted
    return liftContentOf(lifted, (state as Listing).kind, upcastContent)
  }
}
