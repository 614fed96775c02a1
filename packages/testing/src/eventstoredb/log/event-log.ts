import { describedBy, type LoggedEvent, type ProposedEvent, tombstoneRevision } from './logged-event.js'

/** An event that was given its stream and revision, but no place in the log yet. */
export interface Placed extends ProposedEvent {
  readonly stream: string
  readonly revision: number
}

/** What is written at once: whole or not at all. An empty one takes a place in the log and leaves no event. */
export interface Commit {
  readonly events: readonly LoggedEvent[]
  readonly position: bigint
}

/** The one log of a server. Nothing is ever taken out of it. */
export interface EventLog {
  readonly events: readonly LoggedEvent[]
  /** The events of a stream by revision, without its tombstone. */
  streamOf(name: string): readonly LoggedEvent[]
  isTombstoned(name: string): boolean
  /** The position of what was written last. */
  last(): bigint
  /** Whether something begins at a position. */
  begins(position: bigint): boolean
  write(events: readonly Placed[]): Commit
  /** Calls back after each commit, in order, until the function that it gives is called. */
  watch(watcher: (commit: Commit) => void): () => void
}

const beginning = 1_320n // what comes before are records of the server itself, which no reader sees
const headerBytes = 96

/** An empty log, or one that holds what was committed before; `store` is called with each commit before it is acknowledged. */
export function eventLog(before: Iterable<Commit>, store: (commit: Commit) => void, now: () => number): EventLog {
  const events: LoggedEvent[] = []
  const streams = new Map<string, LoggedEvent[]>()
  const tombstones = new Set<string>()
  const places = new Set<bigint>()
  const watchers = new Set<(commit: Commit) => void>()
  let end = beginning
  let last = 0n

  const take = (commit: Commit) => {
    for (const event of commit.events) keep(event)
    last = commit.position
    places.add(last)
    end = last + BigInt(sizeOf(commit.events.at(-1)))
  }
  const keep = (event: LoggedEvent) => {
    events.push(event)
    places.add(event.position)
    if (event.revision === tombstoneRevision) tombstones.add(event.stream)
    else streamFor(streams, event.stream).push(event)
  }
  for (const commit of before) take(commit)

  const isTombstoned = (name: string): boolean => {
    const described = describedBy(name)
    return tombstones.has(name) || (described !== undefined && isTombstoned(described))
  }
  return {
    events,
    streamOf: (name) => streams.get(name) ?? [],
    isTombstoned,
    last: () => last,
    begins: (position) => places.has(position) || position === end,
    write(placed) {
      const commit = positioned(placed, end, now())
      store(commit)
      take(commit)
      for (const watcher of watchers) watcher(commit)
      return commit
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

function positioned(placed: readonly Placed[], from: bigint, created: number): Commit {
  let position = from
  const events = placed.map((event) => {
    const logged = { ...event, position, created }
    position += BigInt(sizeOf(event))
    return logged
  })
  return { events, position: events.at(-1)?.position ?? from }
}

function sizeOf(event: Placed | undefined): number {
  if (!event) return headerBytes
  return headerBytes + event.stream.length + event.type.length + event.data.length + event.metadata.length
}

function streamFor(streams: Map<string, LoggedEvent[]>, name: string): LoggedEvent[] {
  const known = streams.get(name)
  if (known) return known
  const fresh: LoggedEvent[] = []
  streams.set(name, fresh)
  return fresh
}
