import { VitrineError } from './errors.js'
import { type JsonObject, jsonProblem } from './json.js'

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
  /** The first position of each write's events, in the order of the writes. */
  readonly positions: readonly number[]
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
export interface LogPage {
  readonly events: readonly StoredEvent[]
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
}

/**
 * The storage port of the log. Every adapter passes the same contract suite of `@vitrine/testing`.
 * All methods throw {@link StoreError} with a stable `code`.
 */
export interface EventStore {
  readonly traits: StoreTraits
  /** Names this log for ever; a restored copy keeps it, a new log gets another. */
  readonly logId: string
  append(append: Append, options?: { readonly signal?: AbortSignal }): Promise<Appended>
  readStream(stream: string, options?: ReadStreamOptions): Promise<StreamPage>
  readAll(options?: ReadAllOptions): AsyncIterable<LogPage>
  /** Settles what is under way, then refuses everything with `closed`. May be called twice. */
  close(): Promise<void>
}

/** The codes of {@link StoreError}. `unknown-outcome`: the append may or may not have been stored; look before retrying. */
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

/** A fault of a store. Tell them apart by `code`; a conflict carries `stream`, `expected` and `actual`. */
export class StoreError extends VitrineError<StoreErrorCode> {
  override readonly name = 'StoreError'
}

/** What can be known of the ids of a write: none is in the stream · all stand right behind `expected` with the same
 *  bodies · so, but a body differs · anything else. */
export type KnownIds = 'unknown' | 'same' | 'changed' | 'elsewhere'

export type Verdict = 'stored' | 'duplicate' | 'conflict' | 'event-id-reused'

/** One row of the table of expectations, from which the contract suite and the docs are made. */
export interface Expectation {
  /** `n` stands for the version that is expected when one is. */
  readonly stream: 'absent' | 'at the expected version' | 'at another version'
  readonly expected: 'none' | 'version'
  readonly ids: KnownIds
  readonly verdict: Verdict
}

/** Every case that an append can meet in one stream, and the answer that every store gives. */
export const tableOfExpectations: readonly Expectation[] = [
  { stream: 'absent', expected: 'none', ids: 'unknown', verdict: 'stored' },
  { stream: 'absent', expected: 'version', ids: 'unknown', verdict: 'conflict' },
  { stream: 'at another version', expected: 'none', ids: 'unknown', verdict: 'conflict' },
  { stream: 'at another version', expected: 'none', ids: 'same', verdict: 'duplicate' },
  { stream: 'at another version', expected: 'none', ids: 'changed', verdict: 'event-id-reused' },
  { stream: 'at another version', expected: 'none', ids: 'elsewhere', verdict: 'conflict' },
  { stream: 'at the expected version', expected: 'version', ids: 'unknown', verdict: 'stored' },
  { stream: 'at the expected version', expected: 'version', ids: 'elsewhere', verdict: 'event-id-reused' },
  { stream: 'at another version', expected: 'version', ids: 'unknown', verdict: 'conflict' },
  { stream: 'at another version', expected: 'version', ids: 'same', verdict: 'duplicate' },
  { stream: 'at another version', expected: 'version', ids: 'changed', verdict: 'event-id-reused' },
  { stream: 'at another version', expected: 'version', ids: 'elsewhere', verdict: 'conflict' },
]

/** The answer of the table for one write; `actual` is the stream's version at the append. */
export function verdictOf(actual: Version, expected: Version, ids: KnownIds): Verdict {
  if (actual === expected) return ids === 'unknown' ? 'stored' : 'event-id-reused'
  if (ids === 'same') return 'duplicate'
  return ids === 'changed' ? 'event-id-reused' : 'conflict'
}

/** The conflict that every store throws, in one wording. */
export function conflictError(stream: string, expected: Version, actual: Version): StoreError {
  return new StoreError(
    'conflict',
    `Stream ${stream} is at ${actual}, not at ${expected}. Read it again and decide again.`,
    {
      stream,
      expected,
      actual,
    },
  )
}

