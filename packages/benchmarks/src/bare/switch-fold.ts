import type { JsonObject, Listing, StoredListingEvent } from '@vitrine/core'
import { listingAggregate } from '@vitrine/core'

/**
 * The bare limit of folding: what somebody writes who wants nothing but speed. One loop and one switch, which change the
 * state in place, trust every event, and know only what generated lives hold. It must end in the same state as `fold`.
 */
export function switchFold(events: readonly StoredListingEvent[]): Listing {
  const listing = listingAggregate.decider.initial()
  for (const event of events) {
    const { working } = listing
    switch (event.type) {
      case 'Created': {
        const { publisherId, kind, name } = event.data
        listing.id = event.stream.slice('listing-'.length)
        listing.exists = true
        listing.publisherId = publisherId
        listing.kind = kind
        listing.working = { status: 'draft', revision: 1, content: { name } }
        listing.lastRevision = 1
        break
      }
      case 'Revised':
        if (working.status === 'none') break
        listing.working = {
          status: 'draft',
          revision: working.revision,
          content: changed(working.content, event.data.changes),
        }
        break
      case 'Submitted': {
        if (working.status === 'none') break
        const { submissionId, contentHash, comment, publishMode } = event.data
        const carries = listing.lastSubmission?.contentHash === contentHash ? listing.lastSubmission.carries : {}
        const verdicts: Record<string, { verdict: 'passed' | 'failed' | 'waived'; carried: boolean }> = {}
        for (const check in carries) verdicts[check] = { verdict: carries[check]!, carried: true }
        listing.working = {
          status: 'submitted',
          revision: working.revision,
          content: working.content,
          submission: {
            id: submissionId,
            contentHash,
            comment,
            publishMode,
            submittedAt: event.metadata.occurredAt,
            unchanged: event.data.unchanged === true,
            questions: {},
            suggestions: [],
            evidenceRequests: {},
            madeRequired: [],
            verdicts,
          },
        }
        listing.staffOnly = { notes: {}, askedBy: {} }
        break
      }
      case 'ReviewStarted':
        if (working.status !== 'submitted') break
        listing.working = {
          status: 'inReview',
          revision: working.revision,
          content: working.content,
          submission: working.submission,
          held: false,
        }
        listing.staffOnly.reviewer = event.data.reviewer
        break
      case 'QuestionAsked':
        if (!('submission' in working)) break
        working.submission.questions[event.data.questionId] = {
          text: event.data.text,
          blocking: event.data.blocking,
          status: 'open',
        }
        listing.questionsAsked.push(event.data.questionId)
        listing.staffOnly.askedBy[event.data.questionId] = event.metadata.actor.id
        break
      case 'QuestionAnswered': {
        if (!('submission' in working)) break
        const question = working.submission.questions[event.data.questionId]!
        question.status = 'answered'
        question.answer = event.data.text
        break
      }
      case 'CheckPassed':
        if (!('submission' in working)) break
        working.submission.verdicts[event.data.check] = { verdict: 'passed', carried: false }
        listing.staffOnly.notes[event.data.check] = event.data.note
        break
      case 'Approved': {
        if (!('submission' in working)) break
        const { approvedAt, publishBy, publishMode, basis } = event.data
        working.submission.publishMode = publishMode
        listing.working = {
          status: 'approved',
          revision: working.revision,
          content: working.content,
          submission: working.submission,
          approval: { basis, approvedAt, publishBy, runsSince: approvedAt },
        }
        break
      }
      case 'Rejected':
        if (!('submission' in working)) break
        endSubmission(listing, working.submission)
        listing.working = {
          status: 'rejected',
          revision: working.revision,
          content: working.content,
          submission: working.submission,
          rejection: { by: 'reviewer', reasons: event.data.reasons.map((reason) => ({ ...reason })) },
        }
        listing.rejectedHash = working.submission.contentHash
        break
      case 'Published': {
        if (!('submission' in working)) break
        endSubmission(listing, working.submission)
        listing.archive[event.data.revision] = { content: working.content }
        listing.working = { status: 'none' }
        listing.live = {
          status: 'public',
          revision: event.data.revision,
          path: event.data.path,
          since: event.metadata.occurredAt,
        }
        listing.lastVisibility = 'public'
        listing.downByOperator = false
        break
      }
      case 'RevisionStarted': {
        const { revision, from } = event.data
        listing.working = { status: 'draft', revision, content: listing.archive[from]!.content }
        listing.lastRevision = revision
        break
      }
      case 'Withdrawn':
        if (listing.live.status === 'none') break
        listing.live = { status: 'none', withdrawn: { ...event.data, revision: listing.live.revision } }
        break
      case 'MadePrivate':
        if (listing.live.status !== 'public') break
        listing.live = {
          status: 'private',
          revision: listing.live.revision,
          path: listing.live.path,
          since: event.metadata.occurredAt,
          token: event.data.token,
        }
        listing.lastVisibility = 'private'
        break
      case 'MadePublic':
        if (listing.live.status !== 'private') break
        listing.live = {
          status: 'public',
          revision: listing.live.revision,
          path: listing.live.path,
          since: event.metadata.occurredAt,
        }
        listing.lastVisibility = 'public'
        break
      case 'Suspended':
        if (listing.live.status === 'none' || listing.live.status === 'suspended') break
        listing.live = {
          status: 'suspended',
          revision: listing.live.revision,
          reason: event.data.reason,
          was: listing.live,
        }
        break
      case 'Reinstated':
        if (listing.live.status === 'suspended') listing.live = listing.live.was
        break
      case 'Superseded':
        break
      default:
        throw new Error(`The switch does not know ${event.type}.`)
    }
  }
  return listing
}

/** A draft's content is its own, but that of a started revision is shared with the archive: so a copy, as in the fold. */
function changed(content: JsonObject, changes: JsonObject): JsonObject {
  const next: Record<string, JsonObject[string]> = { ...content }
  for (const field in changes) {
    if (changes[field] === null) delete next[field]
    else next[field] = changes[field]!
  }
  return next
}

function endSubmission(
  listing: Listing,
  {
    id,
    contentHash,
    verdicts,
  }: { id: string; contentHash: string; verdicts: { [check: string]: { verdict: 'passed' | 'failed' | 'waived' } } },
): void {
  const carries: { [check: string]: 'passed' | 'failed' | 'waived' } = {}
  for (const check in verdicts) {
    const { verdict } = verdicts[check]!
    if (verdict !== 'failed') carries[check] = verdict
  }
  listing.lastSubmission = { id, contentHash, decidedHash: contentHash, carries }
}
