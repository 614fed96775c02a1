import * as z from 'zod'
import { kindOf } from '../../content/content.js'
import { id } from '../../id.js'
import { personal } from '../../personal.js'
import { type Refused, refuse } from '../../refusal.js'
import { submissionOf } from '../parts.js'
import type { Evidence, Listing, Question } from '../state.js'
import {
  dataOf,
  type ListingFacts,
  listers,
  listingRow,
  openSubmission,
  operators,
  remark,
  reviewers,
  text,
  underReview,
} from './listing-row.js'

export const startReview = listingRow(
  'StartReview',
  {},
  {
    who: reviewers,
    from: { working: ['submitted'] },
    writes: ['ReviewStarted'],
    already: (_command, { working, staffOnly }, { asker }) =>
      working.status === 'inReview' && staffOnly.reviewer === asker.id,
    does: (_command, _listing, { asker }) => [{ type: 'ReviewStarted', data: { reviewer: asker.id } }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'StartReview', listingId }, made: {} }),
  },
)

export const askQuestion = listingRow(
  'AskQuestion',
  { text, blocking: z.boolean().default(false) },
  {
    who: reviewers,
    from: underReview,
    writes: ['QuestionAsked'],
    does: ({ text, blocking }, _listing, { made }) => [
      { type: 'QuestionAsked', data: { questionId: made.id, text, blocking } },
    ],
    commandOf: (events, { id: listingId }) => {
      const { questionId, text, blocking } = dataOf(events, 'QuestionAsked')
      return { command: { type: 'AskQuestion', listingId, text, blocking }, made: { id: questionId } }
    },
  },
)

export const answerQuestion = listingRow(
  'AnswerQuestion',
  { questionId: id, text },
  {
    who: listers,
    when: 'that question is open (T13)',
    writes: ['QuestionAnswered'],
    already: ({ questionId, text }, listing) => {
      const question = questionIn(listing, questionId)
      return question?.status === 'answered' && question.answer === text
    },
    may: noneOpen,
    does: ({ questionId, text }, listing) =>
      notOpen(listing, questionId) ?? [{ type: 'QuestionAnswered', data: { questionId, text } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'AnswerQuestion', listingId, ...dataOf(events, 'QuestionAnswered') },
      made: {},
    }),
  },
)

export const closeQuestion = listingRow(
  'CloseQuestion',
  { questionId: id },
  {
    who: reviewers,
    when: 'that question is open (T13)',
    writes: ['QuestionClosed'],
    already: ({ questionId }, listing) => questionIn(listing, questionId)?.status === 'closed',
    may: noneOpen,
    does: ({ questionId }, listing) =>
      notOpen(listing, questionId) ?? [{ type: 'QuestionClosed', data: { questionId } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'CloseQuestion', listingId, ...dataOf(events, 'QuestionClosed') },
      made: {},
    }),
  },
)

export const suggestChanges = listingRow(
  'SuggestChanges',
  { field: z.string(), text },
  {
    who: reviewers,
    from: underReview,
    when: 'the field belongs to the kind; it is advice and changes no content',
    writes: ['ChangesSuggested'],
    does: ({ field, text }, listing, { rules }) => {
      const fields = Object.keys(kindOf(rules, listing.kind).content.shape)
      return fields.includes(field)
        ? [{ type: 'ChangesSuggested', data: { field, text } }]
        : unknownField(field, listing, fields)
    },
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'SuggestChanges', listingId, ...dataOf(events, 'ChangesSuggested') },
      made: {},
    }),
  },
)

export const requestEvidence = listingRow(
  'RequestEvidence',
  { check: z.string(), text },
  {
    who: reviewers,
    from: underReview,
    when: 'the check belongs to the kind; it becomes required for this submission',
    writes: ['EvidenceRequested'],
    does: ({ check, text }, listing, facts) =>
      unknownCheck(check, listing, facts) ?? [{ type: 'EvidenceRequested', data: { check, text } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'RequestEvidence', listingId, ...dataOf(events, 'EvidenceRequested') },
      made: {},
    }),
  },
)

/** A name, a telephone number, an e-mail address: whatever the customer agreed to. */
const contact = z.string().trim().min(1).max(500)

export const provideEvidence = listingRow(
  'ProvideEvidence',
  {
    check: z.string(),
    references: z
      .array(z.strictObject({ customer: text, engagement: text, contact: personal(contact).optional() }))
      .default([]),
    links: z.array(z.url({ protocol: /^https?$/ })).default([]),
    text: remark.default(''),
  },
  {
    who: listers,
    from: underReview,
    when: 'evidence for that check is requested and open; the contacts of its references are personal',
    writes: ['EvidenceProvided'],
    subject: (_command, made) => `evidence-${made.id}`,
    may: (listing) =>
      openRequests(listing).length > 0 ? undefined : refuse('evidence-not-requested', 'No evidence is asked for.'),
    does: ({ check, references, links, text }, listing, { made }) => {
      if (!openRequests(listing).includes(check)) return evidenceNotRequested(check, listing)
      if (references.length + links.length === 0 && text === '') return evidenceEmpty
      const given = { check, references, links, text }
      const personal = references.some((reference) => reference.contact !== undefined)
      return [{ type: 'EvidenceProvided', data: personal ? { evidenceId: made.id, ...given } : given }]
    },
    commandOf: (events, { id: listingId }) => {
      const { evidenceId, ...given } = dataOf(events, 'EvidenceProvided')
      const made = evidenceId === undefined ? {} : { id: evidenceId }
      return { command: { type: 'ProvideEvidence', listingId, ...given }, made }
    },
  },
)

