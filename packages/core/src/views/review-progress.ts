import { fold } from '../decider.js'
import type { JsonObject } from '../json.js'
import { listingEvents, type StoredListingEvent } from '../listing/events.js'
import { evidenceReaders } from '../listing/evidence-readers.js'
import { evolveListing } from '../listing/evolve.js'
import { ownCopyOfListing } from '../listing/own-copy.js'
import {
  type Approval,
  type CheckVerdict,
  type Evidence,
  type Listing,
  noListing,
  type PublishMode,
  type Question,
  type Rejection,
  type StaffOnly,
  type Submission,
  type Suggestion,
  type Working,
} from '../listing/state.js'
import { viewerKind } from '../viewer.js'
import { foldedView } from './folded-view.js'
import type { ListingOrigin } from './listing-origin.js'
import { perListing, textIn } from './per-listing.js'

/** How far the newest submission of a listing is, and after the decision what came of it. */
export interface ReviewProgress extends ListingOrigin {
  readonly name: string
  readonly submissionId: string
  readonly revision: number
  readonly comment: string
  readonly publishMode: PublishMode
  readonly submittedAt: string
  readonly unchanged: boolean
  /** `void`: it was approved, and then revised (T12). */
  readonly status: 'submitted' | 'inReview' | 'recalled' | 'approved' | 'void' | 'rejected' | 'published'
  readonly held: boolean
  /** Who has to do something next: the publisher while a question or a request for evidence is open. */
  readonly waitsFor: 'publisher' | 'marketplace' | 'nobody'
  /** Those with a verdict, and those that a request made required. `carried`: from the submission before (T15). */
  readonly checks: readonly {
    readonly check: string
    readonly verdict: CheckVerdict | null
    readonly carried: boolean
  }[]
  readonly questions: readonly (Question & { readonly questionId: string })[]
  readonly suggestions: readonly Suggestion[]
  readonly evidenceRequests: readonly { readonly check: string; readonly text: string }[]
  /** All that was ever provided: it stays with the listing (T15). */
  readonly evidence: readonly Evidence[]
  /** What it was approved on: a review, or the trust in a publisher whose update nobody reviewed (T23). */
  readonly basis: Approval['basis'] | null
  /** While an approval waits for its publication. */
  readonly publishBy: string | null
  readonly rejection: Rejection | null
  readonly updatedAt: string
  /** Notes, reasons and names that nobody but staff sees (T30). */
  readonly staffOnly?: StaffOnly
}

type Ended = 'recalled' | 'void' | 'published'

interface Reviewed {
  readonly name: string
  readonly working: Extract<Working, { submission: Submission }>
  /** What ended it without leaving a status of the working revision. */
  readonly ended: Ended | null
  readonly staffOnly: StaffOnly
  readonly updatedAt: string
}

interface Kept {
  /** Of its content, the name alone. */
  readonly listing: Listing
  readonly review: Reviewed | null
}

const types = Object.keys(listingEvents) as readonly (keyof typeof listingEvents)[]
const slimListing = { initial: noListing, evolve: evolveListing }

/** The review of each listing's newest submission: what is asked, what was found, and who waits for whom. */
export const reviewProgress = foldedView({
  name: 'review-progress',
  version: 2,
  audience: 'publisher',
  personal: evidenceReaders,
  on: perListing(...types),
  first: { listing: slimListing.initial(), review: null },
  next: (kept: Kept, event) => {
    if (event.type === 'Deleted') return undefined
    const listing = fold(slimListing, [slim(event)], ownCopyOfListing(kept.listing, [event]))
    return { listing, review: reviewAfter(kept.review, listing, event) }
  },
  entry: ({ listing, review }) => (review ? entryOf(listing, review) : undefined),
  indexes: [
    ['submittedAt'],
    ['publisherId', 'submittedAt'],
    ['publisherId', 'waitsFor', 'submittedAt'],
    ['waitsFor', 'submittedAt'],
  ],
  cut: (entry, viewer) => {
    if (viewerKind(viewer) === 'staff') return entry
    const { staffOnly: _, ...seen } = entry
    return seen
  },
})

function reviewAfter(
  before: Reviewed | null,
  { working, staffOnly }: Listing,
  event: StoredListingEvent,
): Reviewed | null {
  const updatedAt = event.metadata.occurredAt
  if ('submission' in working) {
    return { name: textIn(working.content, 'name'), working, ended: null, staffOnly, updatedAt }
  }
  const ended = before?.working.status === 'approved' ? endOfApproval[event.type] : endOfReview[event.type]
  return before && !before.ended && ended ? { ...before, ended, updatedAt } : before
}

type Endings = { readonly [Type in StoredListingEvent['type']]?: Ended }

const endOfReview: Endings = { SubmissionRecalled: 'recalled' }
const endOfApproval: Endings = {
  Published: 'published',
  Revised: 'void',
  VanityUrlClaimed: 'void',
  VanityUrlReleased: 'void',
}

function entryOf(listing: Listing, { name, working, ended, staffOnly, updatedAt }: Reviewed): ReviewProgress {
  const { id: submissionId, comment, publishMode, submittedAt, unchanged } = working.submission
  const status = ended ?? working.status
  const running = status === 'submitted' || status === 'inReview'
  return {
    listingId: listing.id,
    publisherId: listing.publisherId,
    kind: listing.kind,
    name,
    submissionId,
    revision: working.revision,
    comment,
    publishMode,
    submittedAt,
    unchanged,
    status,
    held: running && 'held' in working && working.held,
    ...requestsOf(working.submission, running),
    evidence: listing.evidence,
    basis: working.status === 'approved' ? working.approval.basis : null,
    publishBy: !ended && working.status === 'approved' ? working.approval.publishBy : null,
    rejection: working.status === 'rejected' ? working.rejection : null,
    updatedAt,
    staffOnly,
  }
}

/** Whatever is still open when the submission ends is closed with it (T13). */
function requestsOf({ questions, suggestions, evidenceRequests, ...submission }: Submission, running: boolean) {
  const asked = Object.entries(questions).map(([questionId, question]) => ({
    questionId,
    ...question,
    status: question.status === 'open' && !running ? 'closed' : question.status,
  }))
  const wanted = running ? Object.entries(evidenceRequests).map(([check, text]) => ({ check, text })) : []
  const waiting = wanted.length > 0 || asked.some(({ status }) => status === 'open') ? 'publisher' : 'marketplace'
  const waitsFor = running ? waiting : 'nobody'
  return { waitsFor, checks: checksOf(submission), questions: asked, suggestions, evidenceRequests: wanted } as const
}

function checksOf({ verdicts, madeRequired }: Pick<Submission, 'verdicts' | 'madeRequired'>): ReviewProgress['checks'] {
  return [...new Set([...Object.keys(verdicts), ...madeRequired])].map((check) => {
    const { verdict = null, carried = false } = verdicts[check] ?? {}
    return { check, verdict, carried }
  })
}

/** What a revision changes, without content but its name: a review shows none, and content is large. */
function slim(event: StoredListingEvent): StoredListingEvent {
  return event.type === 'Revised' ? { ...event, data: { changes: nameIn(event.data.changes) } } : event
}

function nameIn({ name }: JsonObject): JsonObject {
  return name === undefined ? {} : { name }
}
