import type { EventDefinitions } from './event-definition.js'
import type { StoredEvent } from './event-store.js'
import { leadEvents, type StoredLeadEvent } from './lead/events.js'
import { listingEvents, type StoredListingEvent } from './listing/events.js'
import { publisherEvents, type StoredPublisherEvent } from './publisher/events.js'
import { type StoredVanityUrlEvent, vanityUrlEvents } from './vanity-url/vanity-url.js'

/** Every event type that this code knows: type names are unique over all streams. */
export const knownEvents = {
  ...listingEvents,
  ...publisherEvents,
  ...leadEvents,
  ...vanityUrlEvents,
} satisfies EventDefinitions

/** Every event that this code knows, as the log holds it. */
export type KnownEvent = StoredListingEvent | StoredPublisherEvent | StoredLeadEvent | StoredVanityUrlEvent

/** The event of a name: typed when the name is a known one, else as the log holds any event. */
export type EventNamed<Type extends string> = Type extends KnownEvent['type']
  ? Extract<KnownEvent, { type: Type }>
  : StoredEventNamed<Type>

type StoredEventNamed<Type extends string> = StoredEvent & { readonly type: Type }
