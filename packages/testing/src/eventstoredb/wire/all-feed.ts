import type { EventLog } from '../log/event-log.js'
import { beforeAll, comparePlaces, indexFrom, type LogPosition, placeOf, startOfLog } from '../log/log-position.js'
import type { LoggedEvent } from '../log/logged-event.js'
import { isPlace } from '../log/read-all.js'
import type { EventFilter } from './event-filter.js'
import type { Feed, Page } from './follow.js'
import { invalidPosition } from './refusals.js'

const pageSize = 32
const highest = 2n ** 63n - 1n

interface Sending {
  event(event: LoggedEvent): Promise<void>
  checkpoint(place: LogPosition): Promise<void>
}

/** The log, from after a position; with a filter also how far it was searched. */
export function allFeed(
  log: EventLog,
  from: 'start' | 'end' | LogPosition,
  filter: EventFilter | undefined,
  sending: Sending,
): Feed<LogPosition> {
  let newest = { commit: -2n, prepare: -2n }
  const last = () => placeOf({ position: log.last() })
  return {
    from: from === 'start' ? beforeAll : from === 'end' || from.commit > highest ? last() : from,
    interval: filter?.interval ?? 0,
    isAtEnd: (place) => comparePlaces(place, last()) >= 0,
    isBefore: (place, other) => comparePlaces(place, other) < 0,
    placeOf,
    page: (place) => pageFrom(log, place, filter),
    send: sending.event,
    async sendCheckpoint(place) {
      if (comparePlaces(place, newest) <= 0) return
      newest = place
      await sending.checkpoint(place)
    },
  }
}

/** Reads from a place on, with what begins there: as many events as a page holds, or as the filter searches at a time. */
function pageFrom(log: EventLog, from: LogPosition, filter: EventFilter | undefined): Page<LogPosition> {
  if (!isPlace(log, from) && from.commit <= log.last()) throw invalidPosition()
  const window = filter?.window ?? pageSize
  const events: LoggedEvent[] = []
  let considered = 0
  let index = indexFrom(log, from)
  while (considered < window && events.length < pageSize && index < log.events.length) {
    const event = log.events[index]
    if (event && (!filter || filter.matches(event))) events.push(event)
    considered += 1
    index += 1
  }
  const isEnd = considered < window && events.length < pageSize
  return { events, considered, start: from === beforeAll ? startOfLog : from, next: placeAt(log, index), isEnd }
}

function placeAt(log: EventLog, index: number): LogPosition {
  return { commit: log.events[index]?.position ?? log.last() + 1n, prepare: 0n }
}
