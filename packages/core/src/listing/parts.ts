import { VitrineError } from '../errors.js'
import type { Approval, Edition, Listing, Live, Question, Shown, Submission } from './state.js'

// Each part is there whenever the statuses say so; a history in which it is not cannot have been decided by the rows.

/** The working revision. */
export function editionOf(listing: Listing): Edition {
  const { working } = listing
  if (working.status === 'none') throw impossible(listing, 'no working revision')
  return working
}

/** The submission of the working revision. */
export function submissionOf(listing: Listing): Submission {
  const { working } = listing
  if (!('submission' in working)) throw impossible(listing, 'no submission')
  return working.submission
}

/** The approval that waits for publication. */
export function approvalOf(listing: Listing): Approval {
  const { working } = listing
  if (working.status !== 'approved') throw impossible(listing, 'no approval')
  return working.approval
}

/** What is live, suspended or not. */
export function liveOf(listing: Listing): Exclude<Live, { status: 'none' }> {
  const { live } = listing
  if (live.status === 'none') throw impossible(listing, 'nothing live')
  return live
}

/** What is live and not suspended. */
export function shownOf(listing: Listing): Shown {
  const live = liveOf(listing)
  if (live.status === 'suspended') throw impossible(listing, 'a suspended revision')
  return live
}

/** What is suspended. */
export function suspendedOf(listing: Listing): Extract<Live, { status: 'suspended' }> {
  const live = liveOf(listing)
  if (live.status !== 'suspended') throw impossible(listing, 'no suspended revision')
  return live
}

/** A question of the submission. */
export function questionOf(listing: Listing, questionId: string): Question {
  const question = submissionOf(listing).questions[questionId]
  if (!question) throw impossible(listing, `no question ${questionId}`)
  return question
}

/** The fault of a history that the rows cannot have decided. */
export function impossible(listing: Listing, what: string): VitrineError {
  return new VitrineError(
    'impossible-history',
    `The history of listing ${listing.id} does not fit: it has ${what} here.`,
    {
      stream: `listing-${listing.id}`,
    },
  )
}
