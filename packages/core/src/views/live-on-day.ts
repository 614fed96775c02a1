import type { StoredListingEvent } from '../listing/events.js'
import type { LiveVisibility } from '../listing/state.js'
import { foldedView } from './folded-view.js'
import { type ListingOrigin, noOrigin, originAfter } from './listing-origin.js'
import { type LiveStanding, liveAfter, neverLive } from './live-standing.js'
import { perListing, textIn } from './per-listing.js'

/** A stretch of time in which one revision was live in one way: from the first instant to before the second. */
export interface LiveSpan {
  readonly from: string
  /** `null` while it lasts. */
  readonly until: string | null
  readonly revision: number
  readonly visibility: LiveVisibility
  readonly path: string
  readonly name: string
  readonly headline: string
}

/** When which revision of a listing was live. */
export interface LiveHistory extends ListingOrigin {
  /** When something was live first. */
  readonly firstFrom: string
  /** Since when nothing is live; {@link stillLive} while something is. */
  readonly lastUntil: string
  readonly spans: readonly LiveSpan[]
}

interface Kept {
  readonly origin: ListingOrigin
  readonly live: LiveStanding
  readonly edition: { readonly name: string; readonly headline: string }
  readonly spans: readonly LiveSpan[]
}

/** Later than every instant: where a history that lasts stands in an index. */
export const stillLive = '9999-12-31T23:59:59.999Z'

/**
 * What was live at an instant, by listing: whatever was lies among those with `firstFrom` up to it, and among those with
 * `lastUntil` from it on; ask for the shorter of the two, and each document with {@link liveAt}.
 */
export const liveOnDay = foldedView({
  name: 'live-on-day',
  version: 1,
  audience: 'publisher',
  on: perListing(
    'Created',
    'Published',
    'Withdrawn',
    'Republished',
    'MadePrivate',
    'MadePublic',
    'Suspended',
    'Reinstated',
    'Deleted',
  ),
  first: { origin: noOrigin, live: neverLive, edition: { name: '', headline: '' }, spans: [] },
  next: (kept: Kept, event) => (event.type === 'Deleted' ? undefined : keptAfter(kept, event)),
  entry: ({ origin, spans }): LiveHistory | undefined => {
    const first = spans[0]
    const lastUntil = spans.at(-1)?.until ?? stillLive
    return first && { ...origin, firstFrom: first.from, lastUntil, spans }
  },
  indexes: [['firstFrom'], ['lastUntil'], ['publisherId', 'firstFrom'], ['publisherId', 'lastUntil']],
})

/** What of a listing was live at an instant (UTC, with milliseconds). */
export function liveAt({ spans }: Pick<LiveHistory, 'spans'>, instant: string): LiveSpan | undefined {
  return spans.find(({ from, until }) => from <= instant && (until === null || instant < until))
}

function keptAfter(kept: Kept, event: StoredListingEvent): Kept {
  const origin = originAfter(kept.origin, event)
  const live = liveAfter(kept.live, event)
  const edition = editionAfter(kept.edition, event)
  const at = event.metadata.occurredAt
  const closed = kept.spans.map((span) => (span.until === null ? { ...span, until: at } : span))
  if (live.status !== 'public' && live.status !== 'private') return { origin, live, edition, spans: closed }
  const { revision, visibility, path } = live
  const span = { from: at, until: null, revision, visibility, path, ...edition }
  return { origin, live, edition, spans: [...closed, span] }
}

function editionAfter(edition: Kept['edition'], event: StoredListingEvent): Kept['edition'] {
  if (event.type !== 'Published' && event.type !== 'Republished') return edition
  const { content } = event.data
  return { name: textIn(content, 'name'), headline: textIn(content, 'headline') }
}
