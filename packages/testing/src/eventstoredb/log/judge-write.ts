import type { EventLog } from './event-log.js'
import type { KnownIds } from './known-ids.js'
import { type Expected, metadataStreamOf } from './logged-event.js'
import { firstVisible, isSoftDeleted } from './stream-rules.js'

/** What a writer asks of a stream. */
export interface Asked {
  readonly stream: string
  readonly expected: Expected
  readonly ids: readonly string[]
}

/** What becomes of a write. `current` is the last revision, -1 when the stream has no events. */
export type Verdict =
  | { readonly kind: 'write' }
  | { readonly kind: 'repeat'; readonly last: number; readonly position: bigint | undefined }
  | { readonly kind: 'conflict'; readonly current: number }
  | { readonly kind: 'deleted' }

/** What stands of a writer's expectation, and whether what it sends is there already. */
export function judgeWrite(log: EventLog, known: KnownIds, asked: Asked, now: number): Verdict {
  if (log.isTombstoned(asked.stream)) return { kind: 'deleted' }
  if (asked.expected === 'any') return judgeByMemory(log, known, asked, now)
  if (asked.expected === 'stream_exists') return judgeExisting(log, known, asked, now)
  return judgeByPlace(log, asked, asked.expected === 'no_stream' ? -1n : asked.expected, now)
}

function judgeExisting(log: EventLog, known: KnownIds, asked: Asked, now: number): Verdict {
  if (isSoftDeleted(log, asked.stream)) return { kind: 'deleted' }
  const exists = [asked.stream, metadataStreamOf(asked.stream)].some((name) => log.streamOf(name).length > 0)
  return exists ? judgeByMemory(log, known, asked, now) : conflict(log, asked.stream)
}

/** Looks for the ids among those that are remembered: neither their order nor what lies between them matters. */
function judgeByMemory(log: EventLog, known: KnownIds, { stream, ids }: Asked, now: number): Verdict {
  const revisions = ids.map((id) => known.revisionOf(stream, id))
  if (revisions[0] === undefined) return { kind: 'write' }
  return revisions.includes(undefined) ? conflict(log, stream) : repeat(log, stream, revisions.at(-1) ?? 0, now)
}

/** Compares the ids one by one with those that follow the expected revision. */
function judgeByPlace(log: EventLog, { stream, expected, ids }: Asked, after: bigint, now: number): Verdict {
  const events = log.streamOf(stream)
  const current = BigInt(events.length - 1)
  if (after === current) return { kind: 'write' }
  if (after > current || ids.length === 0) return conflict(log, stream)
  const next = Number(after) + 1
  const firstOther = ids.findIndex((id, index) => events[next + index]?.id !== id)
  if (firstOther < 0) return repeat(log, stream, next + ids.length - 1, now)
  if (firstOther === 0 && expected === 'no_stream' && isSoftDeleted(log, stream)) return { kind: 'write' }
  return conflict(log, stream)
}

function conflict(log: EventLog, stream: string): Verdict {
  return { kind: 'conflict', current: log.streamOf(stream).length - 1 }
}

/** A repeat of what is hidden is answered without a position. */
function repeat(log: EventLog, stream: string, last: number, now: number): Verdict {
  const isVisible = last >= firstVisible(log, stream, now)
  return { kind: 'repeat', last, position: isVisible ? log.streamOf(stream)[last]?.position : undefined }
}
