import {
  type AnyCommand,
  defineMarketplace,
  evolveVanityUrl,
  fold,
  listingAggregate,
  listingEvents,
  publisherAggregate,
  type StoredEvent,
  type StoredVanityUrlEvent,
  vanityUrlEvents,
} from '@vitrine/core'
import { ask, type Beginning, begin, listingId, people, type World, wait } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, rita, olaf } = people
const { decider } = listingAggregate

describe('a history that the rules cannot have decided', () => {
  for (const [from, type, data, what] of [
    ['publisher', 'Revised', { changes: {} }, 'no working revision'],
    ['draft', 'SubmissionRecalled', { submissionId: 's' }, 'no submission'],
    ['draft', 'PublicationReminded', { publishBy: '', threshold: 1, daysLeft: 1 }, 'no approval'],
    ['draft', 'Withdrawn', { reason: '', by: 'operator' }, 'nothing live'],
    ['live', 'RevisionStarted', { revision: 2, from: 7 }, 'no revision 7 that was live'],
    ['submitted', 'ReviewResumed', {}, 'no review under way'],
    ['submitted', 'QuestionClosed', { questionId: 'q' }, 'no question q'],
    ['submitted', 'EvidenceErased', { evidenceId: 'e' }, 'no evidence e'],
    ['live', 'Reinstated', {}, 'no suspended revision'],
  ] as const) {
    it(`${type} on ${from} is a fault that names ${what}`, () => {
      const id = from === 'publisher' ? '' : listingId
      const message = `The history of listing ${id} does not fit: it has ${what} here.`
      const fault = { code: 'impossible-history', message, stream: `listing-${id}` }
      expect(() => fold(decider, [...historyOf(from), stored(type, data)])).toThrow(expect.objectContaining(fault))
    })
  }

  it('MadePublic on a suspended listing is a fault that names the suspension', () => {
    const suspended = world('live', { type: 'Suspend', reason: 'A complaint' }, olaf)
    expect(() => fold(decider, [...listingEventsOf(suspended), stored('MadePublic', {})])).toThrow(
      'a suspended revision',
    )
  })

  it('an invitation that is accepted or revoked, and is not open, is a fault', () => {
    const joined = { actorId: 'u-zoe', name: 'Zoe', role: 'viewer', invitationId: 'i-1', locale: 'en' }
    for (const [type, data] of [
      ['MemberJoined', joined],
      ['InvitationRevoked', { invitationId: 'i-1' }],
    ] as const) {
      const ended = stored(type, data, 'publisher-1')
      expect(() => fold(publisherAggregate.decider, [ended])).toThrow('there is no open invitation i-1')
    }
  })

  it('an endpoint that is disabled, enabled or renewed, and is not there, is a fault', () => {
    for (const type of ['EndpointDisabled', 'EndpointEnabled', 'EndpointSecretRotated']) {
      const changed = stored(type, { endpointId: 'e-1' }, 'publisher-1')
      expect(() => fold(publisherAggregate.decider, [changed])).toThrow('there is no endpoint e-1')
    }
  })

  it('a new role for somebody who is no member is a fault', () => {
    const changed = stored('RoleChanged', { actorId: 'u-nobody', role: 'lister' }, 'publisher-1')
    expect(() => fold(publisherAggregate.decider, [changed])).toThrow('u-nobody is no member here')
  })
})

it('B22 an event of a type that this code does not know stops the fold of a listing, a publisher and a slug', () => {
  const unknown = stored('Teleported', {})
  expect(() => fold(decider, [unknown])).toThrow('does not know')
  expect(() => fold(publisherAggregate.decider, [unknown])).toThrow('does not know')
  expect(() => evolveVanityUrl({}, unknown as StoredVanityUrlEvent)).toThrow('does not know')
})

