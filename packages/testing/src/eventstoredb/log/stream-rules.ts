import type { EventLog } from './event-log.js'
import { describedBy, type LoggedEvent, metadataStreamOf } from './logged-event.js'

/** What the metadata of a stream say of its events. Ages are in seconds. */
export interface StreamRules {
  readonly maxCount?: number
  readonly maxAge?: number
  readonly truncateBefore?: number
}

const ofMetadataStreams: StreamRules = { maxCount: 1 }
const none: StreamRules = {}
const parsed = new WeakMap<LoggedEvent, StreamRules>()
const deletedFrom = 2 ** 63 // what the largest signed number of 64 bits is read as

function rulesOf(log: EventLog, stream: string): StreamRules {
  if (describedBy(stream) !== undefined) return ofMetadataStreams
  const newest = log.streamOf(metadataStreamOf(stream)).at(-1)
  return newest ? parsedRules(newest) : none
}

/** Whether a stream was deleted, and not written to since. */
export function isSoftDeleted(log: EventLog, stream: string): boolean {
  return (rulesOf(log, stream).truncateBefore ?? 0) >= deletedFrom
}

/** The lowest revision that a reader of the stream may see; one above the last when none is left. */
export function firstVisible(log: EventLog, stream: string, now: number): number {
  const { maxCount, maxAge, truncateBefore = 0 } = rulesOf(log, stream)
  const events = log.streamOf(stream)
  const byCount = maxCount === undefined ? 0 : events.length - maxCount
  return Math.max(0, truncateBefore, byCount, maxAge === undefined ? 0 : firstYounger(events, now - maxAge * 1_000))
}

function firstYounger(events: readonly LoggedEvent[], oldest: number): number {
  const index = events.findIndex(({ created }) => created >= oldest)
  return index < 0 ? events.length : index
}

function parsedRules(event: LoggedEvent): StreamRules {
  const known = parsed.get(event)
  if (known) return known
  const rules = rulesIn(metadataIn(event))
  parsed.set(event, rules)
  return rules
}

/** The metadata of a stream as an object; empty when they cannot be read as one. */
export function metadataIn(event: { readonly data: Uint8Array }): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(Buffer.from(event.data).toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function rulesIn({ $maxCount, $maxAge, $tb }: { readonly [name: string]: unknown }): StreamRules {
  return {
    ...(typeof $maxCount === 'number' && { maxCount: $maxCount }),
    ...(typeof $maxAge === 'number' && { maxAge: $maxAge }),
    ...(typeof $tb === 'number' && { truncateBefore: $tb }),
  }
}
