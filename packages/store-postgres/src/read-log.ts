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
import type { Row, Value } from './database.js'
import { translated } from './faults.js'
import { heard, unlessAborted } from './heard.js'
import type { LogTables } from './log-tables.js'
import { eventColumns, storedEvent, whole } from './stored-event.js'

export async function* readLog(
  tables: LogTables,
  options: ReadAllOptions,
  closing: AbortSignal,
): AsyncIterable<LogPage> {
  const plan = planReadAll(options)
  const { signal } = options
  const { where } = tables.database
  const read = <Answer>(work: () => Promise<Answer>) =>
    unlessAborted(plan.follow ? undefined : signal, translated(where, work))
  if (closing.aborted) throw closedError()
  if (plan.verify) await read(() => verify(tables, plan.verify!))
  let after = plan.after
  for (let first = true; ; first = false) {
    if (closing.aborted) throw closedError()
    if (signal?.aborted && plan.follow) return
    if (signal?.aborted) throw abortedError(signal.reason)
    const beat = tables.news.beat()
    const page = await read(() => pageAfter(tables, after, plan))
    const position = page.through?.position ?? 0
    if (first || position > after) yield page
    after = Math.max(after, position)
    if (!page.atHead) continue
    if (!plan.follow) return
    await heard(tables, after, beat, [closing, ...(signal ? [signal] : [])])
  }
}

/**
 * One statement, so that all of it is seen at one moment: the end of the page (`limit` positions on, or the next event
 * behind a gap, then on to the end of its append), the head of the log, and the events between.
 */
async function pageAfter({ database, own, logId }: LogTables, after: number, plan: LogPlan): Promise<LogPage> {
  const { where, values } = filtered(own, plan, 3)
  const events = `${own}_events`
  const rows = await database.ask(
    `WITH near AS (
      SELECT position, tail FROM ${events} WHERE position > $1 AND position <= $1 + $2 ORDER BY position DESC LIMIT 1
    ), next AS (
      SELECT position, tail FROM ${events} WHERE position > $1 AND NOT EXISTS (SELECT FROM near) ORDER BY position LIMIT 1
    ), bound AS (
      SELECT coalesce((SELECT position + tail FROM near), (SELECT position + tail FROM next), $1) AS position
    ), through AS (
      SELECT l.position, l.id FROM ${events} l
      WHERE l.position <= (SELECT position FROM bound) ORDER BY l.position DESC LIMIT 1
    )
    SELECT through.position AS last, through.id AS last_id,
      (SELECT max(position) FROM ${events}) AS head, ${eventColumns}
    FROM through LEFT JOIN (${events} e JOIN ${own}_streams s ON s.id = e.stream JOIN ${own}_types t ON t.id = e.type)
      ON e.position > $1 AND e.position <= through.position${where}
    ORDER BY e.position`,
    [after, Math.min(plan.limit, most), ...values],
  )
  return pageOf(rows, logId)
}

/** So that the end of a page is always a number that can be held. */
const most = 1_000_000

function pageOf(rows: readonly Row[], logId: string): LogPage {
  const [first] = rows
  if (first === undefined) return { events: [], through: undefined, atHead: true }
  const position = whole(first.last)
  const events = rows.filter(({ id }) => id !== null).map(storedEvent)
  return { events, through: { logId, position, id: first.last_id! }, atHead: position === whole(first.head) }
}

function filtered(own: string, { types, streams, streamPrefix }: LogPlan, from: number) {
  const values: Value[] = []
  const mark = (value: Value) => `$${from + values.push(value) - 1}`
  const among = (table: string, names: readonly string[]) =>
    `= ANY (ARRAY(SELECT id FROM ${own}_${table} WHERE name = ANY (${mark(names)}::text[])))`
  const conditions = [
    ...(types ? [`e.type ${among('types', types)}`] : []),
    ...(streams ? [`e.stream ${among('streams', streams)}`] : []),
    // Names are ASCII up to 7E, so 7F ends what begins with the prefix.
    ...(streamPrefix ? [`s.name >= ${mark(streamPrefix)} AND s.name < ${mark(`${streamPrefix}\x7f`)}`] : []),
  ]
  return { where: conditions.map((condition) => ` AND ${condition}`).join(''), values }
}

/** An erased event still holds its place. */
async function verify({ database, own, logId }: LogTables, wanted: Checkpoint): Promise<void> {
  const held = ['events', 'erasures'].map((table) => `SELECT id FROM ${own}_${table} WHERE position = $1`)
  const [found] = await database.ask(held.join(' UNION ALL '), [wanted.position])
  if (wanted.logId !== logId || found?.id !== wanted.id) throw logReplacedError(wanted, logId)
}
