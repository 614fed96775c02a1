import * as z from 'zod'
import type { Aggregate } from '../aggregate.js'
import type { ListingFacts } from '../listing/commands/listing-row.js'
import { listingRow, theSystem } from '../listing/commands/listing-row.js'
import { listingAggregate } from '../listing/decide.js'
import type { ListingEvent } from '../listing/events.js'
import type { Listing } from '../listing/state.js'
import { heldSlugs } from './vanity-url.js'

const lapseClaim = listingRow(
  'LapseClaim',
  { slug: z.string() },
  {
    who: theSystem,
    when: 'the listing does not hold the slug',
    writes: ['ClaimLapsed'],
    already: ({ slug }, listing) => heldSlugs(listing).has(slug),
    does: ({ slug }) => [{ type: 'ClaimLapsed', data: { slug } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'LapseClaim', listingId, slug: (events[0]!.data as { slug: string }).slug },
      made: {},
    }),
  },
)

/**
 * What the registry asks of a listing before it gives up a reservation: to move on by one version. Then a claim that was
 * reserved, and is still on its way, can no longer be written.
 */
export const claimLapse: Aggregate<Listing, ListingFacts, ListingEvent> = {
  ...listingAggregate,
  rows: { LapseClaim: lapseClaim },
}
