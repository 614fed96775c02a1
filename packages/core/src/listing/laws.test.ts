import {
  type AnyCommand,
  decideBy,
  defineMarketplace,
  dueCommands,
  firstResponseOverdue,
  fold,
  isRefused,
  type Lead,
  type Listing,
  leadAggregate,
  listingAggregate,
  memberRoles,
  type NextAction,
  nextActions,
  publisherAggregate,
  type StoredEvent,
  standingOf,
  step,
} from '@vitrine/core'
import {
  type Asked,
  aggregateOf,
  answerOf,
  ask,
  type By,
  enquiry,
  factsFor,
  leadFactsFor,
  livedWorlds,
  movesFor,
  payloadsFor,
  people,
  publisherId,
  secretOf,
  staffOf,
  type World,
} from '@vitrine/testing'
import * as fc from 'fast-check'
import { freeze } from 'immer'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const worlds = livedWorlds(rules)
const runs = { numRuns: 150 }
const nobody = ['visitor', 'system'] as const

describe('over random histories', { timeout: 120_000 }, () => {
  it('T33 asking twice writes once, except where a command adds an entry', () => {
    const adds = new Set([
      'AskQuestion',
      'SuggestChanges',
      'RequestEvidence',
      'ProvideEvidence',
      'RenewPrivateLink',
      'AddLeadNote',
      'InviteMember',
      'SetNotificationAddress',
      'AddEndpoint',
      'RotateEndpointSecret',
    ])
    fc.assert(
      fc.property(worlds, fc.nat(), (world, pick) => {
        const move = movesFor(world)[pick % movesFor(world).length]!
        const once = ask(world, move.by, move.command)
        const first = answerOf(once)
        if (isRefused(first) || first.length === 0 || adds.has(move.command.type)) return
        const second = answerOf(ask(once, move.by, move.command))
        expect(isRefused(second) || second.length === 0).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it('D26 what commandOf gives, decided again with the facts of then, gives the same events', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const asked of world.asked) {
          if (isRefused(asked.answer) || asked.answer.length === 0) continue
          expect(decidedAgain(asked, asked.answer)).toEqual(asked.answer.map(({ type, data }) => ({ type, data })))
        }
      }),
      runs,
    )
  })

  it('what nextActions refuses, decide refuses with the same code or answers without events', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...Object.values(people), ...nobody), (world, by) => {
        // Of what was never created only Create may be asked, and that names its publisher itself.
        if (world.listing.publisherId === '') return
        const refusals = new Map(nextIn(world, by).map((one) => [one.command, one.refused?.code]))
        for (const command of payloadsFor(world)) {
          const code = refusals.get(command.type)
          if (code === undefined) continue
          const answer = answerOf(ask(world, by, command))
          expect(isRefused(answer) ? [answer.refused.code, 'content-invalid', 'unknown-kind'] : answer).toSatisfy(
            (one: unknown[]) => one.length === 0 || one.includes(code),
          )
        }
      }),
      { numRuns: 150 },
    )
  })

  it('what nextActions allows, some payload gets through', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(people.ada, people.olaf, people.rita, ...nobody), (world, by) => {
        const payloads = [...payloadsFor(world), ...teamPayloads(world)]
        for (const { command } of nextIn(world, by).filter((one) => !one.refused)) {
          // Whoever is not on the team may hold a secret: whether there is an invitation is not for them to know.
          if (command === 'AcceptInvitation' && !hasOpenInvitation(world)) continue
          const answers = payloads
            .filter(({ type }) => type === command)
            .map((payload) => answerOf(ask(world, by, payload)))
          expect(answers.some((answer) => !isRefused(answer)) ? command : `${command} never gets through`).toBe(command)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('T29 what time asks for on a deadline is written: no sweep is refused', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { id, working } = world.listing
        if (working.status !== 'approved') return
        const deadline = { listingId: id, submissionId: working.submission.id, ...working.approval }
        for (const pause of [0, 29.5, 30, 46, 53, 59, 60].map((days) => days * 24 * 60 * 60 * 1000)) {
          const later = { ...world, now: new Date(Date.parse(working.approval.publishBy) - pause).toISOString() }
          if (later.now < world.now) continue
          for (const { command } of dueCommands(deadline, rules, later.now)) {
            expect(answerOf(ask(later, 'system', command))).toHaveLength(1)
          }
        }
      }),
      runs,
    )
  })

  it('P6 what time asks for on a lead is written, once: no sweep is refused', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(-1, 0, 1, 60_000), (world, pause) => {
        const { id: leadId, status, respondBy, firstResponse } = world.lead
        if (status === 'none' || status === 'erased' || firstResponse !== 'awaited') return
        const now = new Date(Math.max(Date.parse(world.now), Date.parse(respondBy) + pause)).toISOString()
        const due = firstResponseOverdue({ leadId, responseDueBy: respondBy }, now)
        expect(due).toHaveLength(Number(now > respondBy))
        for (const { command } of due) {
          const swept = ask({ ...world, now }, 'system', command)
          expect(answerOf(swept)).toHaveLength(1)
          expect(answerOf(ask(swept, 'system', command))).toEqual([])
        }
      }),
      runs,
    )
  })

  it('D12 every history that decide can produce folds, and folding a prefix then the rest equals folding all', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, cut) => {
        const events = world.events.filter(({ stream }) => stream.startsWith('listing-'))
        const at = events.length === 0 ? 0 : cut % (events.length + 1)
        const { decider } = listingAggregate
        const prefix = fold(decider, events.slice(0, at))
        expect(fold(decider, events.slice(at), prefix)).toEqual(fold(decider, events))
      }),
      runs,
    )
  })

  it('both ways of folding agree, and neither changes the events', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const before = JSON.stringify(world.events)
        for (const [prefix, aggregate] of [
          ['listing-', listingAggregate],
          ['publisher-', publisherAggregate],
          ['lead-', leadAggregate],
        ] as const) {
          const events = world.events.filter(({ stream }) => stream.startsWith(prefix))
          const owned = fold<unknown, StoredEvent>(aggregate.decider, events)
          const stepped = events.reduce(
            (state: unknown, event) => step<unknown, StoredEvent>(aggregate.decider, state, event),
            aggregate.decider.initial(),
          )
          expect(stepped).toEqual(owned)
        }
        expect(JSON.stringify(world.events)).toBe(before)
      }),
      runs,
    )
  })

  it('D17 an event that is folded into a copy of its own gives the next state and leaves the one before as it was', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { decider } = listingAggregate
        const events = world.events.filter(({ stream }) => stream.startsWith('listing-'))
        let state = decider.initial()
        for (const event of events) {
          const wanted = step(decider, state, event)
          // Frozen through and through: a change of what the copy shares throws.
          const next = decider.ownCopy!(freeze(structuredClone(state), true))
          decider.evolve(next, event)
          expect(next).toEqual(wanted)
          state = next
        }
      }),
      runs,
    )
  })

  it('D13 the working and the live revision move only along the table of transitions', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const events = world.events.filter(({ stream }) => stream.startsWith('listing-'))
        let state: Listing = listingAggregate.decider.initial()
        for (const event of events) {
          const next = step(listingAggregate.decider, state, event)
          expect(movesAllowed(state, event.type, next)).toBe(true)
          state = next
        }
      }),
      runs,
    )
  })

  it('D13 a lead moves only along its table, and back from a loss to where it was', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const events = world.events.filter(({ stream }) => stream.startsWith('lead-'))
        let lead: Lead = leadAggregate.decider.initial()
        for (const event of events) {
          const next = step(leadAggregate.decider, lead, event)
          expect(fits(leadTable[event.type], lead.status, next.status)).toBe(true)
          if (event.type === 'LeadReopened') expect(next.status).toBe(lead.loss?.from)
          lead = next
        }
      }),
      runs,
    )
  })

  it('T34 to a lister and to who left the team every lead is an unknown one', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...Object.values(people)), (world, by) => {
        const { member } = factsFor(world, by).asker
        if (member !== 'lister' && (member !== undefined || staffOf(by.id) !== undefined)) return
        for (const command of payloadsFor(world).filter(({ type }) => type in leadAggregate.rows)) {
          const answer = answerOf(ask(world, by, command))
          expect(answer).toMatchObject({ refused: { code: expect.stringMatching(/^unknown-(lead|listing)$/) } })
        }
      }),
      runs,
    )
  })

  it('no event and no state holds in plain words what is personal, and nothing of it once the lead is erased', () => {
    fc.assert(
      fc.property(worlds, ({ events, lead, publisher, listing }) => {
        const { contact, message } = enquiry
        const held = JSON.stringify([events, lead, publisher, listing])
        for (const words of [contact.name, contact.email, contact.phone, message, 'chose another', 'Rang twice'])
          expect(held).not.toContain(words)
        for (const words of ['@home.example', '@marsh.example']) expect(held).not.toContain(words)
        const ofPublisher = JSON.stringify([
          events.filter(({ stream }) => stream === `publisher-${publisherId}`),
          publisher,
        ])
        for (const { data } of events)
          if (typeof data.invitationId === 'string') expect(ofPublisher).not.toContain(secretOf(data.invitationId))
        if (lead.status === 'erased') expect(JSON.stringify(lead)).not.toContain('"box"')
      }),
      runs,
    )
  })

  it('every event that is decided fits the schema under which it is stored', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const { type, data } of world.events) {
          const definition = { ...listingAggregate.events, ...publisherAggregate.events, ...leadAggregate.events }[type]
          expect(definition?.data.parse(data)).toEqual(data)
        }
      }),
      runs,
    )
  })

  it('T34 a stranger gets the answer of an unknown id, whatever the state', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const command of payloadsFor(world).filter(({ type }) => type !== 'Register')) {
          const asked = command.type === 'AcceptInvitation' ? { ...command, secret: 'a wrong one' } : command
          const answer = answerOf(ask(world, { id: 'u-nobody', name: 'Nobody Known' }, asked))
          const unknown = /^unknown-(listing|publisher|kind|lead|invitation)$/
          expect(isRefused(answer) ? answer.refused.code : answer).toMatch(unknown)
        }
      }),
      { numRuns: 150 },
    )
  })
})