it('T30 every event of every aggregate says who may see it', () => {
  const definitions = { ...listingAggregate.events, ...publisherAggregate.events, ...vanityUrlEvents }
  for (const { seenBy } of Object.values(definitions)) expect(['public', 'publisher', 'operator']).toContain(seenBy)
})

it('T30 what only staff may see stands in one part of the state', () => {
  const notes = { type: 'RecordCheck', check: 'content', verdict: 'passed', note: 'MARK note' }
  const held = [{ type: 'StartReview' }, notes, { type: 'HoldReview', reason: 'MARK hold' }]
  const { listing } = held.reduce((before, command) => on(before, command, rita), begin(rules, 'submitted'))
  const { staffOnly, ...seen } = listing
  expect(JSON.stringify(staffOnly)).toContain('MARK hold')
  expect(JSON.stringify(seen)).not.toMatch(/MARK|u-rita/)
})

it('C14 an extension begins the count of reminders anew', () => {
  const approved = begin(rules, 'approved')
  const { working } = approved.listing
  const publishBy = working.status === 'approved' ? working.approval.publishBy : ''
  const submissionId = working.status === 'approved' ? working.submission.id : ''
  const late = wait(approved, 54 * 24 * 60 * 60 * 1000)
  const reminded = on(late, { type: 'RemindPublication', submissionId, publishBy, threshold: 7 }, 'system')
  expect(reminded.listing.working).toHaveProperty('approval.remindedFor', 7)
  const extended = on(reminded, { type: 'ExtendDeadline', until: '2026-05-01T00:00:00Z', reason: 'Fair' }, olaf)
  expect(extended.listing.working).toHaveProperty('approval.publishBy', '2026-05-01T00:00:00.000Z')
  expect(extended.listing.working).not.toHaveProperty('approval.remindedFor')
})

describe('a listing before its first event', () => {
  it('is unknown, and nothing of it is there', () => {
    expect(decider.initial()).toEqual({
      id: '',
      exists: false,
      publisherId: '',
      kind: '',
      working: { status: 'none' },
      live: { status: 'none' },
      archive: {},
      lastRevision: 0,
      slugsEverLive: [],
      questionsAsked: [],
      evidence: [],
      operatorWithdrew: [],
      downByOperator: false,
      staffOnly: { notes: {}, askedBy: {} },
    })
  })
})

describe('what a review leaves behind', () => {
  const customer = { customer: 'Northwind', engagement: 'Twelve months' }
  const request = (check: string): Asking => [rita, 'RequestEvidence', { check, text: 'Who uses it?' }]
  const provide = (check: string, contact?: string): Asking => [
    luc,
    'ProvideEvidence',
    { check, references: [{ ...customer, ...(contact && { contact }) }], links: ['https://reports.example/1'] },
  ]
  const verdict = (outcome: string): Asking => [
    rita,
    'RecordCheck',
    { check: 'demo', verdict: outcome, note: 'Seen on a call' },
  ]
  const submitted = begin(rules, 'submitted')
  const provided = after(submitted, request('security'), provide('security'))
  const madeRequired = ({ listing: { working } }: World) =>
    'submission' in working ? working.submission.madeRequired : undefined

  it('T15 evidence stays with the listing as it was provided, after a recall too', () => {
    const recalled = after(provided, [luc, 'RecallSubmission'])
    const given = { check: 'security', references: [customer], links: ['https://reports.example/1'], text: '' }
    expect(recalled.listing.evidence).toEqual([given])
  })

  it('of two pieces of evidence the one that is named is erased', () => {
    const both = after(
      submitted,
      request('security'),
      provide('security', 'Nora West'),
      request('demo'),
      provide('demo', 'Nick East'),
    )
    const { evidenceId } = both.listing.evidence[1]!
    const { evidence } = after(both, [luc, 'EraseEvidence', { evidenceId }]).listing
    expect(evidence.map(({ check, erased }) => [check, erased])).toEqual([
      ['security', undefined],
      ['demo', true],
    ])
  })

  it.each([
    ['failed', ['demo']],
    ['passed', []],
    ['waived', []],
  ])('a check that has %s makes %j required', (outcome, required) => {
    expect(madeRequired(after(submitted, verdict(outcome)))).toEqual(required)
  })

  it('a check is made required once, however often it is asked for and fails', () => {
    expect(madeRequired(after(submitted, request('demo'), request('demo'), verdict('failed')))).toEqual(['demo'])
  })

  it('T16 the content of an approval that expired is none that a reviewer rejected', () => {
    const approved = begin(rules, 'approved')
    const late = wait(approved, 61 * 24 * 60 * 60 * 1000)
    const expired = after(late, [luc, 'ClaimVanityUrl', { slug: 'ledgerline' }])
    expect(expired.events.map(({ type }) => type)).toContain('AutoRejected')
    expect(expired.listing).not.toHaveProperty('rejectedHash')
    const { submissionId, contentHash } = submissionIn(submitted)
    const reasons = [{ seen: 'Three lines', howToFix: 'Use two' }]
    const rejected = after(submitted, [rita, 'Reject', { submissionId, contentHash, reasons }])
    expect(rejected.listing.rejectedHash).toBe(contentHash)
  })

  it('D12 what a listing does not have, a slug, a decision, a contact, is no field of it: states are plain JSON', () => {
    for (const { listing } of [provided, after(provided, [luc, 'RecallSubmission'])])
      expect(listing).toStrictEqual(JSON.parse(JSON.stringify(listing)))
  })
})

