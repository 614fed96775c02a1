import { privatePath } from '../links.js'
import type { StoredListingEvent } from '../listing/events.js'
import type { LiveStatus, Rejection, WorkingStatus } from '../listing/state.js'
import { type Naming, nameless, nameOf, namingAfter, namingTypes } from './edition-name.js'
import { foldedView } from './folded-view.js'
import { type ListingOrigin, noOrigin, originAfter } from './listing-origin.js'
import { type LiveStanding, liveAfter, liveTypes, neverLive } from './live-standing.js'
import { perListing } from './per-listing.js'
import { notWorking, type WorkingStanding, workingAfter, workingTypes } from './working-status.js'

export type ListingTab = 'started' | 'submitted' | 'published' | 'archived'

/** A listing as its publisher sees it among its own. */
export interface PublisherListing extends ListingOrigin {
  readonly name: string
  /** Where it stands: in one tab, or in two when something is live and an update is under way. */
  readonly tabs: readonly ListingTab[]
  readonly working: { readonly status: WorkingStatus; readonly revision: number | null }
  /** `link` is the path to what is live: the private one when it is private, none while it is suspended. */
  readonly live: { readonly status: LiveStatus; readonly revision: number | null; readonly link: string | null }
  /** Until when an approved revision may be published. */
  readonly publishBy: string | null
  /** Why the working revision was rejected; by time or by a reviewer, the status is the same (T16). */
  readonly rejection: Rejection | null
  readonly updatedAt: string
}

interface Kept {
  readonly origin: ListingOrigin
  readonly naming: Naming
  readonly working: WorkingStanding
  readonly live: LiveStanding
  readonly everSubmitted: boolean
  readonly publishBy: string | null
  readonly rejection: Rejection | null
  readonly updatedAt: string
}

const first: Kept = {
  origin: noOrigin,
  naming: nameless,
  working: notWorking,
  live: neverLive,
  everSubmitted: false,
  publishBy: null,
  rejection: null,
  updatedAt: '',
}

/** A publisher's listings by tab: started, submitted, published, archived. Drafts that were deleted are gone. */
export const publisherListings = foldedView({
  name: 'publisher-listings',
  version: 1,
  audience: 'publisher',
  on: perListing(...workingTypes, ...liveTypes, ...namingTypes, 'PublicationDeadlineExtended', 'Deleted'),
  first,
  next: (kept: Kept, event) => (event.type === 'Deleted' ? undefined : keptAfter(kept, event)),
  entry: entryOf,
  indexes: [
    ['updatedAt'],
    ['publisherId', 'updatedAt'],
    ['publisherId', 'name'],
    ['publisherId', 'tabs', 'updatedAt'],
    ['publisherId', 'tabs', 'name'],
  ],
})

function keptAfter(kept: Kept, event: StoredListingEvent): Kept {
  const working = workingAfter(kept.working, event)
  return {
    origin: originAfter(kept.origin, event),
    naming: namingAfter(kept.naming, event),
    working,
    live: liveAfter(kept.live, event),
    everSubmitted: kept.everSubmitted || event.type === 'Submitted',
    publishBy: working.status === 'approved' ? publishByAfter(kept.publishBy, event) : null,
    rejection: working.status === 'rejected' ? rejectionAfter(kept.rejection, event) : null,
    updatedAt: event.metadata.occurredAt,
  }
}

function publishByAfter(publishBy: string | null, event: StoredListingEvent): string | null {
  if (event.type === 'Approved') return event.data.publishBy
  return event.type === 'PublicationDeadlineExtended' ? event.data.until : publishBy
}

function rejectionAfter(rejection: Rejection | null, event: StoredListingEvent): Rejection | null {
  if (event.type === 'Rejected') return { by: 'reviewer', reasons: event.data.reasons }
  if (event.type !== 'AutoRejected') return rejection
  return { by: 'system', approvedAt: event.data.approvedAt, publishBy: event.data.publishBy }
}

function entryOf({ origin, naming, working, live, everSubmitted, ...rest }: Kept): PublisherListing {
  const { status } = working
  const isLive = live.status !== 'none'
  return {
    ...origin,
    name: nameOf(naming),
    tabs: tabsOf(status, isLive, everSubmitted),
    working: { status, revision: status === 'none' ? null : working.revision },
    live: { status: live.status, revision: isLive ? live.revision : null, link: linkTo(live) },
    ...rest,
  }
}

function tabsOf(working: WorkingStatus, isLive: boolean, everSubmitted: boolean): readonly ListingTab[] {
  const tabs: ListingTab[] = []
  if (working === 'draft') tabs.push('started')
  else if (working !== 'none') tabs.push('submitted')
  if (isLive) tabs.push('published')
  return tabs.length === 0 && everSubmitted ? ['archived'] : tabs
}

function linkTo({ status, path, token }: LiveStanding): string | null {
  if (status === 'private' && token !== null) return privatePath(token)
  return status === 'public' ? path : null
}