/** What may be asked next, of the listing, of its publisher and of the lead. */
function nextIn(world: World, by: By): readonly NextAction[] {
  const facts = factsFor(world, by)
  return [
    ...nextActions(listingAggregate, world.listing, facts),
    ...nextActions(publisherAggregate, world.publisher, facts),
    ...nextActions(leadAggregate, world.lead, leadFactsFor(world, by)),
  ]
}

function hasOpenInvitation({ publisher, now }: World): boolean {
  return Object.values(publisher.invitations).some(({ until }) => now <= until)
}

function teamPayloads({ publisher }: World): readonly AnyCommand[] {
  const ofMembers = Object.keys(publisher.members).flatMap((actorId) => [
    { type: 'RemoveMember', publisherId, actorId },
    ...memberRoles.map((role) => ({ type: 'ChangeRole', publisherId, actorId, role })),
  ])
  return [...ofMembers, { type: 'AddMember', publisherId, actorId: 'u-new', name: 'Nell Newly', role: 'viewer' }]
}

/** Working transitions of the domain page, written down apart from the code: event → from which to which status. */
const workingTable: { readonly [event: string]: readonly (readonly [string, string])[] } = {
  Created: [['nothing', 'draft']],
  RevisionStarted: [['none', 'draft']],
  Submitted: [
    ['draft', 'submitted'],
    ['rejected', 'submitted'],
  ],
  ReviewStarted: [['submitted', 'inReview']],
  Rejected: [
    ['submitted', 'rejected'],
    ['inReview', 'rejected'],
  ],
  SubmissionRecalled: [
    ['submitted', 'draft'],
    ['inReview', 'draft'],
  ],
  Approved: [
    ['submitted', 'approved'],
    ['inReview', 'approved'],
  ],
  Published: [['approved', 'none']],
  AutoRejected: [['approved', 'rejected']],
  ...Object.fromEntries(
    ['Revised', 'VanityUrlClaimed', 'VanityUrlReleased'].map((type) => [
      type,
      [
        ['draft', 'draft'],
        ['rejected', 'draft'],
        ['approved', 'draft'],
      ],
    ]),
  ),
  RevisionDiscarded: [
    ['draft', 'none'],
    ['rejected', 'none'],
  ],
  Deleted: [['draft', 'nothing']],
}