/** One append holds at most this many bytes of UTF-8: data, metadata and twice the type of every event. */
export const maxAppendBytes = 900_000

/** An event whose parts are checked and serialised once. */
export interface SerialisedEvent {
  readonly id: string
  readonly type: string
  readonly data: string
  readonly metadata: string
}

/**
 * Checks an append by the rules that hold on every store and serialises it, once.
 * @throws StoreError `invalid`, naming the stream, the event and what was expected.
 */
export function serialiseAppend(append: Append): readonly (readonly SerialisedEvent[])[] {
  if (append.writes.length === 0) throw invalid('An append needs at least one write.')
  const written = new Set<string>()
  let bytes = 0
  const serialised = append.writes.map((write) => {
    checkStreamName(write.stream)
    checkVersion(write.expected, write.stream)
    if (written.has(write.stream)) throw invalid(`Stream ${write.stream} is written twice in one append.`)
    written.add(write.stream)
    if (write.events.length === 0) throw invalid(`The write to stream ${write.stream} holds no events.`)
    checkUniqueIds(write)
    return write.events.map((event) => {
      const text = serialiseEvent(event, write.stream)
      bytes += sizeOf(text)
      return text
    })
  })
  if (bytes > maxAppendBytes)
    throw invalid(`The append holds ${bytes} bytes; at most ${maxAppendBytes} are stored at once.`)
  for (const guard of append.guards ?? []) {
    checkStreamName(guard.stream)
    checkVersion(guard.version, guard.stream)
    if (written.has(guard.stream)) throw invalid(`Stream ${guard.stream} is both written and guarded.`)
  }
  return serialised
}

/** @throws StoreError `invalid` unless the name is 1–500 printable ASCII characters that do not begin with `$`. */
export function checkStreamName(stream: string): void {
  if (!/^(?!\$)[\x20-\x7e]{1,500}$/.test(stream)) {
    throw invalid(
      `${JSON.stringify(stream.slice(0, 80))} is no stream name: 1–500 printable ASCII characters, not beginning with $.`,
    )
  }
}

/** @throws StoreError `invalid` when an adapter met a number that it cannot hold exactly. */
export function checkedNumber(value: number | bigint, what: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw invalid(`${what} ${value} is beyond 2^53 and cannot be held exactly.`)
  return number
}

const encoder = new TextEncoder()

function sizeOf(event: SerialisedEvent): number {
  return encoder.encode(event.data).length + encoder.encode(event.metadata).length + 2 * event.type.length
}

function serialiseEvent(event: NewEvent, stream: string): SerialisedEvent {
  const where = `Event ${event.type} for stream ${stream}`
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(event.id)) {
    throw invalid(`${where}: ${JSON.stringify(event.id)} is no lower-case UUID.`)
  }
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/.test(event.type)) {
    throw invalid(
      `${JSON.stringify(event.type)} for stream ${stream} is no event type: a letter, then up to 127 of A-Z a-z 0-9 _ . -`,
    )
  }
  const problem = objectOnly(event.data, 'data') ?? objectOnly(event.metadata, 'metadata')
  if (problem) throw invalid(`${where}: ${problem}.`)
  return { id: event.id, type: event.type, data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) }
}

function objectOnly(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is not an object`
  return jsonProblem(value, path)
}

function checkVersion(version: Version, stream: string): void {
  if (version !== 'none' && !(Number.isSafeInteger(version) && version >= 0)) {
    throw invalid(`Stream ${stream}: ${String(version)} is no version; 'none' or a whole number from 0 is.`)
  }
}

function checkUniqueIds(write: StreamWrite): void {
  if (new Set(write.events.map((event) => event.id)).size !== write.events.length) {
    throw invalid(`The write to stream ${write.stream} holds one event id twice.`)
  }
}

function invalid(message: string): StoreError {
  return new StoreError('invalid', message)
}
