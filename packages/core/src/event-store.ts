import { VitrineError } from './errors.js'
import type { JsonObject } from './json.js'

/** What is written beside the data of every event. These are stored for ever. */
export interface Metadata {
  /** The command that wrote the event; `index` of `of` events in this stream. `hash` covers type, payload and actor id. */
  readonly command: {
    readonly id: string
    readonly type: string
    readonly hash: string
    readonly index: number
    readonly of: number
  }
  readonly correlationId: string
  /** The id of the event that led to the command, or the command's own id when a caller asked. */
  readonly causationId: string
  readonly actor: { readonly id: string; readonly name: string; readonly role: string }
  /** UTC instant with milliseconds. Never earlier than the event before it in the same stream. */
  readonly occurredAt: string
  readonly schemaVersion: number
  readonly contentVersion: number
  /** Fingerprint of the marketplace's rules at the time. */
  readonly rules: string
  /** The streams that the decision leaned on, as they stood. */
  readonly basis: readonly Guard[]
  /** How many policies stand between a person's command and this event. */
  readonly hops: number
  /** Hash chain of the stream, where it is switched on. */
  readonly chain?: string
  readonly traceparent?: string
}

/** An event before it is stored. */
export interface NewEvent {
  /** Lower-case UUID, unique within its stream. */
  readonly id: string
  readonly type: string
  readonly data: JsonObject
  readonly metadata: Metadata
}

/** An event as it is stored: `version` counts within its stream from 0, `position` grows over the whole log. */
export interface StoredEvent extends NewEvent {
  readonly stream: string
  readonly version: number
  readonly position: number
}

/** A stored event whose data and metadata are the texts that the store holds. */
export interface StoredText {
  readonly id: string
  readonly type: string
  readonly data: string
  readonly metadata: string
  readonly stream: string
  readonly version: number
  readonly position: number
}

/** The version of a stream's last event, or `'none'` when the stream does not exist. There is no "any". */
export type Version = number | 'none'

/** Events for one stream, which must stand at `expected` at the moment of the append. */
export interface StreamWrite {
  readonly stream: string
  readonly expected: Version
  readonly events: readonly NewEvent[]
}

/** A stream that was read, not written, and must still stand at `version` at the moment of the append. */
export interface Guard {
  readonly stream: string
  readonly version: Version
}

/** One append: all of it is stored, or nothing. It has at least one write, and every write at least one event. */
export interface Append {
  readonly writes: readonly StreamWrite[]
  readonly guards?: readonly Guard[]
}

/** The answer to an append, the same when the same append is repeated later (then `duplicate` is true). */
export interface Appended {
  /** The position of the last event of the append. */
  readonly position: number
  /** The version of each written stream, in the order of the writes. */
  readonly versions: readonly number[]
  /** The position of every event, by write, in the order of the writes. They grow, and need not be consecutive. */
  readonly positions: readonly (readonly number[])[]
  readonly duplicate: boolean
}

/** A place in one log: what a consumer stores when it has handled everything up to it. */
export interface Checkpoint {
  readonly logId: string
  readonly position: number
  readonly id: string
}

/** A slice of one stream. */
export interface StreamPage {
  /** The stream's version at the time of the read. */
  readonly head: Version
  readonly events: readonly StoredEvent[]
  /** No event lies beyond this page in the direction of the read. */
  readonly atEnd: boolean
}

/**
 * A slice of the log, never cut inside an append. `through` is the last event looked at, delivered or filtered away;
 * `undefined` only while the log is empty. `atHead` says that nothing lay behind it when the page was read.
 */
export interface LogPage<Event = StoredEvent> {
  readonly events: readonly Event[]
  readonly through: Checkpoint | undefined
  readonly atHead: boolean
}

export interface ReadStreamOptions {
  /** First version to read; forwards from 0 and backwards from the end by default. */
  readonly from?: number
  /** At most this many events; 1,000 by default. */
  readonly limit?: number
  readonly backwards?: boolean
  readonly signal?: AbortSignal
}

export interface ReadAllOptions {
  /** Read what lies after this place. A checkpoint is checked against the log first; a bare position is not. */
  readonly after?: Checkpoint | number
  /** Only events of these types. */
  readonly types?: readonly string[]
  /** Only events of these streams. */
  readonly streams?: readonly string[]
  /** Only events of streams whose name begins with this text, taken literally. */
  readonly streamPrefix?: string
  /** Events looked at for one page, at least; 1,000 by default. An append that crosses the limit comes whole. */
  readonly limit?: number
  /** At the head, wait for new events instead of ending. */
  readonly follow?: boolean
  /** Ends a reading that follows; any other reading fails with `aborted`. */
  readonly signal?: AbortSignal
}

/** What an adapter can and cannot do. Read by users and by the contract suite alike. */
export interface StoreTraits {
  readonly name: string
  /** What was acknowledged is there after the process ended. */
  readonly durable: boolean
  /** One append may write several streams. */
  readonly spansStreams: boolean
  /** Guards are enforced inside the append. */
  readonly guards: boolean
  /** A repeated id with another body is noticed. */
  readonly comparesBodies: boolean
  /** An id that stands elsewhere in the stream, not where the append would stand, is noticed by an append that fits otherwise. */
  readonly uniqueIds: boolean
}

/**
 * The storage port of the log. Every adapter passes the same contract suite of `@vitrine/testing`.
 * All methods throw {@link StoreError} with a stable `code`.
 */
export interface EventStore {
  readonly traits: StoreTraits
  /** Names this log for ever; a restored copy keeps it, a new log gets another. */
  readonly logId: string
  /** The signal is heard while the append waits for its turn: then nothing was written. */
  append(append: Append, options?: { readonly signal?: AbortSignal }): Promise<Appended>
  readStream(stream: string, options?: ReadStreamOptions): Promise<StreamPage>
  readAll(options?: ReadAllOptions): AsyncIterable<LogPage>
  /**
   * The pages of {@link readAll} with texts that nobody has parsed, for who copies or checks them. A store that holds no texts
   * leaves it out.
   */
  readTexts?(options?: ReadAllOptions): AsyncIterable<LogPage<StoredText>>
  /** Settles what is under way, then refuses everything with `closed`. May be called twice. */
  close(): Promise<void>
}

/**
 * The codes of {@link StoreError}. `unknown-outcome`: the append may or may not have been stored; look before retrying.
 * `truncated`: the stream has lost its first events to a means of the server's own, so that it cannot be folded. `gone`: it was
 * deleted for good by such a means.
 */
export type StoreErrorCode =
  | 'conflict'
  | 'event-id-reused'
  | 'invalid'
  | 'unavailable'
  | 'unknown-outcome'
  | 'aborted'
  | 'closed'
  | 'log-replaced'
  | 'schema-missing'
  | 'truncated'
  | 'gone'

/** A fault of a store. Tell them apart by `code`; a conflict carries `stream`, `expected` and `actual`. */
export class StoreError extends VitrineError<StoreErrorCode> {
  override readonly name = 'StoreError'
}
