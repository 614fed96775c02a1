import {
  type EventDefinition,
  type JsonObject,
  knownEvents,
  type MessageKind,
  messageKindNames,
  messageKinds,
  messageRowOf,
  messageRows,
  messageTypes,
  readsListings,
  type StoredEvent,
} from '@vitrine/core'
import { begin, livedWorlds, people } from '@vitrine/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Telling, tellings } from '../../test/tellings.js'
import { type Act, approve, play, publish, rules } from '../../test/told.js'
import { isStaffRole } from '../actor.js'

const { rita, olaf } = people
const worlds = livedWorlds(rules)
const reasons: { readonly [type: string]: object } = { HoldReview: { reason: 'For us.' } }
const definitions: { readonly [type: string]: EventDefinition } = knownEvents
const runs = { numRuns: 60 }

describe('the table of messages', () => {
  it('P8 has a row for every kind, on events that there are', () => {
    expect(new Set(messageRows.map(({ kind }) => kind))).toEqual(new Set(messageKindNames))
    expect(Object.keys(knownEvents)).toEqual(expect.arrayContaining([...messageTypes]))
  })

  it('P8 has one row for an event and a kind, which is found by both', () => {
    for (const row of messageRows) expect(messageRowOf(row.on, row.kind)).toBe(row)
    expect(messageRowOf('Published', 'rejected')).toBeUndefined()
  })

  it('P4 the listings of the publisher are needed when a right of its is revoked, and for nothing else', () => {
    expect(messageTypes.filter(readsListings)).toEqual(['AutoPublishRevoked'])
  })
})

describe('T30 in a history with every text that is for staff alone', () => {
  const review = ['StartReview', 'HoldReview', 'ResumeReview'].map((type): Act => [rita, type, reasons[type] ?? {}])
  const verdicts = ['failed', 'waived', 'passed'].map(
    (verdict): Act => [rita, 'RecordCheck', { check: 'content', verdict, note: 'For us.' }],
  )
  const extended: Act = [olaf, 'ExtendDeadline', { until: '2027-01-01T00:00:00.000Z', reason: 'For us.' }]
  const { events } = [...review, ...verdicts, approve, extended, publish()].reduce(play, begin(rules, 'submitted'))
  const marked = events.map(withMarks)

  it('each stands in the log', () => {
    const holding = marked.filter(({ data }) => JSON.stringify(data).includes('SECRET')).map(({ type }) => type)
    const kept = Object.entries(definitions).filter(([, { operatorOnly }]) => operatorOnly.length > 0)
    expect(new Set(holding)).toEqual(new Set(kept.map(([type]) => type)))
  })

  it('none stands in a message to the publisher', () => {
    const told = tellings({ events: marked, rules }).filter(isForPublisher)
    expect(told.map(({ draft }) => draft.kind)).toEqual(['publish-before', 'published'])
    expect(JSON.stringify(told)).not.toContain('For us')
    expect(JSON.stringify(told.map(({ facts }) => facts))).not.toContain('SECRET')
  })
})

describe('over random histories', { timeout: 120_000 }, () => {
  it('P8 every message has its reason in the log, and goes to the audience of its kind', () => {
    fc.assert(
      fc.property(worlds, ({ events }) => {
        for (const { event, draft } of tellings({ events, rules })) {
          expect(messageRowOf(event.type, draft.kind)).toBeDefined()
          const { to } = messageKinds[draft.kind as MessageKind]
          expect(draft.to.are).toBe({ reviewer: 'recipients', invitee: 'recipients' }[to as string] ?? to)
        }
      }),
      runs,
    )
  })

  it('P8 as many as the log alone says: one for each event of the table', () => {
    fc.assert(
      fc.property(worlds, ({ events }) => {
        expect(tellings({ events, rules }).map(({ draft }) => draft.kind)).toEqual(expectedKinds(events))
      }),
      runs,
    )
  })

  it('P8 the same event and state give the same messages, under keys that no event uses twice', () => {
    fc.assert(
      fc.property(worlds, ({ events }) => {
        const once = tellings({ events, rules }).map(({ draft }) => draft)
        expect(tellings({ events, rules }).map(({ draft }) => draft)).toEqual(once)
        const keys = tellings({ events, rules }).map(({ event, draft }) => `${event.id} ${draft.key}`)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      runs,
    )
  })

  it('P8 what came later changes no message that was asked for', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ({ events }, cut) => {
        const early = events.slice(0, cut % (events.length + 1))
        const then = tellings({ events: early, rules }).map(({ draft }) => draft)
        const now = tellings({ events, rules }).map(({ draft }) => draft)
        expect(now.slice(0, then.length)).toEqual(then)
      }),
      runs,
    )
  })

  it('P8 an approval is told once: to be published before a date, or approved and live', () => {
    fc.assert(
      fc.property(worlds, ({ events }) => {
        const told = tellings({ events, rules })
        for (const [approved, next] of spans(events, 'Approved')) {
          const decisions = told.filter(
            ({ event, draft }) =>
              event.position >= approved && event.position < next && tellsApproval.includes(draft.kind),
          )
          expect(decisions.length).toBeLessThanOrEqual(1)
        }
      }),
      runs,
    )
  })

  it('T30 no message to a publisher holds what is for staff alone, or who of the staff it was', () => {
    fc.assert(
      fc.property(worlds, ({ events }) => {
        const marked = events.map(withMarks)
        const told = tellings({ events: marked, rules, open: ({ box }) => box }).filter(isForPublisher)
        expect(JSON.stringify(told.map(({ facts }) => facts))).not.toContain('SECRET')
      }),
      { numRuns: 150 },
    )
  })

  it('B21 what is sealed is told in the message that it is for, and in no other: leads to who works them, secrets to invitees', () => {
    fc.assert(
      fc.property(worlds, ({ events }) => {
        for (const { draft, facts } of tellings({ events, rules, open: ({ subject }) => `opened ${subject}` }))
          expect(openedIn(facts)).toEqual(opens[draft.kind] ?? [])
      }),
      runs,
    )
  })
})

