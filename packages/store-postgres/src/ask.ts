import { type FindPlan, type FoundPage, type JsonObject, type SearchPlan, ViewStoreError } from '@vitrine/core'
import type { Row, Value } from './database.js'
import { indexValue } from './index-value.js'
import { type StoredView, valuesIn } from './stored-view.js'
import { queryOf } from './text.js'

type Question = Omit<FindPlan, 'limit' | 'cursorAt'>

/** The part of a statement that walks an index. Its marks are the first ones. */
interface Walk {
  readonly table: string
  readonly where: string
  readonly values: readonly Value[]
  /** The column of the order. */
  readonly order: string | undefined
}

export async function find(view: StoredView, plan: FindPlan): Promise<FoundPage> {
  const { database, names } = view
  const { table, where, values, order } = walkFor(view, plan)
  const direction = plan.descending ? 'DESC' : 'ASC'
  const by = [...(order ? [`${order} ${direction}`] : []), `key ${direction}`].join(', ')
  const walked = `SELECT key, ${order ?? 'NULL'} AS value FROM ${table} i WHERE ${where} ORDER BY ${by} LIMIT ${plan.limit + 1}`
  const sql = `SELECT i.key, d.document, i.value FROM (${walked}) i JOIN ${names.documents} d ON d.key = i.key
    ORDER BY i.value ${direction}, i.key ${direction}`
  return page(await database.ask(sql, values), plan)
}

export async function count(view: StoredView, plan: FindPlan): Promise<number> {
  const { table, where, values } = walkFor(view, plan)
  const [row] = await view.database.ask(`SELECT count(*) AS documents FROM ${table} i WHERE ${where}`, values)
  return Number(row?.documents)
}

/** Best matches first; documents are only read once it is clear which ones are wanted. */
export async function search(view: StoredView, plan: SearchPlan): Promise<FoundPage> {
  if (plan.words.length === 0) return find(view, plan)
  const { documents, text } = view.names
  const equal = walkFor(view, withoutPage(plan))
  const at = equal.values.length
  const fits =
    plan.fields.length === 0 ? '' : ` AND EXISTS (SELECT FROM ${equal.table} i WHERE ${equal.where} AND i.key = t.key)`
  const after = plan.after ? ` WHERE (score, key) > ($${at + 2}::float8, $${at + 3})` : ''
  const sql = `
    SELECT best.key, d.document, best.score AS value FROM (
      SELECT * FROM (
        SELECT t.key, -ts_rank(t.words, $${at + 1}::tsquery, 1)::float8 AS score
        FROM ${text} t WHERE t.words @@ $${at + 1}::tsquery${fits}
      ) found${after} ORDER BY score, key LIMIT ${plan.limit + 1}
    ) best JOIN ${documents} d ON d.key = best.key ORDER BY best.score, best.key`
  const behind = plan.after ? [plan.after.value, plan.after.key] : []
  return page(await view.database.ask(sql, [...equal.values, queryOf(plan.words), ...behind]), plan)
}

function walkFor({ names, shape }: StoredView, plan: Question): Walk {
  const { fields, equal, ordered, descending, from, to, after } = plan
  const index = names.indexes.find((known) => known.fields.join('\n') === fields.join('\n'))
  if (fields.length > 0 && index === undefined) {
    throw new ViewStoreError('no-index', `View ${shape.name} has no index on (${fields.join(', ')}).`)
  }
  const values: Value[] = []
  const mark = (value: Value) => `$${values.push(value)}`
  const bytes = (value: Buffer) => `${mark(value)}::bytea`
  const order = ordered ? `i.v${equal.length}` : undefined
  const low = from !== undefined && (after === undefined || descending)
  const high = to !== undefined && (after === undefined || !descending)
  const beyond = descending ? '<' : '>'
  const conditions = [
    ...valuesIn(fields, equal).map((value, at) => `i.v${at} = ${bytes(value)}`),
    ...(low ? [`${order} >= ${bytes(indexValue(from, fields.length))}`] : []),
    ...(high ? [`${order} <= ${bytes(indexValue(to, fields.length))}`] : []),
    ...(after && order
      ? [`(${order}, i.key) ${beyond} (${mark(String(after.value))}::bytea, ${mark(after.key)})`]
      : []),
    ...(after && !order ? [`i.key ${beyond} ${mark(after.key)}`] : []),
  ]
  return { table: index?.table ?? names.documents, where: conditions.join(' AND ') || 'true', values, order }
}

function withoutPage({ fields, equal, ordered, descending }: SearchPlan): Question {
  return { fields, equal, ordered, descending }
}

/** A cursor holds the value of the order as it stands in the index. */
function page(rows: readonly Row[], { limit, cursorAt }: FindPlan): FoundPage {
  const documents = rows.slice(0, limit).map(({ key, document }) => {
    return { key: key!, document: JSON.parse(document!) as JsonObject }
  })
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { documents }
  return { documents, cursor: cursorAt({ value: last.value ?? null, key: last.key! }) }
}
