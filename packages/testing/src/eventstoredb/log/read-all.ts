import type { EventLog } from './event-log.js'
import { comparePlaces, indexFrom, type LogPosition, startOfLog } from './log-position.js'
import type { LoggedEvent } from './logged-event.js'

/** Where a reader of the whole log begins, and in which direction it goes. */
export interface AllQuestion {
  readonly from: 'start' | 'end' | LogPosition
  readonly backwards: boolean
  readonly count: bigint
}

/** What a reader of the whole log is told. */
export type AllAnswer =
  | { readonly kind: 'events'; readonly events: readonly LoggedEvent[] }
  | { readonly kind: 'invalid-position' | 'error' | 'thrown' | 'endless' }

const highest = 2n ** 63n - 1n

/** Reads the log: forwards with the event at the position, backwards without it. */
export function readAll(log: EventLog, { from, backwards, count }: AllQuestion): AllAnswer {
  if (count === 0n) return { kind: 'endless' }
  if (typeof from === 'string' || from.commit > highest) return wholeLog(log, from, backwards, count)
  if (from.prepare > from.commit) return { kind: 'thrown' }
  if (isBeyond(log, from)) return backwards ? { kind: 'error' } : { kind: 'events', events: [] }
  if (!isPlace(log, from)) return { kind: 'invalid-position' }
  return {
    kind: 'events',
    events: backwards
      ? backwardsFrom(log, indexFrom(log, from), count)
      : forwardsFrom(log, indexFrom(log, from), count),
  }
}

/** Whether a reader may begin at a place: something begins there, or it is the start. */
export function isPlace(log: EventLog, place: LogPosition): boolean {
  return comparePlaces(place, startOfLog) <= 0 || log.begins(place.commit)
}

/** Whether a place lies after everything that was written. */
function isBeyond(log: EventLog, place: LogPosition): boolean {
  return place.commit > log.last() && !log.begins(place.commit)
}

function wholeLog(log: EventLog, from: 'start' | 'end' | LogPosition, backwards: boolean, count: bigint): AllAnswer {
  if ((from === 'start') === backwards) return { kind: 'events', events: [] }
  return {
    kind: 'events',
    events: backwards ? backwardsFrom(log, log.events.length, count) : forwardsFrom(log, 0, count),
  }
}

function forwardsFrom({ events }: EventLog, index: number, count: bigint): readonly LoggedEvent[] {
  return events.slice(index, index + Number(count))
}

function backwardsFrom({ events }: EventLog, index: number, count: bigint): readonly LoggedEvent[] {
  return events.slice(Math.max(0, index - Number(count)), index).reverse()
}
