import type { MemberRole } from './actor.js'
import type { AnyCommand, Subject } from './decide.js'
import type { Decider } from './decider.js'
import type { EventDefinitions } from './event-definition.js'
import type { StoredEvent } from './event-store.js'
import type { PersonalFields } from './personal.js'
import type { Facts, Row } from './row.js'

/** One kind of stream: how it folds, what may be asked of it, what time decides on it. */
export interface Aggregate<State, F extends Facts, Event extends { readonly type: string }> extends Subject<State> {
  /** `listing-` and an id make the name of a stream. */
  readonly prefix: string
  /** The field of every command that holds the id. */
  readonly idField: string
  readonly events: EventDefinitions
  readonly decider: Decider<State, StoredEvent>
  /** The roles of the team that see it at all; every role when absent. */
  readonly seenBy?: readonly MemberRole[]
  /** Which fields of the state are personal; events say it beside their schemas. */
  readonly personal?: PersonalFields
  /** Top-level fields of the state that no answer holds, whoever asks. */
  readonly hidden?: readonly string[]
  readonly rows: { readonly [command: string]: Row<State, F, AnyCommand, Event> }
  /** What has fallen due on this state: commands of the system, to be decided before anything else (T4). */
  overdue(state: State, now: string): readonly DueCommand[]
}

/** A command that time gives, under the one id that everybody uses for it. */
export interface DueCommand {
  readonly commandId: string
  readonly command: AnyCommand
}
