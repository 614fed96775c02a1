import * as z from 'zod'
import { type EventOf, event, newerThanThisCode, type StoredOf } from '../event-definition.js'
import type { Listing } from '../listing/state.js'

// These are stored for ever. A change of shape is a new version with an upcaster, never an edit.

/** Every event of the registry that alone says who holds a slug: one stream each slug. */
export const vanityUrlEvents = {
  /** Only where a store cannot write a listing and the registry at once: the claim comes next, at this version of the listing. */
  SlugReserved: event('operator', z.strictObject({ listingId: z.string(), version: z.int() })),
  SlugTaken: event('operator', z.strictObject({ listingId: z.string() })),
  SlugFreed: event('operator', z.strictObject({ listingId: z.string() })),
} as const

export type VanityUrlEvent = EventOf<typeof vanityUrlEvents>

export type StoredVanityUrlEvent = StoredOf<VanityUrlEvent>

/** Who holds a slug, and who has reserved it. */
export interface VanityUrl {
  listingId?: string
  reserved?: Reservation
}

/** A claim that is about to be written to the listing, at the version that comes after this one; or never. */
export interface Reservation {
  listingId: string
  version: number
}

/** One event later. A recipe: it changes the state that it is given. */
export function evolveVanityUrl(slug: VanityUrl, event: StoredVanityUrlEvent): void {
  switch (event.type) {
    case 'SlugReserved':
      slug.reserved = { ...event.data }
      return
    case 'SlugTaken':
      slug.listingId = event.data.listingId
      delete slug.reserved
      return
    case 'SlugFreed':
      delete slug.listingId
      delete slug.reserved
      return
    default:
      throw newerThanThisCode(event)
  }
}

/** What the registry must hear, in the same append, of a step from one state of a listing to a later one (T17). */
export function registryChanges(before: Listing, after: Listing): readonly { slug: string; event: VanityUrlEvent }[] {
  if (slugNow(before) === slugNow(after) && before.slugsEverLive.length === after.slugsEverLive.length) return []
  const held = heldSlugs(before)
  const holds = heldSlugs(after)
  const data = { listingId: after.id }
  return [
    ...[...held]
      .filter((slug) => !holds.has(slug))
      .map((slug) => ({ slug, event: { type: 'SlugFreed' as const, data } })),
    ...[...holds]
      .filter((slug) => !held.has(slug))
      .map((slug) => ({ slug, event: { type: 'SlugTaken' as const, data } })),
  ]
}

/** The listing that holds a slug, or is about to. */
export function holderOf({ listingId, reserved }: VanityUrl): string | undefined {
  return reserved?.listingId ?? listingId
}

/** The slugs of a listing: those that were ever live, and the one that its working revision names. */
export function heldSlugs(listing: Listing): ReadonlySet<string> {
  const slug = slugNow(listing)
  return new Set(slug === undefined ? listing.slugsEverLive : [...listing.slugsEverLive, slug])
}

function slugNow({ working }: Listing): string | undefined {
  return 'slug' in working ? working.slug : undefined
}
