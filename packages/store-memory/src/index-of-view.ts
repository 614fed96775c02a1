import { compareIndexKeys, compareText, type FindPlan, type IndexKey, indexRows, type JsonObject } from '@vitrine/core'
import { type SortedRows, sortedRows } from './sorted-rows.js'

/** A document's place in an index. */
export interface IndexRow {
  readonly values: readonly IndexKey[]
  readonly key: string
}

export interface ViewIndex {
  readonly fields: readonly string[]
  readonly rows: SortedRows<IndexRow>
}

export function indexOver(
  fields: readonly string[],
  documents: Iterable<readonly [key: string, document: JsonObject]>,
): ViewIndex {
  const rows: IndexRow[] = []
  for (const [key, document] of documents) rows.push(...rowsOf(key, document, fields))
  return { fields, rows: sortedRows(rows, compareRows) }
}

/** Moves a document in the index from where it stood to where it stands; `undefined` is nowhere. */
export function move(
  index: ViewIndex,
  key: string,
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): void {
  const old = before === undefined ? [] : rowsOf(key, before, index.fields)
  const fresh = after === undefined ? [] : rowsOf(key, after, index.fields)
  if (old.length === 1 && fresh.length === 1 && compareRows(old[0]!, fresh[0]!) === 0) return
  for (const row of old) index.rows.remove(row)
  for (const row of fresh) index.rows.add(row)
}

/** The rows that answer a question, in its order, without a limit. */
export function* walk(index: ViewIndex, plan: FindPlan): Generator<IndexRow> {
  const { low, high } = boundsOf(plan)
  if (plan.descending) {
    for (const row of index.rows.downwards((row) => high(row) <= 0)) {
      if (low(row) < 0) return
      yield row
    }
    return
  }
  for (const row of index.rows.upwards((row) => low(row) < 0)) {
    if (high(row) > 0) return
    yield row
  }
}

/** Where a row lies: `low` is negative below the range of the question, `high` is positive above it. */
function boundsOf({ equal, from, to, after, ordered, descending }: FindPlan) {
  const place = (bound: IndexKey | undefined, isEnd: boolean) => (row: IndexRow) => {
    const where = compareValues(row.values, equal)
    if (where !== 0) return where
    if (isEnd && after) {
      const order = ordered ? compareIndexKeys(row.values[equal.length]!, after.value) : 0
      // The end of the page before lies just outside.
      return order || compareText(row.key, after.key) || (descending ? 1 : -1)
    }
    return bound === undefined ? 0 : compareIndexKeys(row.values[equal.length]!, bound)
  }
  return { low: place(from, !descending), high: place(to, descending) }
}

function rowsOf(key: string, document: JsonObject, fields: readonly string[]): readonly IndexRow[] {
  return indexRows(document, fields).map((values) => ({ values, key }))
}

function compareRows(a: IndexRow, b: IndexRow): number {
  return compareValues(a.values, b.values) || compareText(a.key, b.key)
}

/** Compares by the values that `b` has; `a` may have more. */
function compareValues(a: readonly IndexKey[], b: readonly IndexKey[]): number {
  for (const [at, value] of b.entries()) {
    const order = compareIndexKeys(a[at] ?? null, value)
    if (order !== 0) return order
  }
  return 0
}
