import { type Append, StoreError, type StreamWrite, type Version } from './event-store.js'
import type { SerialisedEvent } from './serialise-append.js'

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
    { stream, expected, actual },
  )
}

/** What a store knows of one write at the moment of the append. */
export interface WriteFacts {
  readonly actual: Version
  readonly ids: KnownIds
}

/**
 * What is known of the ids of a write, asked as cheaply as the stream's version allows. `behind` gives the stored
 * events from the version after the expected one, at most as many as are asked for; `has` whether the stream holds an id.
 */
export function knownIds(
  actual: Version,
  write: StreamWrite,
  events: readonly SerialisedEvent[],
  behind: (from: number, count: number) => readonly SerialisedEvent[],
  has: (id: string) => boolean,
): KnownIds {
  if (actual === 'none') return 'unknown'
  if (actual === write.expected) return events.some((event) => has(event.id)) ? 'elsewhere' : 'unknown'
  const stored = behind(write.expected === 'none' ? 0 : write.expected + 1, events.length)
  if (events.some((event, at) => event.id !== stored[at]?.id)) return 'elsewhere'
  return events.every((event, at) => sameBody(event, stored[at]!)) ? 'same' : 'changed'
}

/**
 * The answer to an append as a whole. Each write is judged by the table; guards are asked only before something is
 * stored, so that a repeated append keeps its first answer. A write that is known beside one that is not is a conflict.
 * @throws StoreError `event-id-reused` or `conflict`
 */
export function judgeAppend(
  append: Append,
  facts: readonly WriteFacts[],
  versionOf: (stream: string) => Version,
): 'stored' | 'duplicate' {
  const verdicts = append.writes.map(({ expected }, at) => verdictOf(facts[at]!.actual, expected, facts[at]!.ids))
  const reused = verdicts.indexOf('event-id-reused')
  if (reused >= 0) throw reusedError(append.writes[reused]!)
  if (verdicts.every((verdict) => verdict === 'duplicate')) return 'duplicate'
  const moved = verdicts.findIndex((verdict) => verdict !== 'stored')
  if (moved >= 0) {
    throw conflictError(append.writes[moved]!.stream, append.writes[moved]!.expected, facts[moved]!.actual)
  }
  for (const guard of append.guards ?? []) {
    const actual = versionOf(guard.stream)
    if (actual !== guard.version) throw conflictError(guard.stream, guard.version, actual)
  }
  return 'stored'
}

function sameBody(event: SerialisedEvent, stored: SerialisedEvent): boolean {
  return event.type === stored.type && event.data === stored.data && event.metadata === stored.metadata
}

/** What every store throws for an id that stands for something else already, in one wording. */
export function reusedError({ stream, expected }: StreamWrite): StoreError {
  return new StoreError(
    'event-id-reused',
    `Stream ${stream} already holds an event with an id of this append, with another body or at another place. Make new ids for new events.`,
    { stream, expected },
  )
}