export const eraseEvidence = listingRow(
  'EraseEvidence',
  { evidenceId: id },
  {
    who: { ...listers, ...operators },
    when: 'the contacts of its references are forgotten for good; what the customers hired the publisher for stays',
    writes: ['EvidenceErased'],
    already: ({ evidenceId }, listing) => evidenceIn(listing, evidenceId)?.erased === true,
    may: ({ evidence }) => (evidence.some(({ evidenceId }) => evidenceId !== undefined) ? undefined : unknownEvidence),
    does: ({ evidenceId }, listing) =>
      evidenceIn(listing, evidenceId) ? [{ type: 'EvidenceErased', data: { evidenceId } }] : unknownEvidence,
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'EraseEvidence', listingId, ...dataOf(events, 'EvidenceErased') },
      made: {},
    }),
  },
)

export const holdReview = listingRow(
  'HoldReview',
  { reason: text },
  {
    who: reviewers,
    from: { working: ['inReview'] },
    when: 'it is not held',
    writes: ['ReviewHeld'],
    already: ({ reason }, listing) => isHeld(listing) && listing.staffOnly.holdReason === reason,
    may: forbiddenWhileHeld,
    does: ({ reason }) => [{ type: 'ReviewHeld', data: { reason } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'HoldReview', listingId, ...dataOf(events, 'ReviewHeld') },
      made: {},
    }),
  },
)

export const resumeReview = listingRow(
  'ResumeReview',
  {},
  {
    who: reviewers,
    from: { working: ['inReview'] },
    when: 'it is held',
    writes: ['ReviewResumed'],
    already: (_command, listing) => listing.working.status === 'inReview' && !isHeld(listing),
    may: (listing) => (isHeld(listing) ? undefined : refuse('review-not-held', 'The review is not held.')),
    does: () => [{ type: 'ReviewResumed', data: {} }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'ResumeReview', listingId }, made: {} }),
  },
)

/** Nothing is decided while the review is held. */
export function forbiddenWhileHeld(listing: Listing): Refused | undefined {
  return isHeld(listing) ? refuse('review-held', 'The review is held; resume it first.') : undefined
}

/** The refusal of a check that the kind does not have. */
export function unknownCheck(check: string, listing: Listing, { rules }: ListingFacts): Refused | undefined {
  const checks = Object.keys(kindOf(rules, listing.kind).checks)
  if (checks.includes(check)) return undefined
  const sentence = `"${check.slice(0, 80)}" is no check of the kind ${listing.kind}; its checks are ${checks.join(', ')}.`
  return refuse('unknown-check', sentence, { checks })
}

function isHeld({ working }: Listing): boolean {
  return working.status === 'inReview' && working.held
}

function questionIn({ working }: Listing, questionId: string): Question | undefined {
  return openSubmission(working)?.questions[questionId]
}

function noneOpen({ working }: Listing): Refused | undefined {
  const questions = Object.values(openSubmission(working)?.questions ?? {})
  return questions.some(({ status }) => status === 'open') ? undefined : questionClosed
}

function notOpen(listing: Listing, questionId: string): Refused | undefined {
  if (questionIn(listing, questionId)?.status === 'open') return undefined
  if (listing.questionsAsked.includes(questionId)) return questionClosed
  return refuse('unknown-question', 'There is no question with this id.')
}

const questionClosed = refuse(
  'question-closed',
  'The question is not open: it was answered or closed, or its submission has ended.',
)

function openRequests(listing: Listing): readonly string[] {
  return Object.keys(submissionOf(listing).evidenceRequests)
}

function evidenceNotRequested(check: string, listing: Listing): Refused {
  const open = openRequests(listing)
  return refuse(
    'evidence-not-requested',
    `No evidence for "${check.slice(0, 80)}" is asked for; it is for ${open.join(', ')}.`,
    { open },
  )
}

function evidenceIn({ evidence }: Listing, evidenceId: string): Evidence | undefined {
  return evidence.find((one) => one.evidenceId === evidenceId)
}

const unknownEvidence = refuse('unknown-evidence', 'There is no evidence with this id.')

const evidenceEmpty = refuse('evidence-empty', 'Evidence needs a customer reference, a link or a text.')

function unknownField(field: string, { kind }: Listing, fields: readonly string[]): Refused {
  return refuse('unknown-field', `A ${kind} has no field "${field.slice(0, 80)}".`, { fields })
}
