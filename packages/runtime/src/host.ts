import type {
  Aggregate,
  AnyCommand,
  Decider,
  EventDefinitions,
  Facts,
  MemberRole,
  StoredEvent,
  Version,
} from '@vitrine/core'

/** An event as a row decides it: the envelope is the runtime's. */
export interface DecidedEvent {
  readonly type: string
  readonly data: object
}

/** An aggregate whose types only it knows. */
export type AnyAggregate = Aggregate<object, Facts, DecidedEvent>

/** What the runtime needs to fold a kind of stream. */
export interface StreamKind {
  /** Begins the name of every stream of this kind. */
  readonly prefix: string
  readonly events: EventDefinitions
  readonly decider: Decider<object, StoredEvent>
}

/** A stream's state, as it was read for a decision. */
export interface StreamState {
  readonly stream: string
  readonly state: object
  readonly version: Version
}

/** An event for another stream, written in the same append. */
export interface SideEvent {
  readonly stream: string
  readonly event: DecidedEvent
}

/** What stands around an append that cannot write everything at once. */
export interface Apart {
  readonly first: readonly AnyCommand[]
  readonly behind: readonly AnyCommand[]
}

/** An aggregate as the runtime runs it: what its decisions lean on beside its own stream, and what else they write. */
export interface Host {
  readonly aggregate: AnyAggregate
  /** Other streams that a decision reads. They are guarded: it is not written unless they stand as they were read. */
  leansOn(state: object, command: AnyCommand | undefined): readonly string[]
  /** The role of a person on the team that owns the aggregate. */
  memberRole(actorId: string, state: object, leansOn: readonly StreamState[]): MemberRole | undefined
  /** The facts of this aggregate's decisions. */
  facts(common: Facts, leansOn: readonly StreamState[]): Facts
  /** What else is written, in the same append, when a state becomes another one. */
  alongside(before: object, after: object): readonly SideEvent[]
  /**
   * The same where an append writes one stream: commands of the system, given before the append at this version, and
   * behind it. The append is not made when one of the first is refused.
   */
  apart?(before: object, after: object, version: Version): Apart
  /** The state without what nobody but staff may see. */
  forOutsiders(state: object): object
  /** What of it a visitor gets as the answer to a command of their own; what outsiders get, when absent. */
  forVisitors?(state: object): object
}
