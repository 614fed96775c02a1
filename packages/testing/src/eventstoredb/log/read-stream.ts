import type { LoggedEvent } from './logged-event.js'
import type { ServerState } from './server-state.js'
import { firstVisible, isSoftDeleted } from './stream-rules.js'

/** Where a reader begins, and in which direction it goes. */
export interface StreamQuestion {
  readonly stream: string
  readonly from: 'start' | 'end' | bigint
  readonly backwards: boolean
  readonly count: bigint
}

/** What a reader of one stream is told. */
export type StreamAnswer =
  | { readonly kind: 'events'; readonly events: readonly LoggedEvent[] }
  | { readonly kind: 'not-found' | 'deleted' | 'error' | 'thrown' }

const highest = 2n ** 63n - 1n
const end = 2n ** 64n - 1n

/** Reads one stream: what its metadata hide is left out, and revisions keep their numbers. */
export function readStream(state: ServerState, question: StreamQuestion): StreamAnswer {
  const { stream, backwards, count } = question
  const fromEnd = question.from === 'end' || question.from === end
  if (typeof question.from === 'bigint' && question.from > highest && !fromEnd) return { kind: 'thrown' }
  if (count === 0n || (fromEnd && !backwards)) return { kind: 'error' }
  if (state.log.isTombstoned(stream)) return { kind: 'deleted' }
  if (!exists(state, stream)) return { kind: 'not-found' }
  return { kind: 'events', events: backwards ? visibleBackwards(state, question) : visibleForwards(state, question) }
}

function exists({ log }: ServerState, stream: string): boolean {
  return log.streamOf(stream).length > 0 && !isSoftDeleted(log, stream)
}

function visibleForwards({ log, now }: ServerState, { stream, from, count }: StreamQuestion): readonly LoggedEvent[] {
  const first = Math.max(firstVisible(log, stream, now()), typeof from === 'bigint' ? Number(from) : 0)
  return log.streamOf(stream).slice(first, first + Number(count))
}

function visibleBackwards({ log, now }: ServerState, { stream, from, count }: StreamQuestion): readonly LoggedEvent[] {
  const events = log.streamOf(stream)
  const after = from === 'end' ? events.length : Math.min(events.length, Number(from === 'start' ? 0n : from) + 1)
  const first = Math.max(firstVisible(log, stream, now()), after - Number(count))
  return events.slice(first, Math.max(first, after)).reverse()
}
