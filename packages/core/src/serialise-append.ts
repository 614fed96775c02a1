import { type Append, type NewEvent, StoreError, type StreamWrite, type Version } from './event-store.js'
import { jsonProblem } from './json.js'

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
  const serialised = append.writes.map((write) => {
    checkStreamName(write.stream)
    checkVersion(write.expected, write.stream)
    if (written.has(write.stream)) throw invalid(`Stream ${write.stream} is written twice in one append.`)
    written.add(write.stream)
    if (write.events.length === 0) throw invalid(`The write to stream ${write.stream} holds no events.`)
    checkUniqueIds(write)
    return write.events.map((event) => serialiseEvent(event, write.stream))
  })
  checkSize(serialised)
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
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const eventType = /^[A-Za-z][A-Za-z0-9_.-]{0,127}$/

function checkSize(writes: readonly (readonly SerialisedEvent[])[]): void {
  const units = total(writes, (event) => event.data.length + event.metadata.length + event.type.length)
  if (units * 3 <= maxAppendBytes) return // a UTF-16 unit is at most three bytes
  const bytes = total(writes, ({ data, metadata, type }) => sizeOf(data) + sizeOf(metadata) + 2 * type.length)
  if (bytes <= maxAppendBytes) return
  throw invalid(`The append holds ${bytes} bytes; at most ${maxAppendBytes} are stored at once.`)
}

function total(writes: readonly (readonly SerialisedEvent[])[], size: (event: SerialisedEvent) => number): number {
  return writes.reduce((sum, events) => events.reduce((all, event) => all + size(event), sum), 0)
}

function sizeOf(text: string): number {
  return encoder.encode(text).length
}

function serialiseEvent(event: NewEvent, stream: string): SerialisedEvent {
  const problem = problemOf(event)
  if (problem) throw invalid(`Event ${event.type} for stream ${stream}: ${problem}.`)
  return { id: event.id, type: event.type, data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) }
}

function problemOf({ id, type, data, metadata }: NewEvent): string | undefined {
  if (!uuid.test(id)) return `${JSON.stringify(id)} is no lower-case UUID`
  if (!eventType.test(type)) return 'that is no event type: a letter, then up to 127 of A-Z a-z 0-9 _ . -'
  return objectOnly(data, 'data') ?? objectOnly(metadata, 'metadata')
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
  if (write.events.length === 1) return
  if (new Set(write.events.map((event) => event.id)).size !== write.events.length) {
    throw invalid(`The write to stream ${write.stream} holds one event id twice.`)
  }
}

function invalid(message: string): StoreError {
  return new StoreError('invalid', message)
}
