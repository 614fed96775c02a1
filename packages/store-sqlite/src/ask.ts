import { type FindPlan, type FoundPage, type JsonObject, type SearchPlan, ViewStoreError } from '@vitrine/core'
import { asIndexKey, stored, type ViewFile } from './view-file.js'

type Question = Omit<FindPlan, 'limit' | 'cursorAt'>

/** The part of a statement that walks an index: conditions with their values. */
interface Walk {
  readonly table: string
  readonly where: string
  readonly values: readonly (string | number)[]
  /** The column of the order, in the words of the index. */
  readonly order: string | undefined
}

export function find(view: ViewFile, plan: FindPlan): FoundPage {
  const { file, names } = view
  const { table, where, values, order } = walkFor(view, plan)
  const direction = plan.descending ? 'DESC' : 'ASC'
  const by = [...(order ? [`${order} ${direction}`] : []), `i.key ${direction}`].join(', ')
  const sql = `SELECT i.key, d.document, ${order ?? 'NULL'} AS value
    FROM ${table} i CROSS JOIN ${names.documents} d ON d.id = i.id WHERE ${where} ORDER BY ${by} LIMIT ?`
  return page(file.prepare(sql).all(...values, plan.limit + 1), plan)
}

export function count(view: ViewFile, plan: FindPlan): number {
  const { table, where, values } = walkFor(view, plan)
  const row = view.file.prepare(`SELECT count(*) AS documents FROM ${table} i WHERE ${where}`).get(...values)
  return Number(row?.documents)
}

/** Best matches first; documents are only read once it is clear which ones are wanted. */
export function search(view: ViewFile, plan: SearchPlan): FoundPage {
  if (plan.words.length === 0) return find(view, plan)
  const { documents, text } = view.names
  const equal = plan.fields.length === 0 ? undefined : walkFor(view, withoutPage(plan))
  const sql = `
    SELECT d.key, d.document, best.score AS value FROM (
      SELECT d.id, found.score FROM (SELECT rowid, bm25(${text}) AS score FROM ${text} WHERE ${text} MATCH ?) found
      CROSS JOIN ${documents} d ON d.id = found.rowid
      WHERE ${equal ? `EXISTS (SELECT 1 FROM ${equal.table} i WHERE ${equal.where} AND i.key = d.key)` : 'TRUE'}
      ${plan.after ? 'AND (found.score, d.key) > (?, ?)' : ''}
      ORDER BY found.score, d.key LIMIT ?
    ) best CROSS JOIN ${documents} d ON d.id = best.id ORDER BY best.score, d.key`
  const match = plan.words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ')
  const after = plan.after ? [Number(plan.after.value), plan.after.key] : []
  const rows = view.file.prepare(sql).all(match, ...(equal?.values ?? []), ...after, plan.limit + 1)
  return page(rows, plan)
}

function walkFor({ names, shape }: ViewFile, plan: Question): Walk {
  const { fields, equal, ordered } = plan
  const index = names.indexes.find((known) => known.fields.join('\n') === fields.join('\n'))
  if (fields.length > 0 && index === undefined) {
    throw new ViewStoreError('no-index', `View ${shape.name} has no index on (${fields.join(', ')}).`)
  }
  const order = ordered ? `i.v${equal.length}` : undefined
  const conditions = [
    ...equal.map((value, at) => ({ sql: `i.v${at} = ?`, values: [stored(value)] })),
    ...boundsOf(plan, order),
  ]
  return {
    table: index?.table ?? names.documents,
    where: conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
    order,
  }
}

function boundsOf({ from, to, after, descending }: Question, order: string | undefined) {
  const beyond = descending ? '<' : '>'
  const low = from !== undefined && (after === undefined || descending)
  const high = to !== undefined && (after === undefined || !descending)
  return [
    ...(low ? [{ sql: `${order} >= ?`, values: [stored(from)] }] : []),
    ...(high ? [{ sql: `${order} <= ?`, values: [stored(to)] }] : []),
    ...(after && order
      ? [{ sql: `(${order}, i.key) ${beyond} (?, ?)`, values: [stored(after.value), after.key] }]
      : []),
    ...(after && !order ? [{ sql: `i.key ${beyond} ?`, values: [after.key] }] : []),
  ]
}

function withoutPage({ fields, equal, ordered, descending }: SearchPlan): Question {
  return { fields, equal, ordered, descending }
}

function page(rows: readonly Record<string, unknown>[], { limit, cursorAt }: FindPlan): FoundPage {
  const documents = rows.slice(0, limit).map(({ key, document }) => {
    return { key: String(key), document: JSON.parse(String(document)) as JsonObject }
  })
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { documents }
  return {
    documents,
    cursor: cursorAt({ value: asIndexKey(last.value ?? Number.NEGATIVE_INFINITY), key: String(last.key) }),
  }
}
