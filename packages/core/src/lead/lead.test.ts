import {
  defineMarketplace,
  isRefused,
  type Lead,
  leadAggregate,
  nextActions,
  type StoredEvent,
  sealPersonal,
} from '@vitrine/core'
import {
  answerOf,
  ask,
  type By,
  begin,
  enquiry,
  leadFactsFor,
  leadId,
  listingId,
  people,
  publisherId,
  type World,
  wait,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { contact } from './contact.js'
import { opensLeads } from './state.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, sam, vic, rita, olaf, zoe } = people
const hour = 60 * 60 * 1000

const live = begin(rules, 'live')

/** Something asked of the lead: a command of the listing or of the publisher names its own id. */
function asked(world: World, by: By, type: string, payload: object = {}): World {
  return ask(world, by, { type, leadId, ...payload })
}

/** What was written, or the code of the refusal. */
function came(world: World): readonly string[] | string {
  const answer = answerOf(world)
  return isRefused(answer) ? answer.refused.code : answer.map(({ type }) => type)
}

function refusalOf(world: World) {
  const answer = answerOf(world)
  if (!isRefused(answer)) throw new Error('Nothing was refused.')
  return answer.refused
}

function writtenBy(world: World): StoredEvent {
  const answer = answerOf(world)
  if (isRefused(answer) || !answer[0]) throw new Error('Nothing was written.')
  return answer[0]
}

const capture = (world: World, payload: object = {}, by: By = 'visitor') =>
  asked(world, by, 'CaptureLead', { listingId, ...enquiry, ...payload })
const captured = capture(wait(live, 60_000))
const ofListing = (world: World, by: By, type: string, payload: object = {}) =>
  ask(world, by, { type, listingId, ...payload })
const ofTeam = (world: World, type: string, payload: object) => ask(world, ada, { type, publisherId, ...payload })
const removed = (world: World, { id }: { id: string }) => ofTeam(world, 'RemoveMember', { actorId: id })
const lost = (world: World, reason = 'They chose another one.') => asked(world, sam, 'MarkLost', { reason })
const contacted = asked(captured, sam, 'MarkContacted')
const delivered = asked(captured, sam, 'MarkDelivered')
const erased = asked(captured, ada, 'EraseLead')
const assigned = asked(captured, ada, 'AssignLead', { assignee: sam.id })

describe('before it is captured', () => {
  it('CaptureLead is for visitors, and says whose the lead is, what they agreed to, and until when to respond', () => {
    const world = capture(wait(live, hour), { consent: { text: 'Yes.', at: '2026-01-05T10:00:00+01:00' } })
    expect(writtenBy(world)).toMatchObject({
      type: 'LeadCaptured',
      data: { listingId, publisherId, consent: { text: 'Yes.', at: '2026-01-05T09:00:00.000Z' } },
      metadata: { actor: { id: 'visitor', role: 'visitor' } },
    })
    expect(world.lead).toMatchObject({ id: leadId, status: 'new', listingId, publisherId, capturedAt: world.now })
  })

  it('what the visitor wrote is sealed for that lead alone, and stands nowhere else', () => {
    const world = capture(live)
    const sealed = { subject: `lead-${leadId}`, box: expect.any(String), mark: expect.any(String) }
    expect(writtenBy(world).data).toMatchObject({ contact: sealed, message: sealed })
    expect(JSON.stringify(world.events)).not.toMatch(/Nora|Northwind|7946|our bank/)
  })

  it('P6 T2 the deadline of the first response is stored in the event, and a later change of the rules moves none', () => {
    const world = capture(live)
    expect(writtenBy(world).data.respondBy).toBe(wait(live, 48 * hour).now)
    const quick = defineMarketplace({ baseUrl: 'https://market.example', firstResponseWithinHours: 4 })
    expect(writtenBy(capture({ ...live, rules: quick })).data.respondBy).toBe(wait(live, 4 * hour).now)
    expect(asked({ ...world, rules: quick }, sam, 'MarkContacted').lead.respondBy).toBe(world.lead.respondBy)
  })

  it('the consent is of now when it does not say when, and never from the future', () => {
    expect(capture(live).lead.consent).toEqual({ ...enquiry.consent, at: live.now })
    const now = { text: 'Yes.', at: live.now }
    expect(capture(live, { consent: now }).lead.consent).toEqual(now)
    const soon = capture(live, { consent: { text: 'Yes.', at: wait(live, 1).now } })
    expect(refusalOf(soon)).toMatchObject({ code: 'consent-in-the-future', now: live.now })
  })

  it('T34 the listing must be live: else the answer is that of an unknown id', () => {
    const nowhere = capture(begin(rules, 'nothing'))
    expect(came(nowhere)).toBe('unknown-listing')
    for (const world of [
      begin(rules, 'draft'),
      begin(rules, 'approved'),
      ofListing(live, ada, 'Withdraw', { reason: 'Retired' }),
      ofListing(live, olaf, 'Suspend', { reason: 'A complaint' }),
    ]) {
      expect(answerOf(capture(world))).toEqual(answerOf(nowhere))
    }
  })

  it('a private listing takes leads through its current link alone; the token is kept with the lead, and no other is', () => {
    const hidden = ofListing(live, ada, 'MakePrivate')
    const { token } = hidden.listing.live as { token: string }
    const renewed = ofListing(hidden, ada, 'RenewPrivateLink')
    expect(writtenBy(capture(hidden, { token })).data.token).toBe(token)
    expect([
      came(capture(hidden)),
      came(capture(hidden, { token: 'another' })),
      came(capture(renewed, { token })),
    ]).toEqual(['unknown-listing', 'unknown-listing', 'unknown-listing'])
    expect(JSON.stringify(capture(live, { token: 'not needed' }).events)).not.toContain('not needed')
  })

  it('T22 a suspended publisher whose listing is live goes on getting leads', () => {
    const suspended = ask(live, olaf, { type: 'SuspendPublisher', publisherId, reason: 'Unpaid fees' })
    expect(came(capture(suspended))).toEqual(['LeadCaptured'])
  })

  it('nobody else captures leads: not the team, not staff, not who is known, not the system', () => {
    expect([ada, rita, zoe, 'system' as const].map((by) => came(capture(live, {}, by)))).toEqual([
      'unknown-listing',
      'not-for-staff',
      'unknown-listing',
      'not-for-the-system',
    ])
    expect([ada, luc, zoe].map((by) => came(capture(captured, {}, by)))).toEqual([
      'role-may-not',
      'unknown-listing',
      'unknown-listing',
    ])
  })

  it('an id that is in use captures nothing', () => {
    expect(came(capture(captured))).toBe('id-taken')
    expect(came(capture(erased))).toBe('id-taken')
  })

  it('T34 and nothing else can be asked of it', () => {
    for (const type of Object.keys(leadAggregate.rows).filter((one) => one !== 'CaptureLead')) {
      const payload = payloads[type] ?? {}
      for (const by of [ada, zoe, 'visitor' as const]) expect(came(asked(live, by, type, payload))).toBe('unknown-lead')
    }
  })
})

const payloads: { readonly [type: string]: object } = {
  AssignLead: { assignee: sam.id },
  RecordResponseOverdue: { respondBy: captured.lead.respondBy },
  MarkLost: { reason: 'Too dear.' },
  AddLeadNote: { text: 'Rang.' },
}

describe('a contact', () => {
  const problems = (value: object) => contact.safeParse(value).error?.issues.map(({ message }) => message)

  it('has a name, and an e-mail address or a telephone number', () => {
    expect(problems({ name: 'Nora West' })).toEqual(['an e-mail address or a telephone number is needed'])
    expect(problems({ name: 'Nora West', email: 'nora@northwind.example' })).toBeUndefined()
    expect(problems({ name: 'Nora West', phone: '+44 20 7946 0000' })).toBeUndefined()
    expect(problems({ name: ' ', phone: '+44 20 7946 0000' })).toHaveLength(1)
  })

  it('has addresses and numbers that can be used, and lines without control characters', () => {
    expect(problems({ name: 'N', email: 'Nora <nora@northwind.example>' })?.[0]).toMatch(
      'an e-mail address is expected',
    )
    expect(problems({ name: 'N', phone: 'call me' })?.[0]).toMatch('a telephone number is expected')
    const phone = '+44 20 7946 0000'
    expect(problems({ name: 'Nora\r\nBcc: all', phone })?.[0]).toMatch('one line is expected')
    expect(problems({ name: 'Nora', company: 'North\twind', phone })?.[0]).toMatch('one line is expected')
    expect(problems({ name: 'Nora', phone, fax: phone })).toHaveLength(1)
  })

  it('is trimmed, and capitals stay', () => {
    expect(contact.parse({ name: ' Zoë d’Aubigné ', email: ' Z@north.example ' })).toEqual({
      name: 'Zoë d’Aubigné',
      email: 'Z@north.example',
    })
  })
})

describe('when it is new', () => {
  it('MarkContacted, MarkPurchased and MarkDelivered are for those who work leads', () => {
    expect(came(contacted)).toEqual(['LeadContacted'])
    expect(contacted.lead.status).toBe('contacted')
    expect(
      [luc, vic, rita, olaf, zoe, 'visitor' as const].map((by) => came(asked(captured, by, 'MarkContacted'))),
    ).toEqual(['unknown-lead', 'role-may-not', 'not-for-staff', 'not-for-staff', 'unknown-lead', 'unknown-lead'])
  })

  it('steps may be skipped', () => {
    expect(asked(captured, sam, 'MarkPurchased').lead.status).toBe('purchased')
    expect(came(delivered)).toEqual(['LeadDelivered'])
    expect(came(asked(contacted, sam, 'MarkDelivered'))).toEqual(['LeadDelivered'])
  })

  it('AssignLead is to a member with a right to leads', () => {
    expect(writtenBy(assigned)).toMatchObject({ type: 'LeadAssigned', data: { assignee: sam.id } })
    expect(assigned.lead.assignee).toBe(sam.id)
    expect(came(asked(assigned, sam, 'AssignLead', { assignee: ada.id }))).toEqual(['LeadAssigned'])
    expect(refusalOf(asked(captured, ada, 'AssignLead', { assignee: luc.id }))).toMatchObject({
      code: 'assignee-may-not',
      role: 'lister',
    })
    expect(came(asked(captured, ada, 'AssignLead', { assignee: vic.id }))).toBe('assignee-may-not')
    expect(came(asked(captured, ada, 'AssignLead', { assignee: zoe.id }))).toBe('unknown-member')
    expect(came(asked(captured, ada, 'AssignLead', { assignee: '__proto__' }))).toBe('unknown-member')
  })

  it('T33 assigning to whom it is assigned already, and unassigning what nobody has, writes nothing', () => {
    expect(came(asked(assigned, ada, 'AssignLead', { assignee: sam.id }))).toEqual([])
    expect(came(asked(captured, ada, 'UnassignLead'))).toEqual([])
  })

  it('UnassignLead takes it from whoever has it, or from nobody but the one who is named', () => {
    const free = asked(assigned, sam, 'UnassignLead')
    expect(writtenBy(free)).toMatchObject({ type: 'LeadUnassigned', data: { assignee: sam.id } })
    expect(free.lead).not.toHaveProperty('assignee')
    expect(came(asked(assigned, ada, 'UnassignLead', { assignee: sam.id }))).toEqual(['LeadUnassigned'])
    expect(came(asked(assigned, ada, 'UnassignLead', { assignee: ada.id }))).toEqual([])
  })

  it('AddLeadNote adds an entry each time, sealed, with who wrote it and when', () => {
    const once = asked(captured, sam, 'AddLeadNote', { text: 'Rang twice.' })
    const twice = asked(wait(once, hour), ada, 'AddLeadNote', { text: 'Rang twice.' })
    expect(twice.lead.notes.map(({ by, at }) => [by.name, at])).toEqual([
      ['Sam Ortiz', once.now],
      ['Ada Marsh', twice.now],
    ])
    expect(new Set(twice.lead.notes.map(({ noteId }) => noteId)).size).toBe(2)
    expect(twice.lead.notes.map(({ text }) => text.subject)).toEqual([`lead-${leadId}`, `lead-${leadId}`])
    expect(JSON.stringify(twice.events)).not.toContain('Rang')
    expect(came(asked(captured, vic, 'AddLeadNote', { text: 'Hello' }))).toBe('role-may-not')
  })
})

describe('when it has come some way', () => {
  it('T33 marking what it is already writes nothing', () => {
    expect(came(asked(contacted, ada, 'MarkContacted'))).toEqual([])
    expect(came(asked(delivered, ada, 'MarkDelivered'))).toEqual([])
  })

  it('it never goes back: the refusal says how far it is', () => {
    expect(refusalOf(asked(delivered, sam, 'MarkContacted'))).toMatchObject({ code: 'never-back', status: 'delivered' })
    expect(refusalOf(asked(delivered, sam, 'MarkPurchased'))).toMatchObject({ code: 'never-back', status: 'delivered' })
    const purchased = asked(contacted, sam, 'MarkPurchased')
    expect(refusalOf(asked(purchased, sam, 'MarkContacted')).message).toBe(
      'The lead is purchased already, and a lead never goes back.',
    )
  })

  it('nextActions says the same of the step that it is at', () => {
    const next = nextActions(leadAggregate, contacted.lead, leadFactsFor(contacted, sam))
    const refused = Object.fromEntries(next.map((one) => [one.command, one.refused?.code]))
    expect(refused).toMatchObject({
      MarkContacted: 'never-back',
      ReopenLead: 'not-from-here',
      EraseLead: 'role-may-not',
    })
    expect([refused.MarkPurchased, refused.MarkLost, refused.AddLeadNote]).toEqual([undefined, undefined, undefined])
  })

  it('MarkLost is from new, contacted and purchased; what was delivered is not lost', () => {
    for (const world of [captured, contacted, asked(contacted, sam, 'MarkPurchased')]) {
      expect(came(lost(world))).toEqual(['LeadLost'])
    }
    expect(refusalOf(lost(delivered))).toMatchObject({
      code: 'not-from-here',
      allowedFrom: { status: ['new', 'contacted', 'purchased'] },
    })
  })
})

describe('when it is lost', () => {
  it('ReopenLead brings back the status from before', () => {
    for (const world of [captured, contacted, asked(captured, sam, 'MarkPurchased')]) {
      const reopened = asked(lost(world), sam, 'ReopenLead')
      expect(came(reopened)).toEqual(['LeadReopened'])
      expect(reopened.lead.status).toBe(world.lead.status)
      expect(reopened.lead).not.toHaveProperty('loss')
    }
    expect(came(asked(captured, sam, 'ReopenLead'))).toBe('not-from-here')
  })

  it('T33 the same loss writes nothing; for another reason it is refused; no step is taken', () => {
    const world = lost(captured)
    expect(world.lead.loss).toEqual({ from: 'new', reason: expect.objectContaining({ subject: `lead-${leadId}` }) })
    expect(came(lost(world))).toEqual([])
    expect(came(lost(world, 'Too dear.'))).toBe('not-from-here')
    expect(came(asked(world, sam, 'MarkContacted'))).toBe('not-from-here')
  })

  it('it can still be assigned, and noted on', () => {
    expect(came(asked(lost(captured), ada, 'AssignLead', { assignee: sam.id }))).toEqual(['LeadAssigned'])
    expect(came(asked(lost(captured), ada, 'AddLeadNote', { text: 'Ask again in May.' }))).toEqual(['LeadNoteAdded'])
  })
})

describe('P6 the first response', () => {
  const { respondBy } = captured.lead
  const late = wait(captured, 48 * hour + 1)
  const overdue = (world: World, by: By = 'system', at = respondBy) =>
    asked(world, by, 'RecordResponseOverdue', { respondBy: at })

  it('P6 is overdue one millisecond after respondBy, and not before', () => {
    expect(refusalOf(overdue(wait(captured, 48 * hour)))).toMatchObject({ code: 'not-due', until: respondBy })
    expect(writtenBy(overdue(late))).toMatchObject({
      type: 'FirstResponseOverdue',
      data: { respondBy },
      metadata: { actor: { role: 'system' } },
    })
    expect(came(overdue(late, ada))).toBe('role-may-not')
  })

  it('P6 is noted once a lead, for the deadline that it has', () => {
    expect(came(overdue(overdue(late)))).toEqual([])
    expect(came(overdue(overdue(late), 'system', '2026-01-01T00:00:00.000Z'))).toBe('no-response-awaited')
    expect(came(overdue(late, 'system', '2026-01-01T00:00:00.000Z'))).toBe('deadline-moved')
  })

  it('P6 is not overdue of what was contacted, lost or erased', () => {
    for (const world of [contacted, lost(captured), erased]) {
      expect(came(overdue({ ...world, now: late.now }))).toBe('not-from-here')
    }
  })

  it('P6 reopened to new it is not asked for again', () => {
    const noted = asked(lost(overdue(late)), sam, 'ReopenLead')
    expect([noted.lead.status, noted.lead.firstResponse]).toEqual(['new', 'overdue'])
    expect(came(overdue(noted))).toEqual([])
    const given = asked(lost(captured), sam, 'ReopenLead')
    expect([given.lead.status, given.lead.firstResponse]).toEqual(['new', 'given'])
    expect(came(overdue({ ...given, now: late.now }))).toBe('no-response-awaited')
  })

  it('P6 that it was overdue stays known when the lead goes on', () => {
    expect(asked(overdue(late), sam, 'MarkContacted').lead).toMatchObject({
      status: 'contacted',
      firstResponse: 'overdue',
    })
    expect(contacted.lead.firstResponse).toBe('given')
  })
})

describe('P7 a member who has left', () => {
  const unassign = (world: World) => asked(world, 'system', 'UnassignLead', { assignee: sam.id })

  it('P7 the system unassigns the leads of nobody who is on the team', () => {
    expect(refusalOf(unassign(assigned))).toMatchObject({ code: 'assignee-still-member' })
    expect(came(asked(assigned, 'system', 'UnassignLead'))).toBe('assignee-still-member')
  })

  it('P7 a removed member has the lead until it is unassigned', () => {
    const gone = removed(assigned, sam)
    expect(gone.lead.assignee).toBe(sam.id)
    expect(came(unassign(gone))).toEqual(['LeadUnassigned'])
    expect(came(unassign(unassign(gone)))).toEqual([])
  })

  it('P7 who joined again before keeps the lead, in whatever role', () => {
    for (const role of ['sales', 'viewer']) {
      const back = ofTeam(removed(assigned, sam), 'AddMember', { actorId: sam.id, name: sam.name, role })
      expect(came(unassign(back))).toBe('assignee-still-member')
    }
  })

  it('P7 a lead that somebody else has by then stays theirs', () => {
    const others = asked(removed(assigned, sam), ada, 'AssignLead', { assignee: ada.id })
    expect(came(unassign(others))).toBe('assignee-still-member')
    expect(came(unassign(asked(removed(assigned, sam), ada, 'UnassignLead')))).toEqual([])
  })
})

describe('when it is erased', () => {
  const full = lost(asked(assigned, sam, 'AddLeadNote', { text: 'Rang twice.' }))
  const gone = asked(full, olaf, 'EraseLead')

  it('EraseLead is for administrators of the publisher and for operators', () => {
    expect(came(erased)).toEqual(['LeadErased'])
    expect(came(gone)).toEqual(['LeadErased'])
    expect([sam, vic, luc, rita, zoe, 'visitor' as const].map((by) => came(asked(captured, by, 'EraseLead')))).toEqual([
      'role-may-not',
      'role-may-not',
      'unknown-lead',
      'not-for-staff',
      'unknown-lead',
      'unknown-lead',
    ])
    expect(came(asked(delivered, ada, 'EraseLead'))).toEqual(['LeadErased'])
  })

  it('the state holds nothing personal, and the event names whose key is destroyed', () => {
    const kept = { id: leadId, status: 'erased', listingId, publisherId, notes: [] } satisfies Partial<Lead>
    expect(gone.lead).toMatchObject(kept)
    for (const field of ['contact', 'message', 'loss', 'assignee']) expect(gone.lead).not.toHaveProperty(field)
    expect(leadAggregate.events.LeadErased?.erases?.(writtenBy(gone))).toEqual([`lead-${leadId}`])
  })

  it('nothing is allowed any more; T33 erasing it again writes nothing', () => {
    expect(came(asked(gone, ada, 'EraseLead'))).toEqual([])
    const others = ['AssignLead', 'UnassignLead', 'MarkContacted', 'MarkPurchased', 'MarkDelivered'].concat([
      'MarkLost',
      'ReopenLead',
      'AddLeadNote',
    ])
    for (const type of others) {
      expect([type, came(asked(gone, ada, type, payloads[type]))]).toEqual([type, 'not-from-here'])
    }
  })

  it('T27 an operator on the team does not erase it as staff, whatever they are there', () => {
    const onTeam = (role: string) => ofTeam(captured, 'AddMember', { actorId: olaf.id, name: olaf.name, role })
    expect(came(asked(onTeam('sales'), olaf, 'EraseLead'))).toBe('conflict-of-interest')
    expect(came(asked(onTeam('lister'), olaf, 'EraseLead'))).toBe('unknown-lead')
    expect(came(asked(onTeam('administrator'), olaf, 'EraseLead'))).toEqual(['LeadErased'])
  })
})

describe('a refusal', () => {
  const { respondBy } = captured.lead
  const overdue = (world: World, at = respondBy) => asked(world, 'system', 'RecordResponseOverdue', { respondBy: at })
  const late = wait(captured, 48 * hour + 1)
  const tomorrow = wait(live, 24 * hour).now

  it.each([
    [
      capture(live, { consent: { text: 'Yes.', at: tomorrow } }),
      `The consent is said to be of ${tomorrow}; it is ${live.now}.`,
      { now: live.now },
    ],
    [asked(captured, ada, 'AssignLead', { assignee: zoe.id }), 'Nobody with this id is on the team.', {}],
    [
      asked(captured, ada, 'AssignLead', { assignee: luc.id }),
      'Leads are worked by administrators and sales people; Luc Moreau is a lister.',
      { role: 'lister' },
    ],
    [
      asked(assigned, 'system', 'UnassignLead', { assignee: sam.id }),
      'Sam Ortiz is on the team, and keeps the lead.',
      {},
    ],
    [
      asked(delivered, sam, 'MarkContacted'),
      'The lead is delivered already, and a lead never goes back.',
      { status: 'delivered' },
    ],
    [overdue(captured), `The first response is not overdue: there is time until ${respondBy}.`, { until: respondBy }],
    [overdue(late, '2026-01-01T00:00:00.000Z'), `The first response was due by ${respondBy}.`, { until: respondBy }],
    [
      overdue(asked(lost(captured), sam, 'ReopenLead')),
      'A first response is not awaited any more: it was given, or noted as overdue.',
      {},
    ],
  ])('says why, and what can be done on it (%#)', (world, message, facts) => {
    const { code, ...said } = refusalOf(world)
    expect(code).toMatch(/^[a-z-]+$/)
    expect(said).toMatchObject({ message, ...facts })
  })
})

describe('who reads what is personal in it', () => {
  it('administrators and sales people; nobody else on the team, and no staff', () => {
    const member = { actorId: 'u', staff: false, member: true }
    expect(
      (['administrator', 'sales', 'viewer', 'lister'] as const).map((role) => opensLeads({ ...member, role })),
    ).toEqual([true, true, false, false])
    expect(opensLeads({ actorId: 'u', staff: true, member: false })).toBe(false)
    expect(opensLeads({ actorId: 'u', staff: true, member: true, role: 'sales' })).toBe(true)
  })

  it('T34 the roles of the team that see leads at all are all but listers', () => {
    expect(leadAggregate.seenBy).toEqual(['administrator', 'sales', 'viewer'])
  })
})

describe('a history that the rows cannot have decided', () => {
  const at = (type: string, data: object = {}) =>
    ({ type, data, stream: `lead-${leadId}`, metadata: {} }) as StoredEvent

  it('is not folded', () => {
    const { evolve } = leadAggregate.decider
    for (const [world, type, what] of [
      [captured, 'LeadReopened', 'no loss'],
      [erased, 'LeadLost', 'the status erased'],
      [lost(captured), 'LeadLost', 'the status lost'],
    ] as const) {
      const message = `The history of lead ${leadId} does not fit: it has ${what} here.`
      const fault = { code: 'impossible-history', message, stream: `lead-${leadId}` }
      expect(() => evolve(structuredClone(world.lead), at(type))).toThrow(expect.objectContaining(fault))
    }
    expect(() => evolve(structuredClone(captured.lead), at('LeadMoved'))).toThrow(
      'of a shape that this code does not know',
    )
  })
})

describe('a lead before its first event', () => {
  it('says nothing, and awaits a first response', () => {
    expect(leadAggregate.decider.initial()).toEqual({
      id: '',
      status: 'none',
      listingId: '',
      publisherId: '',
      consent: { text: '', at: '' },
      capturedAt: '',
      respondBy: '',
      firstResponse: 'awaited',
      notes: [],
    })
  })

  it('is not folded on: there is nothing to be lost', () => {
    const { initial, evolve } = leadAggregate.decider
    const loss = { ...writtenBy(contacted), type: 'LeadLost', data: {} } as StoredEvent
    expect(() => evolve(initial(), loss as never)).toThrow('it has the status none here')
  })
})

describe('what a lead holds', () => {
  it('is personal in the contact, the message, the notes and the loss', () => {
    expect(leadAggregate.personal?.fields).toEqual(['contact', 'message', 'notes', 'loss'])
  })

  it('has no blanks around it', () => {
    const called = { name: ' Jane Doe ', email: ' jane@example.com ', phone: ' +44 20 7946 0000 ' }
    const plain = { name: 'Jane Doe', email: 'jane@example.com', phone: '+44 20 7946 0000' }
    expect(contact.parse(called)).toEqual(plain)
    const noted: unknown[] = []
    const command = leadAggregate.rows.MarkLost!.command.parse({ type: 'MarkLost', leadId, reason: ' Too dear. ' })
    sealPersonal(command, (plain) => {
      noted.push(plain)
      return { subject: '', box: '', mark: '' }
    })
    expect(noted).toEqual(['Too dear.'])
  })

  it('is no token, where the listing is public and the visitor brings one all the same', () => {
    expect(writtenBy(capture(live, { token: 'guessed' })).data).not.toHaveProperty('token')
  })

  it('T33 is a purchase once', () => {
    const bought = asked(captured, sam, 'MarkPurchased')
    expect([came(bought), came(asked(bought, sam, 'MarkPurchased'))]).toEqual([['LeadPurchased'], []])
  })

  it('is erased by administrators and operators, and the refusal says so', () => {
    const { message } = refusalOf(asked(captured, rita, 'EraseLead'))
    expect(message).toBe(`EraseLead is for administrators of the publisher, operators; ${rita.name} is a reviewer.`)
  })
})
