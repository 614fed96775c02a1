import type { EventLog } from './event-log.js'
import type { LoggedEvent } from './logged-event.js'

/** A place in the log as readers name it: two numbers, which are the same for every event of this server. */
export interface LogPosition {
  readonly commit: bigint
  readonly prepare: bigint
}

/** Before the first event. On the wire it is the largest number of 64 bits. */
export const beforeAll: LogPosition = { commit: -1n, prepare: -1n }

/** Where the first page from the start begins. */
export const startOfLog: LogPosition = { commit: 0n, prepare: 0n }

/** The place of an event. */
export function placeOf({ position }: { readonly position: bigint }): LogPosition {
  return { commit: position, prepare: position }
}

/** Less than 0 when `a` comes first, 0 when both are the same place. */
export function comparePlaces(a: LogPosition, b: LogPosition): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1
  return a.prepare === b.prepare ? 0 : a.prepare < b.prepare ? -1 : 1
}

/** The index of the first event at or after a place. */
export function indexFrom({ events }: EventLog, place: LogPosition): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (comparePlaces(placeAt(events, middle), place) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function placeAt(events: readonly LoggedEvent[], index: number): LogPosition {
  return placeOf(events[index] ?? { position: 0n })
}
