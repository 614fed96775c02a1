import { hash, randomUUID } from 'node:crypto'
import {
  type AnyCommand,
  type Asker,
  decideBy,
  fold,
  isRefused,
  type JsonObject,
  type Listing,
  type ListingFacts,
  listingAggregate,
  type NewEvent,
  type Person,
  type Publisher,
  prepareBy,
  publisherAggregate,
  roleOf,
} from '@vitrine/core'
import { staffOf, team } from '@vitrine/testing'
import { rulesOfLogs } from '../logs/generated-log.js'
import { publisherDecisions } from '../logs/template.js'

const publisher: Publisher = fold(publisherAggregate.decider, publisherDecisions(rulesOfLogs).flat())

/** What a decision yields where nobody keeps envelopes: just enough for the fold. */
export interface BareEvent {
  readonly type: string
  readonly data: JsonObject
  readonly stream: string
  readonly metadata: Pick<NewEvent['metadata'], 'occurredAt' | 'actor' | 'schemaVersion'>
}

/** The facts of a decision, made afresh as a runtime does. */
export function bareFacts(by: Person): ListingFacts {
  return {
    now: new Date().toISOString(),
    asker: askerOf(by),
    made: { id: randomUUID(), token: 'a-token' },
    publisher,
    rules: rulesOfLogs,
    sha256: (text) => hash('sha256', text, 'hex'),
  }
}

/** The same decider as in a marketplace, and nothing around it: no parsing, no command ids, no envelope. */
export function decideStep(command: AnyCommand, state: Listing, facts: ListingFacts): readonly BareEvent[] {
  const row = listingAggregate.rows[command.type]!
  const prepared = prepareBy(listingAggregate, row, { command, state, facts })
  const decided = 'type' in prepared ? decideBy(listingAggregate, row, { command: prepared, state, facts }) : prepared
  if (isRefused(decided)) throw new Error(`${command.type} was refused: ${decided.refused.message}`)
  const { id, name } = facts.asker
  const metadata = { occurredAt: facts.now, actor: { id, name, role: roleOf(facts.asker) }, schemaVersion: 1 }
  const stream = `listing-${String(command.listingId)}`
  return decided.map(({ type, data }) => ({ type, data: data as JsonObject, stream, metadata }))
}

function askerOf(by: Person): Asker {
  const [member, staff] = [team[by.id], staffOf(by.id)]
  return { ...by, ...(member && { member }), ...(staff && { staff }) }
}
