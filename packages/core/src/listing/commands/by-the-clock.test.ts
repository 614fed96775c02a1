import {
  type AnyCommand,
  decideBy,
  defineMarketplace,
  isRefused,
  type Listing,
  listingAggregate,
  nextActions,
  type Refused,
  settle,
} from '@vitrine/core'
import { ask, type By, begin, factsFor, listingId, people, publisherId, type World, wait } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { submissionOf } from '../parts.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, olaf } = people
const day = 24 * 60 * 60 * 1000
const deadlineOf = ({ listing }: World) => {
  const { approval, submission } = approvedIn(listing)
  return { submissionId: submission.id, publishBy: approval.publishBy }
}
const approved = begin(rules, 'approved')
const first = deadlineOf(approved)
const approvedAt = Date.parse(approvedIn(approved.listing).approval.approvedAt)
const extension = { type: 'ExtendDeadline', listingId, until: '2026-06-01T00:00:00.000Z', reason: 'Trade fair' }
const extended = ask(wait(approved, 50 * day), olaf, extension)
const remind = (threshold: number, deadline: object = first) => ({ type: 'RemindPublication', threshold, ...deadline })
const expire = (deadline: object = first) => ({ type: 'ExpireApproval', ...deadline })

describe('a reminder', () => {
  it('T29 is due from the very instant of its threshold', () => {
    expect(answerAt(approved, 46 * day - 1, remind(14))).toBe('not-due')
    expect(answerAt(approved, 46 * day, remind(14))).toEqual(['PublicationReminded'])
  })

  it('T29 of a threshold that lies at the approval or before it never counts', () => {
    expect(answerAt(approved, 20 * day, remind(60))).toBe('not-due')
    expect(answerAt(approved, 20 * day, remind(90))).toBe('not-due')
    expect(answerAt(approved, 0, remind(60))).toBe('not-due')
  })

  it('T29 of a threshold that lies before the extension does not count, one that lies after it does', () => {
    const moved = deadlineOf(extended)
    expect(answerAt(extended, 59 * day, remind(100, moved))).toBe('not-due')
    expect(answerAt(extended, 59 * day, remind(89, moved))).toEqual(['PublicationReminded'])
  })

  it('T29 at the approval itself none is possible yet, a millisecond later one may be', () => {
    expect(forbiddenAt(approved, 0)).toMatchObject({ RemindPublication: 'not-due' })
    expect(forbiddenAt(approved, 1)).toMatchObject({ RemindPublication: undefined })
  })

  it('T29 is not sent when no time is left', () => {
    expect(answerAt(approved, 60 * day - 1, remind(1))).toEqual(['PublicationReminded'])
    expect(answerAt(approved, 60 * day, remind(1))).toBe('not-due')
  })

  it('T33 a smaller threshold counts the larger ones as done', () => {
    const reminded = ask(wait(approved, 53 * day), 'system', { listingId, ...remind(7) })
    expect(answerAt(reminded, 54 * day, remind(7))).toEqual([])
    expect(answerAt(reminded, 54 * day, remind(14))).toEqual([])
    expect(answerAt(reminded, 59 * day, remind(1))).toEqual(['PublicationReminded'])
    expect(answerAt(reminded, 54 * day, remind(14, { ...first, submissionId: publisherId }))).toBe('deadline-moved')
  })

  it('C14 of a deadline that was moved, or of another submission, is refused', () => {
    expect(answerAt(extended, 59 * day, remind(14))).toBe('deadline-moved')
    expect(answerAt(approved, 59 * day, remind(14, { ...first, submissionId: publisherId }))).toBe('deadline-moved')
  })
})