const liveTable: { readonly [event: string]: readonly (readonly [string, string])[] } = {
  Published: ['none', 'public', 'private'].flatMap((from) => [
    [from, 'public'],
    [from, 'private'],
  ]) as [string, string][],
  Republished: ['none', 'public', 'private'].flatMap((from) => [
    [from, 'public'],
    [from, 'private'],
  ]) as [string, string][],
  Withdrawn: ['public', 'private', 'suspended'].map((from) => [from, 'none'] as const),
  MadePrivate: [['public', 'private']],
  MadePublic: [['private', 'public']],
  PrivateLinkRenewed: [['private', 'private']],
  Suspended: [
    ['public', 'suspended'],
    ['private', 'suspended'],
  ],
  Reinstated: [
    ['suspended', 'public'],
    ['suspended', 'private'],
  ],
}

/** Status transitions of a lead, as the domain page has them. */
const leadTable: { readonly [event: string]: readonly (readonly [string, string])[] } = {
  LeadCaptured: [['none', 'new']],
  LeadContacted: [['new', 'contacted']],
  LeadPurchased: ['new', 'contacted'].map((from) => [from, 'purchased'] as const),
  LeadDelivered: ['new', 'contacted', 'purchased'].map((from) => [from, 'delivered'] as const),
  LeadLost: ['new', 'contacted', 'purchased'].map((from) => [from, 'lost'] as const),
  LeadReopened: ['new', 'contacted', 'purchased'].map((to) => ['lost', to] as const),
  LeadErased: ['new', 'contacted', 'purchased', 'delivered', 'lost'].map((from) => [from, 'erased'] as const),
}

function movesAllowed(before: Listing, type: string, after: Listing): boolean {
  const was = standingOf(before) ?? { working: 'nothing', live: 'none' }
  const is = standingOf(after) ?? { working: 'nothing', live: 'none' }
  return fits(workingTable[type], was.working, is.working) && fits(liveTable[type], was.live, is.live)
}

function fits(moves: readonly (readonly [string, string])[] | undefined, from: string, to: string): boolean {
  return moves ? moves.some(([before, after]) => before === from && after === to) : from === to
}

function decidedAgain({ command, before, facts }: Asked, answer: readonly StoredEvent[]): unknown {
  const aggregate = aggregateOf(command) as typeof listingAggregate
  const row = aggregate.rows[command.type]!
  const again = row.commandOf(answer as never, before as Listing)
  const made = { ...facts.made, ...again.made }
  const question = { command: again.command as AnyCommand, state: before as Listing, facts: { ...facts, made } }
  return decideBy(aggregate, row, question)
}
