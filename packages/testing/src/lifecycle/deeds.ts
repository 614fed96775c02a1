import type { Listing, Sealed } from '@vitrine/core'
import { listingId, publisherId } from '../world.js'
import { listingName } from './lifecycle-rules.js'

/** A command as it is asked, but for who asks. */
export interface DeedCommand {
  readonly type: string
  readonly listingId: string
  readonly [field: string]: unknown
}

/** The command of a deed of the table, with the ids that a person would read off the screen. */
export function commandOf(deed: string, listing: Listing): DeedCommand {
  const [type = ''] = deed.split(': ')
  const payload = payloads[deed]
  return { type, listingId, ...payload?.(listing) }
}

const nobodysId = '0190a000-0000-7000-8000-00000000dead'
const day = 24 * 60 * 60 * 1000
const contact: Sealed<string> = { subject: 'evidence', box: 'box', mark: 'mark' }
const revision = ({ working, live }: Listing) => ({
  revision: working.status !== 'none' ? working.revision : live.status === 'none' ? 1 : live.revision,
})

const payloads: { readonly [deed: string]: (listing: Listing) => object } = {
  Create: () => ({ publisherId, kind: 'app', name: listingName }),
  'Revise: one text': () => ({ changes: { headline: 'One' } }),
  'Revise: another text': () => ({ changes: { headline: 'Two' } }),
  'Revise: no text': () => ({ changes: { headline: null } }),
  ClaimVanityUrl: () => ({ slug: 'ledgerline' }),
  'Submit: manual': () => ({ publishMode: 'manual', comment: 'Ready' }),
  'Submit: auto': () => ({ publishMode: 'auto', comment: 'Ready' }),
  'Submit: manual, no comment': () => ({ publishMode: 'manual', comment: '' }),
  'AskQuestion: blocking': () => ({ text: 'Which banks are supported?', blocking: true }),
  'AskQuestion: not blocking': () => ({ text: 'Which banks are supported?', blocking: false }),
  AnswerQuestion: (listing) => ({ ...question(listing), text: 'All of them.' }),
  CloseQuestion: question,
  SuggestChanges: () => ({ field: 'headline', text: 'Say for whom.' }),
  'RequestEvidence: content': () => ({ check: 'content', text: 'Who uses it?' }),
  'RequestEvidence: security': () => ({ check: 'security', text: 'Who has looked at it?' }),
  ProvideEvidence: () => ({
    check: 'content',
    references: [{ customer: 'Northwind', engagement: 'Twelve months', contact }],
    links: [],
    text: '',
  }),
  EraseEvidence: ({ evidence }) => ({ evidenceId: evidence.at(-1)?.evidenceId ?? nobodysId }),
  ...Object.fromEntries(
    ['content', 'security'].flatMap((check) =>
      ['passed', 'failed', 'waived'].map((verdict) => [
        `RecordCheck: ${check} ${verdict}`,
        () => ({ check, verdict, note: 'Seen' }),
      ]),
    ),
  ),
  HoldReview: () => ({ reason: 'Waiting for legal' }),
  Approve: submission,
  'Approve: other content than was read': (listing) => ({ ...submission(listing), contentHash: 'another' }),
  'Approve: by trust': submission,
  Reject: (listing) => ({ ...submission(listing), reasons: [{ seen: 'A blurred icon', howToFix: 'Sharpen it' }] }),
  Publish: revision,
  'Publish: privately': (listing) => ({ ...revision(listing), visibility: 'private' }),
  'Publish: another revision': () => ({ revision: 99 }),
  'Publish: by itself': (listing) => ({ submissionId: submission(listing).submissionId }),
  'ChangePublishMode: manual': () => ({ mode: 'manual' }),
  'ChangePublishMode: auto': () => ({ mode: 'auto' }),
  ...Object.fromEntries(
    [30, 14, 7, 1].map((threshold) => [
      `RemindPublication: ${threshold} days before`,
      (listing: Listing) => ({ ...deadline(listing), threshold }),
    ]),
  ),
  ExtendDeadline: (listing) => ({ until: later(deadline(listing).publishBy, 10), reason: 'Trade fair' }),
  'ExtendDeadline: to an earlier instant': (listing) => ({
    until: later(deadline(listing).publishBy, -1),
    reason: 'Trade fair',
  }),
  ExpireApproval: deadline,
  Withdraw: () => ({ reason: 'No longer sold' }),
  Republish: () => ({ revision: 1 }),
  'Republish: privately': () => ({ revision: 1, visibility: 'private' }),
  'Republish: publicly': () => ({ revision: 1, visibility: 'public' }),
  Suspend: () => ({ reason: 'A complaint' }),
}

function question({ questionsAsked }: Listing): object {
  return { questionId: questionsAsked.at(-1) ?? nobodysId }
}

function submission({ working }: Listing): { submissionId: string; contentHash: string } {
  if (!('submission' in working)) return { submissionId: nobodysId, contentHash: '' }
  return { submissionId: working.submission.id, contentHash: working.submission.contentHash }
}

function deadline(listing: Listing): { submissionId: string; publishBy: string } {
  const { submissionId } = submission(listing)
  const { working } = listing
  if (working.status === 'approved') return { submissionId, publishBy: working.approval.publishBy }
  const rejection = working.status === 'rejected' ? working.rejection : undefined
  return { submissionId, publishBy: rejection?.by === 'system' ? rejection.publishBy : '2026-01-05T09:00:00.000Z' }
}

function later(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * day).toISOString()
}