describe('the changes of a revision', () => {
  it.each([[null], [[]], ['Better'], [7], [undefined]])('are an object of fields, and not %j', (changes) => {
    expect(listingEvents.Revised.data.safeParse({ changes }).success).toBe(false)
  })

  it.each([[{}], [{ headline: 'Better' }]])('are fields with their values, as %j', (changes) => {
    expect(listingEvents.Revised.data.parse({ changes })).toEqual({ changes })
  })
})

it('content is replaced, never changed in place: what an event holds stays as it was', () => {
  const before = begin(rules, 'draft')
  const text = JSON.stringify(before.events)
  on(before, { type: 'Revise', changes: { headline: 'New' } }, luc)
  expect(JSON.stringify(before.events)).toBe(text)
})

function world(from: Beginning, command: AnyCommand, by: Parameters<typeof ask>[1]): World {
  return on(begin(rules, from), command, by)
}

function on(before: World, command: AnyCommand, by: Parameters<typeof ask>[1]): World {
  return ask(before, by, { listingId, ...command })
}

type Asking = readonly [Parameters<typeof ask>[1], string, object?]

function after(before: World, ...asked: readonly Asking[]): World {
  return asked.reduce((world, [by, type, payload]) => on(wait(world, 1000), { type, ...payload }, by), before)
}

function submissionIn({ listing: { working } }: World) {
  if (!('submission' in working)) throw new Error('Nothing is submitted here.')
  const { id: submissionId, contentHash } = working.submission
  return { submissionId, contentHash }
}

function historyOf(from: Beginning): readonly StoredEvent[] {
  return listingEventsOf(begin(rules, from))
}

function listingEventsOf({ events }: World): readonly StoredEvent[] {
  return events.filter(({ stream }) => stream.startsWith('listing-'))
}

function stored(type: string, data: StoredEvent['data'], stream = `listing-${listingId}`): StoredEvent {
  const metadata = {
    command: { id: 'c', type: 'C', hash: '', index: 0, of: 1 },
    correlationId: 'c',
    causationId: 'c',
    actor: { id: 'u', name: 'U', role: 'lister' },
    occurredAt: '2026-01-05T09:00:00.000Z',
    schemaVersion: 1,
    contentVersion: 1,
    rules: '',
    basis: [],
    hops: 0,
  }
  return { id: '', type, data, metadata, stream, version: 0, position: 0 }
}
