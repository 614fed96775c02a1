import {
  abortedError,
  type Checkpoint,
  closedError,
  type LogPage,
  type LogPlan,
  logReplacedError,
  planReadAll,
  type ReadAllOptions,
} from '@vitrine/core'
import type { Log, Row } from './log.js'

/** Each event as `asEvent` makes it of its row. */
export async function* readLog<Event>(
  log: Log,
  options: ReadAllOptions,
  closing: AbortSignal,
  asEvent: (row: Row) => Event,
): AsyncIterable<LogPage<Event>> {
  const plan = planReadAll(options)
  const { signal } = options
  if (plan.verify) verify(log, plan.verify)
  let after = plan.after
  for (let first = true; ; first = false) {
    if (closing.aborted) throw closedError()
    if (signal?.aborted && plan.follow) return
    if (signal?.aborted) throw abortedError(signal.reason)
    const page = pageAfter(log, after, plan, asEvent)
    if (first || after < log.rows.length) yield page
    after = Math.max(after, page.through?.position ?? 0)
    if (after < log.rows.length) continue
    if (!plan.follow) return
    await somethingNew(log, after, closing, signal)
  }
}

function pageAfter<Event>(log: Log, after: number, plan: LogPlan, asEvent: (row: Row) => Event): LogPage<Event> {
  const limit = Math.min(after + plan.limit, log.rows.length)
  const last = log.rows[limit - 1]
  const end = limit + (last?.tail ?? 0)
  const events = log.rows.slice(after, end).filter(passes(plan)).map(asEvent)
  return { events, through: checkpointAt(log, end), atHead: end >= log.rows.length }
}

function passes({ types, streams, streamPrefix = '' }: LogPlan): (row: Row) => boolean {
  const wantedTypes = types && new Set(types)
  const wantedStreams = streams && new Set(streams)
  return ({ type, stream, isGone }) =>
    !isGone &&
    (wantedTypes?.has(type) ?? true) &&
    (wantedStreams?.has(stream) ?? true) &&
    stream.startsWith(streamPrefix)
}

function checkpointAt(log: Log, position: number): Checkpoint | undefined {
  const row = log.rows[position - 1]
  return row && { logId: log.logId, position, id: row.id }
}

function verify(log: Log, checkpoint: Checkpoint): void {
  const found = checkpointAt(log, checkpoint.position)
  if (found?.logId !== checkpoint.logId || found.id !== checkpoint.id) throw logReplacedError(checkpoint, log.logId)
}

async function somethingNew(log: Log, after: number, closing: AbortSignal, signal: AbortSignal | undefined) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const wake = () => resolve()
  log.waiting.add(wake)
  closing.addEventListener('abort', wake)
  signal?.addEventListener('abort', wake)
  if (after < log.rows.length || closing.aborted || signal?.aborted) wake()
  await promise
  log.waiting.delete(wake)
  closing.removeEventListener('abort', wake)
  signal?.removeEventListener('abort', wake)
}
