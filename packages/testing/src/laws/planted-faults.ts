import { isProxy } from 'node:util/types'
import {
  type AnyCommand,
  type EventStore,
  type Lead,
  type Listing,
  leadAggregate,
  listingAggregate,
  type OpenStore,
  type Publisher,
  publisherAggregate,
  type Row,
  type Store,
  type StoredEvent,
} from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { type Aggregates, coreAggregates } from '../world.js'

/** A fault in one row, or in a fold, and the one law of all that it breaks. */
export interface PlantedFault {
  /** How the title of the law begins. */
  readonly law: string
  readonly fault: string
  readonly aggregates: Aggregates
}

/** For every law of the lifecycle a fault that breaks it, and no other law. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    law: 'T33 asking twice',
    fault: 'RecordCheck forgets what holds already',
    aggregates: broken('RecordCheck', { already: undefined }),
  },
  {
    law: 'a refusal writes nothing',
    fault: 'RecordCheck gives another reason each time',
    aggregates: broken('RecordCheck', { does: refusingAnew('RecordCheck') }),
  },
  {
    law: 'T6 what is live',
    fault: 'Revise moves the day since when something is live',
    aggregates: folding('Revised', liveSinceNow),
  },
  {
    law: 'T14 what goes live',
    fault: 'Publish shows something else',
    aggregates: writing('Publish', (event) => ({ ...event, data: { ...event.data, content: { name: 'Else' } } })),
  },
  {
    law: 'every state that can be reached',
    fault: 'Approve is for nobody',
    aggregates: broken('Approve', { who: {} }),
  },
  {
    law: 'only who holds the right',
    fault: 'a viewer withdraws',
    aggregates: broken('Withdraw', { who: { members: ['lister', 'administrator', 'viewer', 'sales'] } }),
  },
  {
    law: 'T34 a stranger gets',
    fault: 'StartReview is for any person',
    aggregates: broken('StartReview', { who: { person: true, staff: ['reviewer'] } }),
  },
  {
    law: 'T34 to a lister',
    fault: 'AddLeadNote tells the team of the lead',
    aggregates: tellingTheTeam(),
  },
  {
    law: 'T14 nothing is approved by review',
    fault: 'Approve forgets checks and questions',
    aggregates: broken('Approve', { may: undefined }),
  },
  {
    law: 'T23 nothing is approved without',
    fault: 'the system approves anything',
    aggregates: broken('Approve', { may: undefined }),
  },
  {
    law: 'T1 nothing is published',
    fault: 'Publish forgets the deadline, and time decides nothing',
    aggregates: late(),
  },
  {
    law: 'T29 what time asks for',
    fault: 'a reminder is refused',
    aggregates: broken('RemindPublication', { who: {} }),
  },
  {
    law: 'P6 what time asks for',
    fault: 'that nobody responded is refused',
    aggregates: brokenLead('RecordResponseOverdue', { who: {} }),
  },
  {
    law: 'D13 the working',
    fault: 'a question begins the review',
    aggregates: folding('QuestionAsked', beginReview),
  },
  {
    law: 'D13 a lead moves',
    fault: 'whatever was lost is new again',
    aggregates: foldingLead('LeadReopened', (lead) => {
      lead.status = 'new'
    }),
  },
  {
    law: 'D26',
    fault: 'a command is told wrongly',
    aggregates: broken('AskQuestion', { commandOf: askedOtherwise }),
  },
  {
    law: 'D12',
    fault: 'a state holds what is no JSON',
    aggregates: folding('Submitted', (listing) => {
      Object.assign(listing, { submittedOn: new Date(0) })
    }),
  },
  {
    law: 'both ways of folding',
    fault: 'a fold asks whether it is on a draft',
    aggregates: foldingPublisher('PublisherApproved', (publisher) => {
      Object.assign(publisher, isProxy(publisher) ? { drafted: true } : {})
    }),
  },
  {
    law: 'D17 an event that is folded',
    fault: 'a copy shares what is changed in place',
    aggregates: withListing({
      decider: { ...listingAggregate.decider, ownCopy: (listing: Listing) => ({ ...listing }) },
    }),
  },
  {
    law: 'every event that is decided',
    fault: 'an event says too much',
    aggregates: writing('StartReview', (event) => ({ ...event, data: { ...event.data, more: 1 } })),
  },
  {
    law: 'what nextActions refuses',
    fault: 'DiscardRevision gives a reason of its own before it is asked whether it may',
    aggregates: broken('DiscardRevision', { prepare: nothingToDiscard }),
  },
  {
    law: 'what nextActions allows',
    fault: 'a command never gets through',
    aggregates: broken('HoldReview', { does: () => refusal('never') }),
  },
  {
    law: 'no event and no state',
    fault: 'a note says what is personal',
    aggregates: writing('SuggestChanges', (event) => ({
      ...event,
      data: { ...event.data, text: 'nora@northwind.example' },
    })),
  },
]

/** A store whose log has lost what was submitted, once somebody was told of it. */
export function storeThatForgets(): Store {
  const store = memoryStore()
  let told = false
  return {
    open: async (): Promise<OpenStore> => {
      const opened = await store.open()
      const { log, messages } = opened
      const append: typeof messages.append = (...asked) => {
        told = true
        return messages.append(...asked)
      }
      return { ...opened, log: forgetful(log, () => told), messages: { ...messages, append } }
    },
  }
}

