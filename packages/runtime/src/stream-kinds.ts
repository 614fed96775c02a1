import { leadAggregate, listingAggregate, publisherAggregate, vanityUrlAggregate } from '@vitrine/core'
import type { StreamKind } from './host.js'

/** Every kind of stream that a marketplace writes. All others are foreign: they are passed over. */
export const streamKinds: readonly StreamKind[] = [
  listingAggregate,
  publisherAggregate,
  leadAggregate,
  vanityUrlAggregate,
]
