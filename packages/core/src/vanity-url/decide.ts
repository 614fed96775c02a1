import * as z from 'zod'
import type { Aggregate } from '../aggregate.js'
import { type EventOf, readingOf } from '../event-definition.js'
import type { Version } from '../event-store.js'
import { id } from '../id.js'
import type { Listing } from '../listing/state.js'
import { refuse } from '../refusal.js'
import type { Facts, Row } from '../row.js'
import {
  evolveVanityUrl,
  heldSlugs,
  holderOf,
  type StoredVanityUrlEvent,
  type VanityUrl,
  vanityUrlEvents,
} from './vanity-url.js'

/** What the registry leans on: the listing that holds the slug, or has reserved it. */
export interface VanityUrlFacts extends Facts {
  readonly listing: Listing
  readonly listingVersion: Version
}

type VanityUrlEvent = EventOf<typeof vanityUrlEvents>

const theSystem = { system: true } as const
const slug = z.string().regex(/^[a-z0-9-]{3,60}$/, 'a slug is expected')
const { dataOf } = readingOf(vanityUrlEvents)

const reserveSlug = rowOf(
  'ReserveSlug',
  { slug, listingId: id, version: z.int().nonnegative() },
  {
    who: theSystem,
    when: 'nobody else holds the slug, or has reserved it',
    writes: ['SlugReserved'],
    already: ({ listingId, version }, { reserved }) =>
      reserved?.listingId === listingId && reserved.version === version,
    does: ({ slug, listingId, version }, registry) => {
      const holder = holderOf(registry)
      if (holder !== undefined && holder !== listingId)
        return refuse('slug-taken', `"${slug}" is taken by another listing.`)
      return [{ type: 'SlugReserved', data: { listingId, version } }]
    },
    commandOf: (events) => ({
      command: { type: 'ReserveSlug', slug: slugOf(events[0]!), ...dataOf(events, 'SlugReserved') },
      made: {},
    }),
  },
)

const settleSlug = rowOf(
  'SettleSlug',
  { slug },
  {
    who: theSystem,
    when: 'the listing tells: it holds the slug, or it does not and no claim can come any more',
    writes: ['SlugTaken', 'SlugFreed'],
    does: ({ slug }, registry, facts) => {
      const listingId = holderOf(registry)
      if (listingId === undefined) return []
      const isHeld = heldSlugs(facts.listing).has(slug)
      if (isHeld) return registry.reserved ? [{ type: 'SlugTaken', data: { listingId } }] : []
      return mayStillClaim(registry, facts) ? [] : [{ type: 'SlugFreed', data: { listingId } }]
    },
    commandOf: (events) => ({ command: { type: 'SettleSlug', slug: slugOf(events[0]!) }, made: {} }),
  },
)

/**
 * The registry of slugs as a decider of its own: one stream each, `vanity-<slug>`. It is asked where a store cannot write
 * the registry together with the listing. A slug is reserved, then claimed in the listing at the version that the reservation
 * names, then settled by what the listing says. Since the claim is written at that version or not at all, a reservation is
 * only given up once the listing has moved beyond it: of two who claim one slug, never do both win.
 */
export const vanityUrlAggregate: Aggregate<VanityUrl, VanityUrlFacts, VanityUrlEvent> = {
  noun: 'vanity-url',
  prefix: 'vanity-',
  idField: 'slug',
  events: vanityUrlEvents,
  standing: () => ({ registry: 'kept' }),
  decider: {
    initial: () => ({}),
    evolve: (registry, event) => evolveVanityUrl(registry, event as StoredVanityUrlEvent),
  },
  rows: { ReserveSlug: reserveSlug, SettleSlug: settleSlug },
  overdue: () => [],
}

/** The listing still stands where the reservation found it: whoever reserved may be about to write. */
function mayStillClaim({ reserved }: VanityUrl, { listingVersion }: VanityUrlFacts): boolean {
  return reserved !== undefined && !(typeof listingVersion === 'number' && listingVersion > reserved.version)
}

function slugOf({ stream }: { readonly stream: string }): string {
  return stream.slice('vanity-'.length)
}

type CommandOf<Type extends string, Fields extends z.ZodRawShape> = z.output<
  z.ZodObject<{ type: z.ZodLiteral<Type> } & Fields, z.core.$strict>
>

type RowOf<Type extends string, Fields extends z.ZodRawShape> = Row<
  VanityUrl,
  VanityUrlFacts,
  CommandOf<Type, Fields>,
  VanityUrlEvent
>

function rowOf<const Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  parts: Omit<RowOf<Type, Fields>, 'type' | 'command'>,
) {
  return { type, command: z.strictObject({ type: z.literal(type), ...fields }), ...parts }
}
