import {
  evolveVanityUrl,
  leadAggregate,
  listingAggregate,
  publisherAggregate,
  type StoredVanityUrlEvent,
  vanityUrlEvents,
} from '@vitrine/core'
import type { StreamKind } from './host.js'

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