type AnyRow = Row<Listing, never, AnyCommand, never>
type Otherwise = { readonly [part in keyof AnyRow]?: unknown }

function broken(command: string, otherwise: Otherwise): Aggregates {
  return withListing({ rows: otherRows(listingAggregate.rows, command, otherwise) })
}

function brokenLead(command: string, otherwise: Otherwise): Aggregates {
  const rows = otherRows(leadAggregate.rows, command, otherwise)
  return { ...coreAggregates, lead: { ...leadAggregate, rows } as typeof leadAggregate }
}

function otherRows(rows: object, command: string, otherwise: Otherwise): object {
  const known = rows as { readonly [command: string]: AnyRow }
  return { ...known, [command]: { ...known[command], ...otherwise } }
}

function writing(command: string, change: (event: { type: string; data: object }) => object): Aggregates {
  const does = listingAggregate.rows[command]!.does
  return broken(command, {
    does: (...asked: Parameters<typeof does>) => {
      const events = does(...asked)
      return 'refused' in events ? events : events.map((event, at) => (at === 0 ? change(event) : event))
    },
  })
}

function folding(type: string, change: (listing: Listing) => void): Aggregates {
  return withListing({ decider: foldedOtherwise(listingAggregate.decider, type, change) })
}

function foldingPublisher(type: string, change: (publisher: Publisher) => void): Aggregates {
  const decider = foldedOtherwise(publisherAggregate.decider, type, change)
  return { ...coreAggregates, publisher: { ...publisherAggregate, decider } }
}

function foldingLead(type: string, change: (lead: Lead) => void): Aggregates {
  return {
    ...coreAggregates,
    lead: { ...leadAggregate, decider: foldedOtherwise(leadAggregate.decider, type, change) },
  }
}

function foldedOtherwise<State, D extends { evolve(state: State, event: StoredEvent): void }>(
  decider: D,
  type: string,
  change: (state: State) => void,
): D {
  const evolve = (state: State, event: StoredEvent) => {
    decider.evolve(state, event)
    if (event.type === type) change(state)
  }
  return { ...decider, evolve }
}

function withListing(otherwise: object): Aggregates {
  return { ...coreAggregates, listing: { ...listingAggregate, ...otherwise } }
}

function late(): Aggregates {
  const { listing } = broken('Publish', { may: undefined })
  return { ...coreAggregates, listing: { ...listing, overdue: () => [] } }
}

function refusingAnew(command: string): unknown {
  const does = listingAggregate.rows[command]!.does
  let asked = 0
  return (...question: Parameters<typeof does>) => {
    asked += 1
    const events = does(...question)
    return 'refused' in events ? refusal(`no-${asked}`) : events
  }
}

/** Whoever is not on the team learns nothing; who is, and may not see leads, learns that there is one. */
function tellingTheTeam(): Aggregates {
  const { may } = leadAggregate.rows.AddLeadNote!
  const mayNot: typeof may = (lead, facts) => {
    const { asker, publisher } = facts
    if (asker.member || asker.staff) return may?.(lead, facts)
    return asker.id in publisher.members ? refusal('not-for-listers') : refusal('unknown-lead')
  }
  const who = { members: ['administrator', 'sales'], person: true }
  return brokenLead('AddLeadNote', { who, whyNot: mayNot, may: mayNot })
}

function askedOtherwise(_events: unknown, { id: listingId }: Listing): object {
  return { command: { type: 'AskQuestion', listingId, text: 'Another one', blocking: false }, made: {} }
}

function nothingToDiscard(command: AnyCommand, { working }: Listing): object {
  return working.status === 'none' ? refusal('nothing-to-discard') : command
}

function refusal(code: string): { refused: { code: string; message: string } } {
  return { refused: { code, message: 'No.' } }
}

function liveSinceNow(listing: Listing): void {
  const { live } = listing
  if (live.status === 'public') listing.live = { ...live, since: '2026-12-31T00:00:00.000Z' }
}

function beginReview(listing: Listing): void {
  const { working } = listing
  if (working.status === 'submitted') listing.working = { ...working, status: 'inReview', held: false }
}

function forgetful(log: EventStore, told: () => boolean): EventStore {
  return {
    ...log,
    async *readAll(options) {
      for await (const page of log.readAll(options))
        yield { ...page, events: page.events.filter(({ type }) => !told() || type !== 'Submitted') }
    },
  }
}
