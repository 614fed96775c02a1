import { textOf } from '../content/read.js'
import type { Edition, Listing } from '../listing/state.js'
import type { Publisher } from '../publisher/state.js'
import type { Rules } from '../rules.js'
import type { AboutListing } from './facts.js'
import type { Addressees } from './message-row.js'
import { absoluteLink } from './pages.js'

/** What every row that tells of a listing makes its facts from. */
interface Told {
  readonly after: Listing
  readonly publisher: Publisher
  readonly rules: Rules
}

/** The publisher of the listing in whose stream an event stands. */
export function toPublisher(_event: unknown, { before }: { readonly before: Listing }): Addressees {
  return { are: 'publisher', publisherId: before.publisherId }
}

/** The listing as its publisher knows it. */
export function forPublisher({ after, publisher, rules }: Told): AboutListing {
  const { id: listingId, publisherId } = after
  return aboutListing(after, publisher, absoluteLink(rules, rules.pages.listing({ publisherId, listingId })))
}

/** The same, with the page on which it is reviewed. */
export function forReviewers({ after, publisher, rules }: Told): AboutListing {
  return aboutListing(after, publisher, absoluteLink(rules, rules.pages.review({ listingId: after.id })))
}

/** A listing by its names, and where its reader goes on. */
export function aboutListing(listing: Listing, publisher: Publisher, page: string): AboutListing {
  return { listingId: listing.id, listingName: nameOf(listing), publisherName: publisher.profile.name, page }
}

/** What a listing is called: as its working revision says, else as the one that is live, or was last of all. */
export function nameOf(listing: Listing): string {
  return textOf((workingEdition(listing) ?? publishedEdition(listing))?.content.name)
}

/** What it is called where customers see it, or saw it last. */
export function publicNameOf(listing: Listing): string {
  return textOf(publishedEdition(listing)?.content.name)
}

function workingEdition({ working }: Listing): Edition | undefined {
  return working.status === 'none' ? undefined : working
}

function publishedEdition({ live, archive }: Listing) {
  const wasLive = live.status === 'none' ? live.withdrawn?.revision : live.revision
  return archive[wasLive ?? Math.max(...Object.keys(archive).map(Number))]
}
