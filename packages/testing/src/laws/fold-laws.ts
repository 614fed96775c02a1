import { isDeepStrictEqual } from 'node:util'
import {
  type AnyCommand,
  type Decider,
  decideBy,
  type EventDefinitions,
  fold,
  isRefused,
  type Listing,
  type StoredEvent,
  step,
} from '@vitrine/core'
import { copied } from '../copied.js'
import type { World } from '../world.js'
import { aggregateIn, firstOf, type Law, listingEventsIn, type Written, writtenIn } from './law.js'

/** What a state is: the fold of its events, and nothing else. */
export const foldLaws: readonly Law[] = [
  {
    title: 'D26 what commandOf gives, decided again with the facts of then, gives the same events',
    breach: (world) =>
      firstOf(writtenIn(world), (asked) => {
        const again = decidedAgain(world, asked)
        if (
          isDeepStrictEqual(
            again,
            asked.answer.map(({ type, data }) => ({ type, data })),
          )
        )
          return undefined
        return `${asked.command.type}, told by its events and decided again, gives ${JSON.stringify(again)}.`
      }),
  },
  {
    title: 'D12 every history that decide can produce folds, and folding a prefix then the rest equals folding all',
    breach: (world) =>
      firstOf(aggregatesOf(world), ({ prefix, decider, noun }) => {
        const events = world.events.filter(({ stream }) => stream.startsWith(prefix))
        const whole = fold(decider, events)
        return firstOf([0, 0.3, 0.5, 0.8], (share) => {
          const at = Math.floor(share * events.length)
          // As somebody would keep it in between: states are plain JSON.
          const kept: unknown = JSON.parse(JSON.stringify(fold(decider, events.slice(0, at))))
          return isDeepStrictEqual(fold(decider, events.slice(at), kept), whole)
            ? undefined
            : `Folded in two parts at event ${at}, it is another ${noun}.`
        })
      }),
  },
  {
    title: 'both ways of folding agree, and neither changes the events',
    breach: (world) => {
      const before = JSON.stringify(world.events)
      const difference = firstOf(aggregatesOf(world), ({ prefix, decider, noun }) => {
        const events = world.events.filter(({ stream }) => stream.startsWith(prefix))
        const owned = fold<unknown, StoredEvent>(decider, events)
        const stepped = events.reduce<unknown>(
          (state, event) => step<unknown, StoredEvent>(decider, state, event),
          decider.initial(),
        )
        return isDeepStrictEqual(owned, stepped)
          ? undefined
          : `The ${noun} is another one when it is folded step by step.`
      })
      return difference ?? (JSON.stringify(world.events) === before ? undefined : 'Folding changed an event.')
    },
  },
  {
    title:
      'D17 an event that is folded into a copy of its own gives the next state and leaves the one before as it was',
    breach: (world) => {
      const { decider } = world.aggregates.listing
      let state = decider.initial()
      return firstOf(listingEventsIn(world), (event) => {
        const kept = frozen(copied(state))
        const copies = [decider.ownCopy?.(kept, [event]), decider.ownCopy?.(kept)]
        const next = copies.map((copy = copied(kept)) => fold(decider, [event], copy))
        state = step(decider, state, event)
        return next.every((one) => isDeepStrictEqual(one, state))
          ? undefined
          : `${event.type}, folded into a copy, gives another state.`
      })
    },
  },
  {
    title: 'every event that is decided fits the schema under which it is stored',
    breach: (world) => {
      const definitions = new Map(aggregatesOf(world).flatMap(({ events }) => Object.entries(events)))
      return firstOf(world.events, ({ type, data }) => {
        const read = definitions.get(type)?.data.safeParse(data)
        return read?.success && isDeepStrictEqual(read.data, data)
          ? undefined
          : `${type} does not fit its schema: ${JSON.stringify(data)}.`
      })
    },
  },
]

interface AnyAggregate {
  readonly prefix: string
  readonly noun: string
  readonly events: EventDefinitions
  readonly decider: Decider<unknown, StoredEvent>
}

function aggregatesOf({ aggregates: { listing, publisher, lead } }: World): readonly AnyAggregate[] {
  return [listing, publisher, lead].map(({ prefix, noun, events, decider }) => {
    return { prefix, noun, events, decider: decider as Decider<unknown, StoredEvent> }
  })
}

function decidedAgain(world: World, { command, before, facts, answer }: Written): unknown {
  const aggregate = aggregateIn(world, command)
  const row = aggregate.rows[command.type]!
  const again = row.commandOf(answer as never, before as Listing)
  const made = { ...facts.made, ...again.made }
  const decided = decideBy(aggregate, row, {
    command: again.command as AnyCommand,
    state: before as Listing,
    facts: { ...facts, made },
  })
  return isRefused(decided) ? decided : decided.map(({ type, data }) => ({ type, data }))
}

/** A change of what is frozen throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
