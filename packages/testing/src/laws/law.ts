import {
  type AnyCommand,
  type Asker,
  fold,
  isRefused,
  type Json,
  type Lead,
  type Listing,
  type Publisher,
  type StoredEvent,
} from '@vitrine/core'
import { copied } from '../copied.js'
import type { LivedWorld } from '../histories.js'
import { type Aggregates, type Asked, aggregateOf, type By, type World } from '../world.js'

/** Something that holds of every history that the rules let happen. */
export interface Law {
  /** It begins with the number of the rule, where there is one. */
  readonly title: string
  /** How it is broken in this history, as a sentence that names what was asked; `undefined` where it holds. */
  breach(world: LivedWorld): string | undefined
}

/** What was asked and written something. */
export interface Written extends Asked {
  readonly answer: readonly StoredEvent[]
}

/** Everything that was asked in a history and written something, in order. */
export function writtenIn({ asked }: World): readonly Written[] {
  return asked.filter((one): one is Written => !isRefused(one.answer) && one.answer.length > 0)
}

/** The listing's events of a history, in order. */
export function listingEventsIn({ events }: World): readonly StoredEvent[] {
  return events.filter(({ stream }) => stream.startsWith('listing-'))
}

/** The first of these sentences that there is. */
export function firstOf<Value>(
  values: Iterable<Value>,
  sentence: (value: Value) => string | undefined,
): string | undefined {
  for (const value of values) {
    const found = sentence(value)
    if (found !== undefined) return found
  }
  return undefined
}

/** The world as it stood when something was asked. */
export function worldBefore(world: World, { command, before, facts }: Asked): World {
  const { noun } = aggregateOf(command)
  return { ...world, now: facts.now, publisher: facts.publisher, listing: facts.listing, [noun]: before }
}

/** The world right after something was asked that wrote something. */
export function worldAfter(world: World, asked: Written): World {
  const { decider, noun } = aggregateIn(world, asked.command)
  const after = fold<Listing | Publisher | Lead, StoredEvent>(decider as never, asked.answer, copied(asked.before))
  return { ...worldBefore(world, asked), [noun]: after }
}

/** What decides in this world on such a command. */
export function aggregateIn({ aggregates }: World, command: AnyCommand): Aggregates['listing'] {
  return aggregates[aggregateOf(command).noun as 'listing']
}

/** A text of an event; empty where there is none. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Who asked, as they would ask again. */
export function byOf({ system, visitor, id, name }: Asker): By {
  if (system) return 'system'
  return visitor ? 'visitor' : { id, name }
}
