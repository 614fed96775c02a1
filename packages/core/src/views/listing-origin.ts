import type { StoredListingEvent } from '../listing/events.js'
import { listingOf } from './per-listing.js'

/** What is known of a listing from its first event on. */
export interface ListingOrigin {
  readonly listingId: string
  readonly publisherId: string
  readonly kind: string
}

/** Before the first event. */
export const noOrigin: ListingOrigin = { listingId: '', publisherId: '', kind: '' }

/** The origin after an event: Created tells it, the others change nothing. */
export function originAfter(origin: ListingOrigin, event: StoredListingEvent): ListingOrigin {
  if (event.type !== 'Created') return origin
  return { listingId: listingOf(event), publisherId: event.data.publisherId, kind: event.data.kind }
}
