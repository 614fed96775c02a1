import { hardFindings, kindOf, missingFields } from '../../content/content.js'
import { notInGoodStanding } from '../../publisher/standing.js'
import { isRefused, type Refused, refuse } from '../../refusal.js'
import { contentHash } from '../content-hash.js'
import type { ListingEvent } from '../events.js'
import { editionOf, submissionOf } from '../parts.js'
import type { Listing } from '../state.js'
import {
  dataOf,
  findData,
  type ListingFacts,
  listers,
  listingRow,
  publishMode,
  remark,
  submissionInFlight,
  underReview,
} from './listing-row.js'
import { publication } from './publication.js'
import { phrases } from './writing.js'

export const submit = listingRow(
  'Submit',
  { publishMode, comment: remark.default('') },
  {
    who: listers,
    from: { working: ['draft', 'rejected'] },
    when: 'content complete; every hard guideline holds; publisher in good standing; auto only with the right to it; unchanged after a decision only with a comment (T15)',
    writes: ['Submitted'],
    already: ({ publishMode, comment }, { working }) =>
      working.status === 'submitted' &&
      working.submission.publishMode === publishMode &&
      working.submission.comment === comment,
    may: (listing, { publisher, rules }) =>
      notInGoodStanding(publisher) ?? incomplete(listing, rules) ?? breaksGuidelines(listing, rules),
    does: ({ publishMode, comment }, listing, facts) => {
      const edition = editionOf(listing)
      const hash = contentHash(listing.kind, edition, facts.sha256)
      const unchanged = listing.lastSubmission?.decidedHash === hash
      if (unchanged && comment === '') return commentNeeded
      const denied = publishMode === 'auto' ? withoutAutoPublish(facts) : undefined
      if (denied) return denied
      const data = { submissionId: facts.made.id, revision: edition.revision, contentHash: hash, comment, publishMode }
      return [{ type: 'Submitted', data: unchanged ? { ...data, unchanged } : data }]
    },
    commandOf: (events, { id: listingId }) => {
      const { publishMode, comment, submissionId } = dataOf(events, 'Submitted')
      return { command: { type: 'Submit', listingId, publishMode, comment }, made: { id: submissionId } }
    },
  },
)

export const recallSubmission = listingRow(
  'RecallSubmission',
  {},
  {
    who: listers,
    from: underReview,
    writes: ['SubmissionRecalled'],
    does: (_command, listing) => [{ type: 'SubmissionRecalled', data: { submissionId: submissionOf(listing).id } }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'RecallSubmission', listingId }, made: {} }),
  },
)

export const changePublishMode = listingRow(
  'ChangePublishMode',
  { mode: publishMode },
  {
    who: listers,
    from: { working: ['submitted', 'inReview', 'approved'] },
    when: 'auto only with the right to it; auto on an approved revision also publishes, under the conditions of Publish, in the same append',
    writes: ['PublishModeChanged', 'Published', 'Superseded'],
    already: ({ mode }, { working }) => submissionInFlight(working)?.publishMode === mode,
    does: ({ mode }, listing, facts) => {
      const changed: ListingEvent = { type: 'PublishModeChanged', data: { mode } }
      if (mode === 'manual') return [changed]
      const published =
        withoutAutoPublish(facts) ?? (listing.working.status === 'approved' ? publication(listing, facts) : [])
      return isRefused(published) ? published : [changed, ...published]
    },
    commandOf: (events, { id: listingId }) => {
      const published = findData(events, 'Published')
      return {
        command: { type: 'ChangePublishMode', listingId, mode: dataOf(events, 'PublishModeChanged').mode },
        made: published?.visibility === 'private' ? { token: published.token } : {},
      }
    },
  },
)

const commentNeeded = refuse(
  'comment-needed',
  'Nothing has changed since the last decision. Say in the comment why it should be looked at again.',
)

function withoutAutoPublish({ publisher }: ListingFacts): Refused | undefined {
  if (publisher.rights.autoPublish) return undefined
  return refuse(
    'auto-publish-not-granted',
    'The marketplace has not granted this publisher the right to publish automatically.',
  )
}

function incomplete(listing: Listing, rules: ListingFacts['rules']): Refused | undefined {
  const missing = missingFields(kindOf(rules, listing.kind), editionOf(listing).content)
  if (missing.length === 0) return undefined
  const things = missing.length === 1 ? '1 more thing' : `${missing.length} more things`
  return refuse('incomplete', `Submit needs ${things}: ${phrases(missing)}.`, { missing })
}

function breaksGuidelines(listing: Listing, rules: ListingFacts['rules']): Refused | undefined {
  const findings = hardFindings(rules, listing.kind, editionOf(listing).content)
  if (findings.length === 0) return undefined
  const list = findings.map(({ field, message }) => `${field}: ${message}`).join(' ')
  return refuse(
    'guidelines',
    `${findings.length === 1 ? '1 guideline is' : `${findings.length} guidelines are`} not met. ${list}`,
    {
      findings,
    },
  )
}