const opens: { readonly [kind: string]: readonly string[] } = {
  'lead-captured': ['lead', 'lead'],
  invitation: ['invitation'],
}
const tellsApproval = ['publish-before', 'approved-and-live']

/** The event with a mark in everything that only staff may see: its operator-only texts, and who of the staff it was. */
function withMarks(event: StoredEvent): StoredEvent {
  const { actor } = event.metadata
  const by = isStaffRole(actor.role) ? { ...actor, id: `${actor.id} SECRET`, name: `${actor.name} SECRET` } : actor
  const kept = (definitions[event.type]?.operatorOnly ?? []).map((field) => [field, `SECRET ${field}`] as const)
  return { ...event, data: { ...event.data, ...Object.fromEntries(kept) }, metadata: { ...event.metadata, actor: by } }
}

function openedIn(facts: JsonObject | undefined): readonly string[] {
  return [...JSON.stringify(facts ?? {}).matchAll(/opened ([a-z]+)-/g)].map(([, subject = '']) => subject)
}

function isForPublisher({ draft }: Telling): boolean {
  return draft.to.are === 'publisher' || draft.to.are === 'sales' || draft.kind === 'invitation'
}

/** From each event of this type to the next one, by position. */
function spans(events: readonly StoredEvent[], type: string): readonly (readonly [number, number])[] {
  const at = events.filter((event) => event.type === type).map(({ position }) => position)
  return at.map((position, index) => [position, at[index + 1] ?? Number.POSITIVE_INFINITY])
}

/** What the log says must be told, read off the events alone: no state, no row. */
function expectedKinds(events: readonly StoredEvent[]): readonly string[] {
  return events.flatMap((event, index) => {
    const since = events.slice(0, index)
    const kind = always[event.type] ?? sometimes[event.type]?.(event.data, since)
    return kind === undefined ? [] : [kind]
  })
}

const always: { readonly [type: string]: MessageKind | undefined } = {
  Submitted: 'listing-submitted',
  QuestionAsked: 'question-asked',
  ChangesSuggested: 'changes-suggested',
  EvidenceRequested: 'evidence-requested',
  QuestionAnswered: 'question-answered',
  EvidenceProvided: 'evidence-provided',
  Rejected: 'rejected',
  PublicationReminded: 'publication-reminder',
  AutoRejected: 'auto-rejected',
  LeadCaptured: 'lead-captured',
  MemberInvited: 'invitation',
  AutoPublishRevoked: 'auto-publish-revoked',
}

/** The last of what happened to the listing's approval before. */
const sometimes: {
  readonly [type: string]: (data: JsonObject, before: readonly StoredEvent[]) => MessageKind | undefined
} = {
  Approved: ({ publishMode }) => (publishMode === 'manual' ? 'publish-before' : undefined),
  PublishModeChanged: ({ mode }, before) =>
    mode === 'manual' && before.findLast(({ type }) => movesWorking.includes(type))?.type === 'Approved'
      ? 'publish-before'
      : undefined,
  Published: (_data, before) => {
    const last = before.findLast(({ type }) => type === 'Approved' || type === 'PublishModeChanged')
    return last?.type === 'Approved' && last.data.publishMode === 'auto' ? 'approved-and-live' : 'published'
  },
}

const movesWorking = ['Submitted', 'SubmissionRecalled', 'Approved', 'Rejected', 'Published', 'AutoRejected', 'Revised']
