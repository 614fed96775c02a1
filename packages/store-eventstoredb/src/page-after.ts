import { isForNothing, type LogPage, type LogPlan, type StoredEvent } from '@vitrine/core'
import { place } from './client-connection.js'
import type { RecordedEvent, ServerPosition } from './db-client.js'
import { checkpointAt, isOf, type Log, lastOf, noPlace, placeOf } from './log.js'
import type { LogPlace } from './reach.js'
import { foundEvent, isObject } from './stored-form.js'

/** Events of the server that are asked for at once. */
const most = 1_024
/** Events of others in a row after which the server is asked to look for the next one of the log. */
const enough = 500

/**
 * The next page behind a position: at least `limit` events of the log are looked at, to the end of an append. The server
 * cannot filter what is read, so it is filtered here; what belongs to others does not count.
 */
export async function pageAfter(
  log: Log,
  after: number,
  plan: LogPlan,
  signal: AbortSignal | undefined,
): Promise<LogPage> {
  if (isForNothing(plan)) {
    return { events: [], through: checkpointAt(log, await lastOf(log, signal)), atHead: true }
  }
  const gathering = gather(log, after, plan)
  let from = startBehind(log, after)
  let foreign = 0
  for (;;) {
    const count = Math.min(Math.max(gathering.wanted() + 2, foreign * 4), most)
    const events = await log.connection.readAll({ from, count }, signal)
    if (events === 'no-place') throw noPlace(from)
    for (const event of events) gathering.take(event)
    const isOver = events.length < count
    if (isOver || gathering.knowsNext()) return pageOf(log, after, gathering, isOver, signal)
    from = events.at(-1)!.position!
    foreign = events.some((event) => isOf(log, event)) ? 0 : events.length
    if (foreign < enough) continue
    const next = await skipped(log, gathering, from, signal)
    if (next === 'end') return pageOf(log, after, gathering, true, signal)
    from = next
  }
}

/** Where to read on when all that was read at last is others': the server looks for the next event of the log. */
async function skipped(
  { connection, names }: Log,
  gathering: Gathering,
  from: ServerPosition,
  signal: AbortSignal | undefined,
): Promise<ServerPosition | 'end'> {
  const newest = await connection.readAll({ from: 'end', count: 1, backwards: true }, signal)
  const next = await connection.next(names.prefix, from, signal)
  if (next !== 'end') return next ?? from
  // What the server held before it was asked, it has looked at.
  const end = newest === 'no-place' ? undefined : newest[0]?.position
  if (end) gathering.skipTo(end)
  return 'end'
}

interface Gathering {
  take(event: RecordedEvent): void
  /** How many events are still to be looked at. */
  wanted(): number
  /** The page is full, and there is an event behind it. */
  knowsNext(): boolean
  /** Events of one append are still missing. */
  isOpen(): boolean
  found(): { readonly events: readonly StoredEvent[]; readonly through: LogPlace | undefined }
  /** The last place on the server that was looked at. */
  end(): ServerPosition
  /** Nothing of the log lies before this place. */
  skipTo(place: ServerPosition): void
}

/** Gathers a page. What an append wrote is held back until all of it is there. */
function gather(log: Log, after: number, plan: LogPlan): Gathering {
  const { prefix } = log.names
  const passes = filterOf(plan, prefix)
  const events: StoredEvent[] = []
  let append: StoredEvent[] = []
  let through: LogPlace | undefined
  let looked = 0
  let isOpen = false
  let knowsNext = false
  let end = place(after)

  const look = (event: RecordedEvent) => {
    looked += 1
    if (passes(event)) append.push(foundEvent(event, prefix).event)
    isOpen = tailOf(event) > 0
    if (isOpen) return
    events.push(...append)
    append = []
    through = placeOf(event)
  }

  return {
    take(event) {
      const at = event.position
      if (knowsNext || !at) return
      if (at.commit === BigInt(after) && isOf(log, event)) through ??= placeOf(event)
      if (at.commit <= end.commit) return
      knowsNext = looked >= plan.limit && !isOpen && isOf(log, event)
      if (knowsNext) return
      if (isOf(log, event)) look(event)
      end = at
    },
    wanted: () => Math.max(plan.limit - looked, Number(isOpen)),
    knowsNext: () => knowsNext,
    isOpen: () => isOpen,
    found: () => ({ events, through }),
    end: () => end,
    skipTo(place) {
      if (place.commit > end.commit) end = place
    },
  }
}

async function pageOf(
  log: Log,
  after: number,
  gathering: Gathering,
  isOver: boolean,
  signal: AbortSignal | undefined,
): Promise<LogPage> {
  const { events, through } = gathering.found()
  const atHead = isOver && !gathering.knowsNext()
  const isNext = through !== undefined || BigInt(after) <= log.reach.quiet().commit
  if (through) log.reach.met(through)
  if (atHead && isNext && !gathering.isOpen()) log.reach.lookedUpTo(gathering.end(), through)
  const reached = through ?? (await lastUpTo(log, after, signal))
  return { events: await remaining(log, events), through: checkpointAt(log, reached), atHead }
}

/** What is known to be nobody's is not read again. */
function startBehind({ begin, reach }: Log, after: number): ServerPosition {
  const from = BigInt(after) > begin.commit ? place(after) : begin
  const quiet = reach.quiet()
  return (reach.last()?.position ?? 0) <= after && quiet.commit > from.commit ? quiet : from
}

/** Where a reader stands who found nothing, neither behind the position that it named nor at it. */
async function lastUpTo(log: Log, after: number, signal: AbortSignal | undefined): Promise<LogPlace | undefined> {
  if (BigInt(after) <= log.begin.commit) return undefined
  const id = log.reach.idAt(after)
  return id === undefined ? lastOf(log, signal) : { position: after, id }
}

async function remaining({ forgotten }: Log, events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  if (!forgotten || events.length === 0) return events
  const gone = await forgotten([...new Set(events.map(({ stream }) => stream))])
  return gone.size === 0 ? events : events.filter(({ stream }) => !gone.has(stream))
}

function filterOf({ types, streams, streamPrefix = '' }: LogPlan, prefix: string) {
  const wantedTypes = types && new Set(types)
  const wantedStreams = streams && new Set(streams)
  return ({ type, streamId }: RecordedEvent): boolean =>
    (wantedTypes?.has(type) ?? true) &&
    (wantedStreams?.has(streamId.slice(prefix.length)) ?? true) &&
    streamId.startsWith(streamPrefix, prefix.length)
}

function tailOf({ metadata }: RecordedEvent): number {
  return isObject(metadata) ? Number(metadata.tail ?? 0) : 0
}
