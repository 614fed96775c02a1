import { difference } from '../content/difference.js'
import { editionOf, questionOf } from '../listing/parts.js'
import type { Listing } from '../listing/state.js'
import { forPublisher, forReviewers, toPublisher } from './about-listing.js'
import type { Addressees } from './message-row.js'
import { messageRow } from './table-row.js'

/** What reviewers and publishers tell each other, from the handing-in to the decision. */
export const aboutReviews = [
  messageRow({
    on: 'Submitted',
    kind: 'listing-submitted',
    to: () => ({ are: 'reviewers' }),
    // An update that is approved on trust waits for nobody (P5); nor does what was recalled meanwhile.
    settled: ({ data: { submissionId } }, { listing }) => !waitsForReview(listing!, submissionId),
    facts: ({ data: { comment, revision, unchanged = false } }, context) => {
      const differs = differingFields(context.after)
      return { ...forReviewers(context), comment, revision, unchanged, ...(differs && { differs }) }
    },
  }),
  messageRow({
    on: 'QuestionAsked',
    kind: 'question-asked',
    to: toPublisher,
    facts: ({ data: { text, blocking } }, context) => ({ ...forPublisher(context), text, blocking }),
  }),
  messageRow({
    on: 'ChangesSuggested',
    kind: 'changes-suggested',
    to: toPublisher,
    facts: ({ data: { field, text } }, context) => ({ ...forPublisher(context), field, text }),
  }),
  messageRow({
    on: 'EvidenceRequested',
    kind: 'evidence-requested',
    to: toPublisher,
    facts: ({ data: { check, text } }, context) => ({ ...forPublisher(context), check, text }),
  }),
  messageRow({
    on: 'QuestionAnswered',
    kind: 'question-answered',
    to: ({ data }, { before }) => whoAsked(before, data.questionId),
    facts: ({ data }, context) => {
      const { text: question } = questionOf(context.before, data.questionId)
      return { ...forReviewers(context), question, answer: data.text }
    },
  }),
  messageRow({
    on: 'EvidenceProvided',
    kind: 'evidence-provided',
    to: ({ data }, { before }) => whoAsked(before, data.check),
    facts: ({ data: { check, references, links, text } }, context) => {
      const named = references.map(({ customer, engagement }) => ({ customer, engagement }))
      return { ...forReviewers(context), check, references: named, links, text }
    },
  }),
  messageRow({
    on: 'Rejected',
    kind: 'rejected',
    to: toPublisher,
    facts: ({ data: { reasons } }, context) => ({ ...forPublisher(context), reasons }),
  }),
]

/** Whether reviewers still have something to do about a submission. */
function waitsForReview({ working }: Listing, submissionId: string): boolean {
  return (working.status === 'submitted' || working.status === 'inReview') && working.submission.id === submissionId
}

/** Of several who asked for evidence on one check, whoever asked last: that request is the open one. */
function whoAsked({ staffOnly }: Listing, questionOrCheck: string): Addressees {
  const actorId = staffOnly.askedBy[questionOrCheck]!
  return { are: 'recipients', recipients: [{ is: 'staff', actorId }] }
}

/** The fields in which the working revision differs from the live one; `undefined` when nothing is live. */
function differingFields(listing: Listing): readonly string[] | undefined {
  const { live, archive } = listing
  if (live.status === 'none') return undefined
  const [was, is] = [archive[live.revision]!, editionOf(listing)]
  const fields = difference(was.content, is.content).map(({ field }) => field)
  return was.slug === is.slug ? fields : [...fields, 'slug']
}
