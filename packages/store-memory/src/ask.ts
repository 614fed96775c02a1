import {
  compareText,
  type FindPlan,
  type FoundPage,
  indexRows,
  type PageEnd,
  type SearchPlan,
  ViewStoreError,
} from '@vitrine/core'
import { type IndexRow, walk } from './index-of-view.js'
import { documentAt, liveOf, type TableData } from './table-data.js'

export function find(data: TableData, plan: FindPlan): FoundPage {
  const rows = rowsFor(data, plan).take(plan.limit + 1)
  return page(
    data,
    rows.map(({ values, key }) => ({ value: plan.ordered ? values.at(-1)! : null, key })).toArray(),
    plan,
  )
}

export function count(data: TableData, plan: FindPlan): number {
  return rowsFor(data, plan).reduce((sum) => sum + 1, 0)
}

export function search(data: TableData, plan: SearchPlan): FoundPage {
  return plan.words.length === 0 ? find(data, plan) : page(data, matches(data, plan), plan)
}

function rowsFor(data: TableData, plan: FindPlan): Generator<IndexRow> {
  const index = liveOf(data).indexes.find(({ fields }) => fields.join('\n') === plan.fields.join('\n'))
  if (index) return walk(index, plan)
  throw new ViewStoreError('no-index', `View ${data.shape.name} has no index on (${plan.fields.join(', ')}).`)
}

function matches(data: TableData, { words, fields, equal, after }: SearchPlan): readonly PageEnd[] {
  const fits = ({ key }: PageEnd) =>
    fields.length === 0 ||
    indexRows(documentAt(data, key) ?? {}, fields).some((row) => row.every((value, at) => value === equal[at]))
  return liveOf(data)
    .words.search(words)
    .filter((end) => after === undefined || isBehind(end, after))
    .filter(fits)
}

function isBehind({ value, key }: PageEnd, after: PageEnd): boolean {
  const order = Number(value) - Number(after.value)
  return order > 0 || (order === 0 && compareText(key, after.key) > 0)
}

function page(data: TableData, ends: readonly PageEnd[], { limit, cursorAt }: FindPlan): FoundPage {
  return {
    documents: ends.slice(0, limit).map(({ key }) => ({ key, document: documentAt(data, key)! })),
    ...(ends.length > limit && { cursor: cursorAt(ends[limit - 1]!) }),
  }
}
