import type { DueCommand } from '../aggregate.js'
import { idIn } from '../id.js'
import type { StoredListingEvent } from '../listing/events.js'
import { deadlineCommandId, forEachDocument, type Policy } from '../policy.js'
import { type RegisteredSlug, reservations } from '../views/reservations.js'

/** Whatever may change which slugs a listing holds. */
type Telling = Extract<
  StoredListingEvent,
  { type: 'VanityUrlClaimed' | 'VanityUrlReleased' | 'RevisionDiscarded' | 'Deleted' | 'ClaimLapsed' }
>

const settleEach = forEachDocument(reservations, {
  where: (event: Telling) => ({ listingId: idIn(event) }),
  react: (_event, { slug }) => [{ key: slug, command: { type: 'SettleSlug', slug } }],
})

/**
 * Brings the registry up to what a listing says, where a store cannot write both at once: what was claimed is confirmed,
 * what is no longer held is freed. Usually whoever wrote the listing has done so already.
 */
export const settleSlugs: Policy<StoredListingEvent> = {
  name: 'settle-slugs',
  on: {},
  forEach: {
    VanityUrlClaimed: settleEach,
    VanityUrlReleased: settleEach,
    RevisionDiscarded: settleEach,
    Deleted: settleEach,
    ClaimLapsed: settleEach,
  },
}

/**
 * A reservation whose claim has not come in time is given up: the listing moves on, so that it cannot come any more, and
 * the registry is settled by what the listing says then.
 */
export function giveUpReservation(
  { slug, listingId, dueBy, reservedAt }: RegisteredSlug,
  now: string,
): readonly DueCommand[] {
  if (dueBy === null || now <= dueBy) return []
  const [lapse, settle] = [`listing-${listingId}`, `vanity-${slug}`]
  return [
    {
      commandId: deadlineCommandId(lapse, 'LapseClaim', { slug, reservedAt }),
      command: { type: 'LapseClaim', listingId, slug },
    },
    {
      commandId: deadlineCommandId(settle, 'SettleSlug', { slug, reservedAt }),
      command: { type: 'SettleSlug', slug },
    },
  ]
}
