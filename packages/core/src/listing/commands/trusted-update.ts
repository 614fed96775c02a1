import { needsReview } from '../../content/always-reviewed.js'
import { kindOf } from '../../content/content.js'
import { sameJson } from '../../json.js'
import { notInGoodStanding } from '../../publisher/standing.js'
import { type Refused, refuse } from '../../refusal.js'
import { editionOf, shownOf, submissionOf } from '../parts.js'
import type { Listing } from '../state.js'
import { type ListingFacts, listingSuspended } from './listing-row.js'

/** Why a submission may not be approved without a review: it is no trusted update (T23). */
export function notTrusted(listing: Listing, { publisher, rules }: ListingFacts): Refused | undefined {
  return (
    reviewBegun(listing) ??
    notShown(listing) ??
    notInGoodStanding(publisher) ??
    withoutAutoApproval(publisher) ??
    rejectedBefore(listing) ??
    withdrawnBefore(listing) ??
    sensitiveChanges(listing, rules)
  )
}

/** A verdict or a request is part of a review as much as its start: what a reviewer has begun, a reviewer ends. */
function reviewBegun(listing: Listing): Refused | undefined {
  const { questions, verdicts, madeRequired } = submissionOf(listing)
  const open = Object.entries(questions).filter(([, { status }]) => status === 'open')
  if (open.length > 0)
    return refuse('question-open', 'A reviewer has asked something that is open.', {
      questions: open.map(([questionId]) => questionId),
    })
  const examined = madeRequired.length > 0 || Object.values(verdicts).some(({ carried }) => !carried)
  if (listing.working.status === 'submitted' && !examined) return undefined
  return refuse('review-started', 'A reviewer has begun to review it; only a reviewer decides on it now.')
}

function notShown(listing: Listing): Refused | undefined {
  if (listing.live.status !== 'none') return listingSuspended(listing)
  return refuse('not-live', 'Nothing is live that this could be an update of.')
}

function withoutAutoApproval({ rights }: ListingFacts['publisher']): Refused | undefined {
  if (rights.autoApproval) return undefined
  return refuse(
    'auto-approval-not-granted',
    'The marketplace has not granted this publisher the right to updates without a review.',
  )
}

/** What a person said no to, the system does not say yes to. */
function rejectedBefore(listing: Listing): Refused | undefined {
  if (listing.rejectedHash !== submissionOf(listing).contentHash) return undefined
  return refuse('rejected-before', 'A reviewer has rejected the very same content; only a reviewer approves it.')
}

/** What an operator took down goes live again by an operator, or after a review (T21). */
function withdrawnBefore(listing: Listing): Refused | undefined {
  const { content, slug } = editionOf(listing)
  const same = listing.operatorWithdrew.find((revision) => {
    const withdrawn = listing.archive[revision]!
    return withdrawn.slug === slug && sameJson(withdrawn.content, content)
  })
  if (same === undefined) return undefined
  const sentence = `An operator withdrew the very same content, revision ${same}; only a reviewer approves it.`
  return refuse('withdrawn-before', sentence, { revision: same })
}

/** The kind of a listing never changes, so that only fields and the slug can differ. */
function sensitiveChanges(listing: Listing, rules: ListingFacts['rules']): Refused | undefined {
  const kind = kindOf(rules, listing.kind)
  const { content, slug } = editionOf(listing)
  const live = listing.archive[shownOf(listing).revision]!
  const fields = [...new Set([...Object.keys(live.content), ...Object.keys(content)])].filter(
    (field) => !sameJson(live.content[field] ?? null, content[field] ?? null) && needsReview(kind, field),
  )
  if (slug !== live.slug) fields.push('slug')
  if (fields.length === 0) return undefined
  const sentence = `What differs from the live revision always needs a review: ${fields.join(', ')}.`
  return refuse('review-needed', sentence, { fields })
}
