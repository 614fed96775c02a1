import {
  draftsOf,
  type JsonObject,
  type Lead,
  type Listing,
  leadAggregate,
  listingAggregate,
  type MessageDraft,
  messageRowOf,
  messageRows,
  type Publisher,
  publisherAggregate,
  type Recipient,
  type Rules,
  type Sealed,
  type StoredEvent,
  step,
} from '@vitrine/core'

/** A message that an event asked for, and what it says when it is sent after the whole history. */
export interface Telling {
  readonly event: StoredEvent
  readonly draft: MessageDraft
  readonly facts: JsonObject | undefined
}

/** What a history is told in. */
export interface Heard {
  readonly events: readonly StoredEvent[]
  readonly rules: Rules
  /** What was sealed; what is sealed with nothing here reads as erased. */
  readonly open?: (sealed: Sealed<unknown>) => unknown
}

type State = Listing | Publisher | Lead

/** Every message that a history asks for, in order. */
export function tellings({ events, rules, open = () => undefined }: Heard): readonly Telling[] {
  const now = statesAfter(events)
  const states = new Map<string, State>()
  return events.flatMap((event) => {
    const aggregate = aggregateOf(event)
    const before = states.get(event.stream) ?? aggregate.decider.initial()
    const listings = [...states.values()].filter((state) => 'working' in state)
    const after = step(aggregate.decider, before, event)
    states.set(event.stream, after)
    return draftsOf(messageRows, event, { before, listings }).map((draft) => {
      const context = {
        before,
        after,
        publisher: publisherOf(after, now),
        about: (draft.about ?? []).map((id) => now.get(`listing-${id}`) as Listing),
        ...('consent' in after && { listing: now.get(`listing-${after.listingId}`) as Listing }),
        recipient: nobody,
        rules,
        open: open as never,
      }
      const facts = messageRowOf(event.type, draft.kind)?.facts(event, context)
      return { event, draft, facts: facts && JSON.parse(JSON.stringify(facts)) }
    })
  })
}

/** Where every stream of a history stands at its end. */
function statesAfter(events: readonly StoredEvent[]): ReadonlyMap<string, State> {
  const states = new Map<string, State>()
  for (const event of events) {
    const { decider } = aggregateOf(event)
    states.set(event.stream, step(decider, states.get(event.stream) ?? decider.initial(), event))
  }
  return states
}

function publisherOf(state: State, now: ReadonlyMap<string, State>): Publisher {
  const publisherId = 'publisherId' in state ? state.publisherId : state.id
  return (now.get(`publisher-${publisherId}`) as Publisher | undefined) ?? publisherAggregate.decider.initial()
}

function aggregateOf({ stream }: StoredEvent): typeof listingAggregate {
  const found = [listingAggregate, publisherAggregate, leadAggregate].find(({ prefix }) => stream.startsWith(prefix))
  return found as typeof listingAggregate
}

const nobody: Recipient = { is: 'named', name: 'nobody' }
