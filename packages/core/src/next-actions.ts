import { roleOf, system } from './actor.js'
import type { Aggregate, DueCommand } from './aggregate.js'
import { decideBy, forbids } from './decide.js'
import { step } from './decider.js'
import type { StoredEvent } from './event-store.js'
import type { JsonObject } from './json.js'
import { isRefused, type Refusal } from './refusal.js'
import type { Facts } from './row.js'

/** Whether a command is possible now for this asker, whatever its payload; and if not, why not. */
export interface NextAction {
  readonly command: string
  readonly refused?: Refusal
}

interface Decided {
  readonly type: string
  /** Plain JSON; what it may leave out keeps an interface from saying so. */
  readonly data: object
}

/**
 * What may be asked now, and for everything else why not: every row of the aggregate, on the state after what has
 * fallen due. What is refused here, a decision refuses with the same code or answers without events.
 */
export function nextActions<State, F extends Facts, Event extends Decided>(
  aggregate: Aggregate<State, F, Event>,
  state: State,
  facts: F,
): readonly NextAction[] {
  const settled = settle(aggregate, state, facts)
  return Object.values(aggregate.rows).map((row) => {
    const refusal = forbids(aggregate, row, settled, facts)
    return refusal ? { command: row.type, refused: refusal.refused } : { command: row.type }
  })
}

/** The state once what time has already decided on it is decided (T4). The given state stays as it is. */
export function settle<State, F extends Facts, Event extends Decided>(
  aggregate: Aggregate<State, F, Event>,
  state: State,
  facts: F,
): State {
  const events = aggregate.overdue(state, facts.now).flatMap((due) => decideDue(aggregate, due, state, facts))
  return events.reduce((before, event) => step(aggregate.decider, before, asIfStored(event, facts.now)), state)
}

function decideDue<State, F extends Facts, Event extends Decided>(
  aggregate: Aggregate<State, F, Event>,
  { command }: DueCommand,
  state: State,
  facts: F,
): readonly Event[] {
  const row = aggregate.rows[command.type]
  const decided = row ? decideBy(aggregate, row, { command, state, facts: { ...facts, asker: system } }) : []
  return isRefused(decided) ? [] : decided
}

function asIfStored({ type, data }: Decided, occurredAt: string): StoredEvent {
  const actor = { id: system.id, name: system.name, role: roleOf(system) }
  const command = { id: '', type: '', hash: '', index: 0, of: 1 }
  const metadata = {
    command,
    correlationId: '',
    causationId: '',
    actor,
    occurredAt,
    schemaVersion: 1,
    contentVersion: 1,
    rules: '',
    basis: [],
    hops: 0,
  }
  return { id: '', type, data: data as JsonObject, metadata, stream: '', version: 0, position: 0 }
}
