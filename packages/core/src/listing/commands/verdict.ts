import * as z from 'zod'
import { kindOf } from '../../content/content.js'
import { daysAfter } from '../../days-after.js'
import { id } from '../../id.js'
import { sameJson } from '../../json.js'
import { type Refused, refuse } from '../../refusal.js'
import type { ListingEvent } from '../events.js'
import { submissionOf } from '../parts.js'
import type { Listing } from '../state.js'
import {
  dataOf,
  findData,
  type ListingFacts,
  listingRow,
  remark,
  reviewers,
  text,
  theSystem,
  underReview,
} from './listing-row.js'
import { forbiddenWhileHeld, unknownCheck } from './review.js'
import { notTrusted } from './trusted-update.js'

const eventOfVerdict = { passed: 'CheckPassed', failed: 'CheckFailed', waived: 'CheckWaived' } as const

export const recordCheck = listingRow(
  'RecordCheck',
  { check: z.string(), verdict: z.enum(['passed', 'failed', 'waived']), note: remark.default('') },
  {
    who: reviewers,
    from: underReview,
    when: 'the check belongs to the kind; a waiver needs a note',
    writes: ['CheckPassed', 'CheckFailed', 'CheckWaived'],
    already: ({ check, verdict, note }, listing) => {
      if (!('submission' in listing.working)) return false
      return listing.working.submission.verdicts[check]?.verdict === verdict && listing.staffOnly.notes[check] === note
    },
    does: ({ check, verdict, note }, listing, facts) => {
      const unfit = unknownCheck(check, listing, facts)
      if (unfit) return unfit
      if (verdict === 'waived' && note === '')
        return refuse('note-needed', `Waiving ${check} needs a note that says why.`)
      return [{ type: eventOfVerdict[verdict], data: { check, note } }]
    },
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'RecordCheck', listingId, ...verdictOf(events) },
      made: {},
    }),
  },
)

export const approve = listingRow(
  'Approve',
  { submissionId: id, contentHash: z.string() },
  {
    who: { ...reviewers, ...theSystem },
    from: underReview,
    when: 'it names the current submission and its content hash (T14); not held; no blocking question open; every required check passed or waived (the system: a trusted update, T23)',
    writes: ['Approved'],
    already: ({ submissionId, contentHash }, { working }) =>
      working.status === 'approved' &&
      working.submission.id === submissionId &&
      working.submission.contentHash === contentHash,
    may: (listing, facts) =>
      facts.asker.system
        ? notTrusted(listing, facts)
        : (forbiddenWhileHeld(listing) ?? blockingQuestion(listing) ?? openChecks(listing, facts)),
    does: (command, listing, facts) => notWhatWasRead(command, listing) ?? [approved(listing, facts)],
    commandOf: (events, { id: listingId }) => {
      const { submissionId, contentHash } = dataOf(events, 'Approved')
      return { command: { type: 'Approve', listingId, submissionId, contentHash }, made: {} }
    },
  },
)

const reason = z.strictObject({ guideline: text.optional(), field: text.optional(), seen: text, howToFix: text })

export const reject = listingRow(
  'Reject',
  { submissionId: id, contentHash: z.string(), reasons: z.array(reason).min(1) },
  {
    who: reviewers,
    from: underReview,
    when: 'it names the current submission and its content hash (T14); not held; at least one reason',
    writes: ['Rejected'],
    already: ({ submissionId, contentHash, reasons }, { working }) =>
      working.status === 'rejected' &&
      working.submission.id === submissionId &&
      working.submission.contentHash === contentHash &&
      working.rejection.by === 'reviewer' &&
      sameJson(working.rejection.reasons, reasons),
    may: forbiddenWhileHeld,
    does: (command, listing) =>
      notWhatWasRead(command, listing) ?? [
        { type: 'Rejected', data: { submissionId: command.submissionId, reasons: command.reasons } },
      ],
    commandOf: (events, before) => {
      const { contentHash } = submissionOf(before)
      return { command: { type: 'Reject', listingId: before.id, contentHash, ...dataOf(events, 'Rejected') }, made: {} }
    },
  },
)

/** The checks that a submission needs and that neither passed nor were waived. */
export function checksOpen(listing: Listing, { rules }: Pick<ListingFacts, 'rules'>): readonly string[] {
  const { verdicts, madeRequired } = submissionOf(listing)
  return Object.entries(kindOf(rules, listing.kind).checks)
    .filter(([check, need]) => need === 'required' || madeRequired.includes(check))
    .map(([check]) => check)
    .filter((check) => verdicts[check]?.verdict !== 'passed' && verdicts[check]?.verdict !== 'waived')
}

function approved(listing: Listing, { now, asker, publisher, rules }: ListingFacts): ListingEvent {
  const { id: submissionId, contentHash, publishMode } = submissionOf(listing)
  const autoPublishDenied = publishMode === 'auto' ? deniesAutoPublish(listing, publisher) : undefined
  const data = {
    submissionId,
    contentHash,
    approvedAt: now,
    publishBy: daysAfter(now, rules.publishWithinDays),
    publishMode: autoPublishDenied ? ('manual' as const) : publishMode,
    basis: asker.system ? ('trusted-update' as const) : ('review' as const),
  }
  return { type: 'Approved', data: autoPublishDenied ? { ...data, autoPublishDenied } : data }
}

/** Why a submission in mode auto is not published by itself (T9). */
export function deniesAutoPublish(
  listing: Listing,
  publisher: ListingFacts['publisher'],
): 'right' | 'publisher' | 'listing' | undefined {
  if (!publisher.rights.autoPublish) return 'right'
  if (publisher.status !== 'approved') return 'publisher'
  return listing.live.status === 'suspended' ? 'listing' : undefined
}

function blockingQuestion(listing: Listing): Refused | undefined {
  const open = Object.entries(submissionOf(listing).questions).filter(
    ([, { blocking, status }]) => blocking && status === 'open',
  )
  if (open.length === 0) return undefined
  const sentence = `${open.length === 1 ? 'A blocking question is' : `${open.length} blocking questions are`} open.`
  return refuse('question-open', sentence, { questions: open.map(([questionId]) => questionId) })
}

function openChecks(listing: Listing, facts: ListingFacts): Refused | undefined {
  const checks = checksOpen(listing, facts)
  if (checks.length === 0) return undefined
  return refuse('checks-open', `These checks have neither passed nor been waived: ${checks.join(', ')}.`, { checks })
}

function notWhatWasRead(command: { submissionId: string; contentHash: string }, listing: Listing): Refused | undefined {
  const { id: submissionId, contentHash } = submissionOf(listing)
  if (command.submissionId !== submissionId) {
    return refuse('submission-outdated', 'Another submission is current. Read it before deciding.', { submissionId })
  }
  if (command.contentHash === contentHash) return undefined
  return refuse('content-changed', 'The content is not what the hash says. Read it again before deciding.', {
    contentHash,
  })
}

function verdictOf(events: readonly ListingEvent[]) {
  for (const verdict of ['failed', 'waived'] as const) {
    const data = findData(events, eventOfVerdict[verdict])
    if (data) return { ...data, verdict }
  }
  return { ...dataOf(events, 'CheckPassed'), verdict: 'passed' as const }
}
