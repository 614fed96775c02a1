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
import type { Row, Value } from './database.js'
import { translated } from './faults.js'
import { heard, unlessAborted } from './heard.js'
import type { LogTables } from './log-tables.js'
import { eventColumns, whole } from './stored-event.js'

/** Each event as `asEvent` makes it of its row. */
export async function* readLog<Event extends Placed>(
  tables: LogTables,
  options: ReadAllOptions,
  closing: AbortSignal,
  asEvent: (row: Row) => Event,
): AsyncIterable<LogPage<Event>> {
  const plan = planReadAll(options)
  const { signal } = options
  const { where } = tables.database
  const read = <Answer>(work: () => Promise<Answer>) =>
    unlessAborted(plan.follow ? undefined : signal, translated(where, work))
  if (closing.aborted) throw closedError()
  if (plan.verify) await read(() => verify(tables, plan.verify!))
  const ask = (from: number) => ({
    beat: tables.news.beat(),
    page: read(async () => pageOf(await rowsAfter(tables, from, plan), tables.logId, asEvent)),
  })
  let after = plan.after
  let asked: ReturnType<typeof ask> | undefined
  for (let first = true; ; first = false) {
    if (closing.aborted) throw closedError()
    if (signal?.aborted && plan.follow) return
    if (signal?.aborted) throw abortedError(signal.reason)
    const { beat, page: coming } = asked ?? ask(after)
    const page = await coming
    const position = page.through?.position ?? 0
    // Who came for a second page comes for a third: the server looks for it while this one is handled.
    asked = first || page.atHead ? undefined : ask(position)
    asked?.page.catch(() => undefined)
    if (first || position > after) yield page
    after = Math.max(after, position)
    if (!page.atHead) continue
    if (!plan.follow) return
    await heard(tables, after, beat, [closing, ...(signal ? [signal] : [])])
  }
}

/**
 * One statement, so that all of it is seen at one moment: the end of the page (`limit` positions on, or the next event
 * behind a gap, then on to the end of its append), the head of the log, and the events between. The names of streams and
 * types are looked up event by event: a join might read all streams for every page, or sort what stands in order already.
 */
function rowsAfter({ database, own }: LogTables, after: number, plan: LogPlan): Promise<readonly Row[]> {
  const { where, values } = filtered(own, plan, 3)
  const events = `${own}_events`
  return database.ask(
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
    SELECT (SELECT max(position) FROM ${events}) AS head, id, NULL AS type, NULL AS data, NULL AS metadata, NULL AS stream,
      NULL AS version, position FROM through
    UNION ALL (
      SELECT NULL, ${eventColumns} FROM ${events} e
      CROSS JOIN LATERAL (SELECT name FROM ${own}_streams WHERE id = e.stream OFFSET 0) s
      CROSS JOIN LATERAL (SELECT name FROM ${own}_types WHERE id = e.type OFFSET 0) t
      WHERE e.position > $1 AND e.position <= (SELECT position FROM through)${where}
      ORDER BY e.position
    )`,
    [after, Math.min(plan.limit, most), ...values],
  )
}

/** So that the end of a page is always a number that can be held. */
const most = 1_000_000

interface Placed {
  readonly position: number
}

function pageOf<Event extends Placed>(
  rows: readonly Row[],
  logId: string,
  asEvent: (row: Row) => Event,
): LogPage<Event> {
  const end = rows.find(({ head }) => head !== null)
  if (end === undefined) return { events: [], through: undefined, atHead: true }
  const position = whole(end.position)
  // They come in order, though nothing promises that of a UNION.
  const events = rows.flatMap((row) => (row === end ? [] : [asEvent(row)])).sort((a, b) => a.position - b.position)
  return { events, through: { logId, position, id: end.id! }, atHead: position === whole(end.head) }
}

function filtered(own: string, plan: LogPlan, from: number) {
  const { types, streams, streamPrefix } = plan
  const values: Value[] = []
  const mark = (value: Value) => `$${from + values.push(value) - 1}`
  const among = (table: string, names: readonly string[]) =>
    `= ANY (ARRAY(SELECT id FROM ${own}_${table} WHERE name = ANY (${mark(names)}::text[])))`
  const conditions = [
    ...(isForNothing(plan) ? ['false'] : []),
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
