import { checkedNumber, type StreamPage, type StreamPlan, type Version } from '@vitrine/core'
import type { RecordedEvent } from './db-client.js'
import { truncatedError } from './faults.js'
import type { Log } from './log.js'
import { foundEvent, isOfServer } from './stored-form.js'

/**
 * A slice of a stream. What the server's own means have cut off is noticed: a stream that does not begin where it was
 * asked to is refused, since nobody could fold it.
 */
export async function readStream(
  log: Log,
  stream: string,
  plan: StreamPlan,
  signal: AbortSignal | undefined,
): Promise<StreamPage> {
  return plan.backwards ? backwards(log, stream, plan, signal) : forwards(log, stream, plan, signal)
}

/** The event before the first one is read too: it tells the head where nothing is new, and that nothing is missing. */
async function forwards(log: Log, stream: string, { from, limit }: StreamPlan, signal?: AbortSignal) {
  const before = from > 0 ? 1 : 0
  const events = await sliceOf(log, stream, { from: from - before, count: limit + before + 1 }, signal)
  if (events === 'absent') return nothing
  const [first] = events
  if (first === undefined) return beyond(log, stream, from, signal)
  checkFirst(stream, first, from - before)
  const wanted = events.slice(before)
  if (wanted.length <= limit) return page(log, wanted, Number(events.at(-1)!.revision), true)
  const head = await headOf(log, stream, signal)
  return page(log, wanted.slice(0, limit), head, false)
}

async function backwards(log: Log, stream: string, { from, limit }: StreamPlan, signal?: AbortSignal) {
  const isEnd = from === Number.MAX_SAFE_INTEGER
  const events = await sliceOf(log, stream, { from: isEnd ? 'end' : from, count: limit + 1, backwards: true }, signal)
  if (events === 'absent') return nothing
  const [last] = events
  if (last === undefined) throw truncatedError(stream, 'has events, and shows none of them')
  const first = Number(events.at(-1)!.revision)
  const atEnd = events.length <= limit
  if (atEnd && first > 0) checkFirst(stream, events.at(-1)!, 0)
  const head = isEnd || last.revision < BigInt(from) ? Number(last.revision) : await headOf(log, stream, signal)
  return page(log, events.slice(0, limit), head, atEnd)
}

/** Nothing stands there: the stream is shorter, or it is not there, or it is hidden. */
async function beyond(log: Log, stream: string, from: number, signal?: AbortSignal): Promise<StreamPage> {
  const head = await headOf(log, stream, signal)
  if (head === 'none') return nothing
  if (head >= from)
    throw truncatedError(stream, `is at version ${head} and does not show what is from version ${from} on`)
  return { head, events: [], atEnd: true }
}

async function headOf(log: Log, stream: string, signal?: AbortSignal): Promise<Version> {
  const events = await sliceOf(log, stream, { from: 'end', count: 1, backwards: true }, signal)
  if (events === 'absent') return 'none'
  if (events[0] === undefined) throw truncatedError(stream, 'has events, and shows none of them')
  return checkedNumber(events[0].revision, 'The revision')
}

type Slice = Parameters<Log['connection']['readStream']>[1]

function sliceOf({ connection, names }: Log, stream: string, slice: Slice, signal: AbortSignal | undefined) {
  return connection.readStream(names.onServer(stream), { ...slice, count: Math.min(slice.count, most) }, signal)
}

const most = Number.MAX_SAFE_INTEGER

function page({ names }: Log, events: readonly RecordedEvent[], head: Version, atEnd: boolean): StreamPage {
  const ours = events.filter((event) => !isOfServer(event))
  return { head, events: ours.map((event) => foundEvent(event, names.prefix).event), atEnd }
}

const nothing: StreamPage = { head: 'none', events: [], atEnd: true }

function checkFirst(stream: string, { revision }: RecordedEvent, wanted: number): void {
  if (revision === BigInt(wanted)) return
  throw truncatedError(stream, `begins at version ${revision} where version ${wanted} was expected`)
}
