import {
  abortedError,
  type Checkpoint,
  closedError,
  isForNothing,
  type LogPage,
  type LogPlan,
  logReplacedError,
  planReadAll,
  type ReadAllOptions,
} from '@vitrine/core'
import { translated } from './faults.js'
import type { Row, SqliteFile } from './file.js'
import { somethingNew } from './something-new.js'
import { eventColumns } from './stored-event.js'

/** Each event as `asEvent` makes it of its row. */
export async function* readLog<Event>(
  file: SqliteFile,
  logId: string,
  options: ReadAllOptions,
  closing: AbortSignal,
  asEvent: AsEvent<Event>,
): AsyncIterable<LogPage<Event>> {
  const plan = planReadAll(options)
  const { signal } = options
  const read = <Answer>(work: () => Answer) => translated(file.path, () => file.patiently(work))
  if (closing.aborted) throw closedError()
  if (plan.verify) await read(() => verify(file, logId, plan.verify!))
  let after = plan.after
  for (let first = true; ; first = false) {
    if (closing.aborted) throw closedError()
    if (signal?.aborted && plan.follow) return
    if (signal?.aborted) throw abortedError(signal.reason)
    const state = file.state()
    const page = await read(() => pageAfter(file, logId, after, plan, asEvent))
    const position = page.through?.position ?? 0
    if (first || position > after) yield page
    after = Math.max(after, position)
    if (!page.atHead) continue
    if (!plan.follow) return
    await somethingNew(file, state, [closing, ...(signal ? [signal] : [])])
  }
}

type AsEvent<Event> = (row: Row) => Event

/** All in one go on one connection, so the events between the bounds cannot change in between: they are never changed. */
function pageAfter<Event>(
  file: SqliteFile,
  logId: string,
  after: number,
  plan: LogPlan,
  asEvent: AsEvent<Event>,
): LogPage<Event> {
  const last = lastLookedAt(file, after, plan.limit)
  const head = file.prepare('SELECT max(position) AS position FROM events').get()
  if (last === undefined) return { events: [], through: checkpoint(logId, lastUpTo(file, after)), atHead: true }
  const events = isForNothing(plan) ? [] : rowsBetween(file, after, last.position, plan).map(asEvent)
  return { events, through: checkpoint(logId, last), atHead: last.position === head?.position }
}

function rowsBetween(file: SqliteFile, after: number, last: number, plan: LogPlan): readonly Row[] {
  const { sql, values } = filtered(plan)
  return file.rows(sql, after, last, ...values)
}

interface Place {
  readonly position: number
  readonly id: string
  readonly tail: number
}

/** The end of the page: `limit` positions on, or the next event behind a gap, then on to the end of its append. */
function lastLookedAt(file: SqliteFile, after: number, limit: number): Place | undefined {
  const near = lastUpTo(file, Math.min(after + limit, Number.MAX_SAFE_INTEGER))
  const found = near !== undefined && near.position > after ? near : nextAfter(file, after)
  return found === undefined || found.tail === 0 ? found : lastUpTo(file, found.position + found.tail)
}

const place = 'SELECT position, id, tail FROM events'

function lastUpTo(file: SqliteFile, position: number): Place | undefined {
  return asPlace(file.prepare(`${place} WHERE position <= ? ORDER BY position DESC LIMIT 1`).get(position))
}

function nextAfter(file: SqliteFile, position: number): Place | undefined {
  return asPlace(file.prepare(`${place} WHERE position > ? ORDER BY position LIMIT 1`).get(position))
}

function asPlace(row: Record<string, unknown> | undefined): Place | undefined {
  return row && { position: Number(row.position), id: String(row.id), tail: Number(row.tail) }
}

function filtered({ types, streams, streamPrefix }: LogPlan): { sql: string; values: readonly string[] } {
  const among = (table: string) => `IN (SELECT id FROM ${table} WHERE name IN (SELECT value FROM json_each(?)))`
  const conditions = [
    ...(types ? [{ sql: `e.type ${among('types')}`, values: [JSON.stringify(types)] }] : []),
    ...(streams ? [{ sql: `+e.stream ${among('streams')}`, values: [JSON.stringify(streams)] }] : []),
    // Names are ASCII up to 7E, so 7F ends what begins with the prefix.
    ...(streamPrefix ? [{ sql: 's.name >= ? AND s.name < ?', values: [streamPrefix, `${streamPrefix}\x7f`] }] : []),
  ]
  const where = ['e.position > ? AND e.position <= ?', ...conditions.map(({ sql }) => sql)].join(' AND ')
  return {
    sql: `SELECT ${eventColumns} WHERE ${where} ORDER BY e.position`,
    values: conditions.flatMap(({ values }) => values),
  }
}

function checkpoint(logId: string, found: Place | undefined): Checkpoint | undefined {
  return found && { logId, position: found.position, id: found.id }
}

/** An erased event still holds its place. */
function verify(file: SqliteFile, logId: string, wanted: Checkpoint): void {
  const found = file
    .prepare('SELECT id FROM events WHERE position = ? UNION ALL SELECT id FROM erasures WHERE position = ?')
    .get(wanted.position, wanted.position)
  if (wanted.logId !== logId || found?.id !== wanted.id) throw logReplacedError(wanted, logId)
}