describe('the expiry of an approval', () => {
  it('T1 is due one millisecond after the deadline, not at it', () => {
    expect(answerAt(approved, 60 * day, expire())).toBe('not-due')
    expect(answerAt(approved, 60 * day + 1, expire())).toEqual(['AutoRejected'])
  })

  it('T4 leaves the same behind, whether it is settled before it is written or written', () => {
    const late = wait(approved, 61 * day)
    const written = ask(late, 'system', { type: 'ExpireApproval', listingId, ...first }).listing
    expect(written.working.status).toBe('rejected')
    expect(settle(listingAggregate, late.listing, factsFor(late, luc))).toEqual(written)
  })

  it('C14 of a deadline that was moved, or of another submission, is refused', () => {
    expect(answerAt(extended, 365 * day, expire())).toBe('deadline-moved')
    expect(answerAt(approved, 61 * day, expire({ ...first, submissionId: publisherId }))).toBe('deadline-moved')
  })

  it('T33 that was written is not written again; that of another deadline or submission is refused', () => {
    const expired = ask(wait(approved, 61 * day), luc, { type: 'Revise', listingId, changes: {} })
    expect(expired.listing.working.status).toBe('rejected')
    expect(answerAt(expired, 61 * day, expire())).toEqual([])
    expect(answerAt(expired, 61 * day, expire({ ...first, submissionId: publisherId }))).toBe('not-from-here')
    expect(answerAt(expired, 61 * day, expire({ ...first, publishBy: extension.until }))).toBe('not-from-here')
  })

  it('T16 of what a reviewer rejected is refused', () => {
    const submitted = begin(rules, 'submitted')
    const { id: submissionId, contentHash } = submissionOf(submitted.listing)
    const reasons = [{ seen: 'A blurred icon', howToFix: 'Use a sharper one' }]
    const rejected = ask(submitted, people.rita, { type: 'Reject', listingId, submissionId, contentHash, reasons })
    expect(rejected.listing.working.status).toBe('rejected')
    expect(answerAt(rejected, 61 * day, expire({ ...first, submissionId }))).toBe('not-from-here')
  })
})

describe('past the deadline, before anybody wrote so', () => {
  it('T4 the expiry alone is overdue, and what may be asked next is said as if it were written', () => {
    const at = (after: number) => new Date(approvedAt + after).toISOString()
    const expiry = { type: 'ExpireApproval', listingId, ...first }
    expect(listingAggregate.overdue(approved.listing, at(60 * day))).toEqual([])
    expect(listingAggregate.overdue(approved.listing, at(60 * day + 1))).toMatchObject([{ command: expiry }])
    expect(forbiddenAt(approved, 60 * day, luc)).toMatchObject({ Publish: undefined, Submit: 'not-from-here' })
    expect(forbiddenAt(approved, 60 * day + 1, luc)).toMatchObject({ Publish: 'approval-expired', Submit: undefined })
  })

  const publish = { type: 'Publish', submissionId: first.submissionId }
  const auto = { type: 'ChangePublishMode', mode: 'auto' }

  it('T1 neither a person nor the system publishes any more', () => {
    expect(answerAt(approved, 60 * day, publish, luc)).toEqual(['Published'])
    expect(answerAt(approved, 60 * day + 1, publish, luc)).toBe('approval-expired')
    expect(answerAt(approved, 60 * day + 1, publish)).toBe('approval-expired')
  })

  it('T1 nor does a change to mode auto', () => {
    expect(answerAt(approved, 60 * day, auto, luc)).toEqual(['PublishModeChanged', 'Published'])
    expect(answerAt(approved, 60 * day + 1, auto, luc)).toBe('approval-expired')
  })

  it('T3 nor is it extended', () => {
    expect(answerAt(approved, 60 * day, extension, olaf)).toEqual(['PublicationDeadlineExtended'])
    expect(answerAt(approved, 60 * day + 1, extension, olaf)).toBe('approval-expired')
  })
})

/** What is decided so many milliseconds after the approval, by the row alone: nothing that is overdue was written. */
function answerAt(at: World, after: number, command: AnyCommand, by: By = 'system'): string | readonly string[] {
  const later = { ...at, now: new Date(approvedAt + after).toISOString() }
  const row = listingAggregate.rows[command.type]!
  const question = { command: { ...command, listingId }, state: at.listing, facts: factsFor(later, by) }
  const answer: Refused | readonly { type: string }[] = decideBy(listingAggregate, row, question)
  return isRefused(answer) ? answer.refused.code : answer.map(({ type }) => type)
}

/** Why each command is impossible then, whatever its payload; `undefined` where it is possible. */
function forbiddenAt(at: World, after: number, by: By = 'system'): { readonly [command: string]: string | undefined } {
  const facts = factsFor({ ...at, now: new Date(approvedAt + after).toISOString() }, by)
  const actions = nextActions(listingAggregate, at.listing, facts)
  return Object.fromEntries(actions.map(({ command, refused }) => [command, refused?.code]))
}

function approvedIn({ working }: Listing): Extract<Listing['working'], { status: 'approved' }> {
  if (working.status !== 'approved') throw new Error('Nothing is approved here.')
  return working
}
