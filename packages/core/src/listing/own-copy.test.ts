import { fold, type JsonObject, type Listing, listingAggregate, listingEvents, type StoredEvent } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import type { ListingDataOf } from './events.js'
import { ownCopyOfListing } from './own-copy.js'

type Type = keyof typeof listingEvents
type Told = Type | readonly [Type, JsonObject]

const { decider, prefix } = listingAggregate
const typesOfEvents = Object.keys(listingEvents) as readonly Type[]
const listingId = '0190a000-0000-7000-8000-000000000001'
const at = '2026-01-05T09:00:00.000Z'

const content = { name: 'Ledgerline' }
const submission = { submissionId: 's', contentHash: 'h', publishMode: 'manual' } as const
const dates = { approvedAt: at, publishBy: '2026-03-06T09:00:00.000Z' }
const shown = { visibility: 'public', revision: 2, path: '/listings/1', content } as const
const verdict = { check: 'demo', note: 'Seen' }

/** One example of each event, that fits the listing under review below or one that came of it. */
const examples: { readonly [T in Type]: ListingDataOf<T> } = {
  Created: { publisherId: 'p', kind: 'app', name: 'Ledgerline' },
  Revised: { changes: { headline: 'Better' } },
  VanityUrlClaimed: { slug: 'ledger-two' },
  VanityUrlReleased: { slug: 'ledgerline' },
  ClaimLapsed: { slug: 'ledger-three' },
  Submitted: { ...submission, revision: 2, comment: 'Please' },
  SubmissionRecalled: { submissionId: 's' },
  PublishModeChanged: { mode: 'auto' },
  ReviewStarted: { reviewer: 'u-rex' },
  QuestionAsked: { questionId: 'q-2', text: 'By whom?', blocking: false },
  QuestionAnswered: { questionId: 'q-1', text: 'Since May.' },
  QuestionClosed: { questionId: 'q-1' },
  ChangesSuggested: { field: 'headline', text: 'Shorter.' },
  EvidenceRequested: { check: 'demo', text: 'Show it.' },
  EvidenceProvided: { check: 'security', references: [], links: ['https://reports.example/2'], text: '' },
  EvidenceErased: { evidenceId: 'e-1' },
  CheckPassed: verdict,
  CheckFailed: verdict,
  CheckWaived: verdict,
  ReviewHeld: { reason: 'Legal' },
  ReviewResumed: {},
  Approved: { ...submission, ...dates, basis: 'review' },
  Rejected: { submissionId: 's', reasons: [{ seen: 'x', howToFix: 'y' }] },
  Published: shown,
  Superseded: { revision: 1 },
  PublicationReminded: { publishBy: dates.publishBy, threshold: 14, daysLeft: 14 },
  PublicationDeadlineExtended: { until: '2026-05-01T00:00:00.000Z', reason: 'Trade fair' },
  AutoRejected: { cause: 'publication-overdue', ...dates },
  RevisionStarted: { revision: 2, from: 1 },
  RevisionDiscarded: { revision: 2 },
  Withdrawn: { reason: 'A complaint', by: 'operator' },
  Republished: { ...shown, revision: 1 },
  MadePrivate: { token: 't-1' },
  MadePublic: {},
  PrivateLinkRenewed: { token: 't-2' },
  Suspended: { reason: 'A complaint' },
  Reinstated: {},
  Deleted: {},
}

const published: Told = ['Published', { ...shown, revision: 1 }]
const withdrawn = folded(
  decider.initial(),
  'Created',
  'VanityUrlClaimed',
  'Submitted',
  'Approved',
  published,
  'Withdrawn',
)

/** Nothing that a listing collects is empty in it. */
const underReview = folded(
  withdrawn,
  ...(['RevisionStarted', 'Submitted', 'ReviewStarted', 'ChangesSuggested'] as const),
  ['QuestionAsked', { questionId: 'q-1', text: 'Since when?', blocking: true }],
  ['EvidenceRequested', { check: 'security', text: 'A report, please.' }],
  [
    'EvidenceProvided',
    {
      evidenceId: 'e-1',
      check: 'security',
      references: [{ customer: 'Northwind', engagement: 'Twelve months' }],
      links: ['https://reports.example/1'],
      text: 'See page 3.',
    },
  ],
  ['EvidenceRequested', { check: 'architecture', text: 'A drawing, please.' }],
  ['CheckPassed', { check: 'content', note: 'Read twice' }],
  'ReviewHeld',
)

const listings: { readonly [of: string]: Listing } = {
  'before its first event': decider.initial(),
  withdrawn,
  'under review': underReview,
  recalled: folded(underReview, 'SubmissionRecalled'),
  approved: folded(underReview, 'Approved', 'PublicationReminded'),
  rejected: folded(underReview, 'Rejected'),
  published: folded(underReview, 'Approved', 'Published'),
  'live while another revision is reviewed': folded(underReview, 'Republished'),
  'private while another revision is approved': folded(underReview, 'Approved', 'Republished', 'MadePrivate'),
  suspended: folded(underReview, 'Republished', 'Suspended'),
}

describe('a copy of a listing that may be changed', () => {
  it.each(Object.entries(listings))('%s says what the listing says', (_, listing) => {
    expect(ownCopyOfListing(listing)).toStrictEqual(listing)
    for (const type of typesOfEvents) expect(ownCopyOfListing(listing, [{ type }])).toStrictEqual(listing)
  })

  it.each(typesOfEvents)('D17 %s is folded into it, and the listing stays as it was', (type) => {
    const fitting = Object.values(listings).filter((listing) => fits(listing, type))
    expect(fitting).not.toEqual([])
    for (const listing of fitting) {
      const kept = frozen(structuredClone(listing))
      const next = folded(kept, type)
      expect(fold(decider, [stored(type)], ownCopyOfListing(kept, [{ type }]))).toStrictEqual(next)
      expect(fold(decider, [stored(type)], ownCopyOfListing(kept))).toStrictEqual(next)
    }
  })

  it('is of its own in what several events change, each in its part', () => {
    const types = ['QuestionAsked', 'EvidenceProvided', 'CheckFailed'] as const
    const kept = frozen(structuredClone(underReview))
    const events = types.map((type) => stored(type))
    expect(fold(decider, events, ownCopyOfListing(kept, events))).toStrictEqual(folded(kept, ...types))
  })

  it('shares what its events do not change', () => {
    const copy = ownCopyOfListing(underReview, [{ type: 'Revised' }])
    const parts = ['staffOnly', 'questionsAsked', 'evidence', 'archive', 'slugsEverLive', 'operatorWithdrew'] as const
    for (const part of parts) expect(copy[part]).toBe(underReview[part])
  })
})

function folded(listing: Listing, ...tellings: readonly Told[]): Listing {
  return fold(decider, tellings.map(stored), structuredClone(listing))
}

function fits(listing: Listing, type: Type): boolean {
  try {
    return folded(listing, type) !== undefined
  } catch {
    return false
  }
}

function stored(told: Told): StoredEvent {
  const [type, data] = typeof told === 'string' ? [told, examples[told]] : told
  const metadata = { actor: { id: 'u-rita', name: 'Rita', role: 'reviewer' }, occurredAt: at }
  return { type, data, stream: prefix + listingId, metadata } as StoredEvent
}

/** A change of what is frozen throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
