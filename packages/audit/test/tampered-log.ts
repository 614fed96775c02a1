import type { EventStore, LogPage, StoredEvent, StoredText } from '@vitrine/core'
import * as fc from 'fast-check'

/** A log that gives these events, whatever they are: what is left of one that somebody has changed by hand. */
export function logOf(events: readonly StoredEvent[]): EventStore {
  return {
    traits: {
      name: 'tampered',
      durable: true,
      spansStreams: true,
      guards: true,
      comparesBodies: true,
      uniqueIds: true,
    },
    logId: 'tampered',
    append: () => Promise.reject(new Error('Nothing is written here.')),
    readStream: async (stream, { from = 0, limit = 1000 } = {}) => {
      const ofStream = events.filter((event) => event.stream === stream && event.version >= from).slice(0, limit)
      return { head: ofStream.at(-1)?.version ?? 'none', events: ofStream, atEnd: true }
    },
    async *readAll({ after = 0 } = {}): AsyncGenerator<LogPage> {
      const last = events.at(-1)
      const from = typeof after === 'number' ? after : after.position
      const through = last && { logId: 'tampered', position: last.position, id: last.id }
      yield { events: from === 0 ? events : events.filter(({ position }) => position > from), through, atHead: true }
    },
    close: async () => {},
  }
}

/** A log that gives these texts, whatever they say, and nothing but texts. */
export function textsOf(texts: readonly StoredText[]): EventStore {
  return {
    ...logOf([]),
    async *readTexts(): AsyncGenerator<LogPage<StoredText>> {
      yield { events: texts, through: undefined, atHead: true }
    },
  }
}

/** What was done to a log, and what is left of it. */
export interface Tampered {
  readonly what: string
  readonly events: readonly StoredEvent[]
}

type Tamper = fc.Arbitrary<Tampered>

/** One event says something else than it did. */
export function altered(events: readonly StoredEvent[]): Tamper {
  const changes = fc.oneof(
    fc.constantFrom<(event: StoredEvent) => StoredEvent>(
      (event) => ({ ...event, type: `${event.type}x` }),
      (event) => ({ ...event, id: event.id.replace(/^./, (first) => (first === 'f' ? '0' : 'f')) }),
      (event) => ({ ...event, stream: `${event.stream}0` }),
      (event) => ({ ...event, version: event.version + 1 }),
      (event) => ({ ...event, data: { ...event.data, added: true } }),
      (event) => ({ ...event, data: Object.fromEntries(Object.entries(event.data).slice(1)) }),
      (event) => ({ ...event, metadata: without(event.metadata, 'chain') }),
      (event) => ({ ...event, metadata: { ...event.metadata, chain: 'f'.repeat(64) } }),
    ),
    fc.string().map((text) => (event: StoredEvent) => changedSomewhere(event, 'data', text)),
    fc.string().map((text) => (event: StoredEvent) => changedSomewhere(event, 'metadata', text)),
  )
  return fc
    .tuple(fc.nat(events.length - 1), changes)
    .map(([at, change]) => ({ at, after: change(events[at]!) }))
    .filter(({ at, after }) => JSON.stringify(after) !== JSON.stringify(events[at]))
    .map(({ at, after }) => ({
      what: `event ${at} became ${JSON.stringify(after)}, from ${JSON.stringify(events[at])}`,
      events: events.with(at, after),
    }))
}

/** One event is gone that was not its stream's last. */
export function removed(events: readonly StoredEvent[]): Tamper {
  const inner = events.filter((event) => !isLast(events, event))
  return fc.constantFrom(...inner).map((gone) => ({
    what: `event ${gone.version} of ${gone.stream} is gone`,
    events: events.filter((event) => event !== gone),
  }))
}

/** Two events of a stream changed places; with them, or not, the numbers that they stand under. */
export function swapped(events: readonly StoredEvent[]): Tamper {
  const pairs = events.flatMap((one, at) =>
    events.slice(at + 1).flatMap((other) => (other.stream === one.stream ? [[one, other] as const] : [])),
  )
  return fc.tuple(fc.constantFrom(...pairs), fc.boolean()).map(([[one, other], renumbered]) => {
    const inPlaceOf = (moved: StoredEvent, place: StoredEvent) =>
      renumbered ? { ...moved, version: place.version, position: place.position } : moved
    return {
      what: `events ${one.version} and ${other.version} of ${one.stream} changed places${renumbered ? ' and numbers' : ''}`,
      events: events.map((event) =>
        event === one ? inPlaceOf(other, one) : event === other ? inPlaceOf(one, other) : event,
      ),
    }
  })
}

/** An event was put between others of its stream, which moved up. */
export function inserted(events: readonly StoredEvent[]): Tamper {
  return fc.tuple(fc.nat(events.length - 1), fc.uuid()).map(([at, id]) => {
    const like = events[at]!
    const moved = events.map((event, index) => ({
      ...event,
      position: event.position + (index >= at ? 1 : 0),
      version: event.version + (index >= at && event.stream === like.stream ? 1 : 0),
    }))
    return {
      what: `another event was put before event ${like.version} of ${like.stream}`,
      events: moved.toSpliced(at, 0, { ...like, id }),
    }
  })
}

/** The last events of one stream are gone. */
export function cutOff(events: readonly StoredEvent[]): Tamper {
  return fc.tuple(fc.constantFrom(...streamsOf(events)), fc.nat()).map(([stream, pick]) => {
    const left = pick % events.filter((event) => event.stream === stream).length
    return {
      what: `of ${stream} the first ${left} events are left`,
      events: events.filter((event) => event.stream !== stream || event.version < left),
    }
  })
}

export function streamsOf(events: readonly StoredEvent[]): readonly string[] {
  return [...new Set(events.map(({ stream }) => stream))]
}

function isLast(events: readonly StoredEvent[], { stream, version }: StoredEvent): boolean {
  return !events.some((event) => event.stream === stream && event.version > version)
}

/** Another text in the place of the first value that is none, or of the first text. */
function changedSomewhere(event: StoredEvent, part: 'data' | 'metadata', text: string): StoredEvent {
  const [name] = Object.keys(event[part]).filter((key) => key !== 'chain')
  return name === undefined ? event : { ...event, [part]: { ...event[part], [name]: text } }
}

function without<Whole extends object>(whole: Whole, name: keyof Whole): Whole {
  const { [name]: _, ...rest } = whole
  return rest as Whole
}
