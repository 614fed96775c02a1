import type { StoredListingEvent } from '../listing/events.js'
import { type Naming, nameless, nameOf, namingAfter, namingTypes } from './edition-name.js'
import { foldedView } from './folded-view.js'
import { type ListingOrigin, noOrigin, originAfter } from './listing-origin.js'
import { perListing } from './per-listing.js'

/** A submission that waits for a decision. Its place in line is its place in the order of `submittedAt`. */
export interface QueuedReview extends ListingOrigin {
  readonly name: string
  readonly submissionId: string
  readonly revision: number
  readonly submittedAt: string
  readonly status: 'submitted' | 'inReview'
  /** Who reviews it, by id and by name; `null` until somebody does. */
  readonly reviewer: string | null
  readonly reviewerName: string | null
  readonly held: boolean
  readonly openQuestions: number
}

type Waiting = Omit<QueuedReview, keyof ListingOrigin | 'name' | 'openQuestions'> & { readonly open: readonly string[] }

interface Kept {
  readonly origin: ListingOrigin
  readonly naming: Naming
  readonly waiting: Waiting | null
}

/** What is submitted or in review, oldest first; for staff. */
export const reviewQueue = foldedView({
  name: 'review-queue',
  version: 1,
  audience: 'operator',
  on: perListing(
    ...namingTypes,
    'Submitted',
    'SubmissionRecalled',
    'ReviewStarted',
    'QuestionAsked',
    'QuestionAnswered',
    'QuestionClosed',
    'ReviewHeld',
    'ReviewResumed',
    'Approved',
    'Rejected',
    'Deleted',
  ),
  first: { origin: noOrigin, naming: nameless, waiting: null },
  next: (kept: Kept, event) =>
    event.type === 'Deleted'
      ? undefined
      : {
          origin: originAfter(kept.origin, event),
          naming: namingAfter(kept.naming, event),
          waiting: event.type === 'Submitted' ? submitted(event) : kept.waiting && waitingAfter(kept.waiting, event),
        },
  entry: ({ origin, naming, waiting }): QueuedReview | undefined => {
    if (!waiting) return undefined
    const { open, ...rest } = waiting
    return { ...origin, name: nameOf(naming), ...rest, openQuestions: open.length }
  },
  indexes: [
    ['submittedAt'],
    ['kind', 'submittedAt'],
    ['status', 'submittedAt'],
    ['reviewer', 'submittedAt'],
    ['held', 'submittedAt'],
  ],
})

function submitted({ data, metadata }: Extract<StoredListingEvent, { type: 'Submitted' }>): Waiting {
  const { submissionId, revision } = data
  const nobody = { reviewer: null, reviewerName: null, held: false, open: [] }
  return { submissionId, revision, submittedAt: metadata.occurredAt, status: 'submitted', ...nobody }
}

function waitingAfter(waiting: Waiting, event: StoredListingEvent): Waiting | null {
  switch (event.type) {
    case 'ReviewStarted': {
      const { name } = event.metadata.actor
      return { ...waiting, status: 'inReview', reviewer: event.data.reviewer, reviewerName: name }
    }
    case 'QuestionAsked':
      return { ...waiting, open: [...waiting.open, event.data.questionId] }
    case 'QuestionAnswered':
    case 'QuestionClosed':
      return { ...waiting, open: waiting.open.filter((one) => one !== event.data.questionId) }
    case 'ReviewHeld':
    case 'ReviewResumed':
      return { ...waiting, held: event.type === 'ReviewHeld' }
    case 'SubmissionRecalled':
    case 'Approved':
    case 'Rejected':
      return null
    default:
      return waiting
  }
}
