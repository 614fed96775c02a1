import type { Checkpoint } from './event-store.js'
import { type IndexKey, indexFor, indexKey } from './view-index.js'
import { type FindQuery, type SearchQuery, type ViewBatch, type ViewShape, ViewStoreError } from './view-store.js'

/** Where a page ended: the value by which it was ordered, and the key. */
export interface PageEnd {
  readonly value: IndexKey
  readonly key: string
}

/** A question that was checked, in the terms of the one index that answers it. */
export interface FindPlan {
  /** The fields of the index; empty for a walk over all keys. */
  readonly fields: readonly string[]
  /** What the first fields must equal. When there is one more field than values, that field is the order. */
  readonly equal: readonly IndexKey[]
  readonly ordered: boolean
  readonly descending: boolean
  readonly from?: IndexKey
  readonly to?: IndexKey
  readonly limit: number
  readonly after?: PageEnd
  cursorAt(end: PageEnd): string
}

/** A search that was checked: its words each once. Without words it is a walk by key. */
export interface SearchPlan extends FindPlan {
  readonly words: readonly string[]
}

/** @throws ViewStoreError `no-index` or `invalid` */
export function planFind(shape: ViewShape, query: FindQuery): FindPlan {
  const { where = {}, order, descending = false, from, to, cursor } = query
  const fields = indexFor(shape, query)
  if (order === undefined && (from !== undefined || to !== undefined)) throw invalid('from and to need an order.')
  const equal = fields.slice(0, Object.keys(where).length).map((field) => indexKey(where[field] ?? null))
  return {
    fields,
    equal,
    ordered: fields.length > equal.length,
    descending,
    ...(from !== undefined && { from: indexKey(from) }),
    ...(to !== undefined && { to: indexKey(to) }),
    limit: limitOf(query.limit),
    ...cursorsFor([fields, equal, descending, from, to], cursor),
  }
}

/** @throws ViewStoreError `no-index` or `invalid` */
export function planSearch(shape: ViewShape, query: SearchQuery): SearchPlan {
  const { where = {}, cursor } = query
  if (!shape.text) throw new ViewStoreError('no-index', `View ${shape.name} declares no text to search.`)
  const fields = indexFor(shape, { where })
  const words = [...new Set(query.words.flatMap((word) => word.split(' ')).filter((word) => word !== ''))]
  const equal = fields.map((field) => indexKey(where[field] ?? null))
  return {
    words,
    fields,
    equal,
    ordered: false,
    descending: false,
    limit: limitOf(query.limit),
    ...cursorsFor([fields, equal, words], cursor),
  }
}

/** @throws ViewStoreError `invalid` for a batch that no store writes: a key is 1–900 bytes of text without NUL, named once. */
export function checkBatch(shape: ViewShape, batch: ViewBatch): void {
  const keys = new Set<string>()
  for (const key of [...batch.put.map((put) => put.key), ...batch.remove]) {
    if (key === '' || key.includes('\0') || !key.isWellFormed() || isTooLong(key)) {
      throw invalid(`${JSON.stringify(key.slice(0, 80))} is no key for a document of view ${shape.name}.`)
    }
    if (keys.has(key)) throw invalid(`A batch for view ${shape.name} holds the key ${key} twice.`)
    keys.add(key)
  }
  if (batch.from?.logId === batch.to.logId && batch.to.position < batch.from.position) {
    throw invalid(`A batch for view ${shape.name} goes back, from ${batch.from.position} to ${batch.to.position}.`)
  }
}

/** A UTF-16 unit is at most three bytes. */
function isTooLong(key: string): boolean {
  return key.length * 3 > longestKey && encoder.encode(key).length > longestKey
}

/** What every view store throws when a batch does not begin where the view stands. */
export function checkpointMovedError(
  view: string,
  found: Checkpoint | undefined,
  from: Checkpoint | undefined,
): ViewStoreError {
  const place = (checkpoint: Checkpoint | undefined) => checkpoint?.position ?? 'the beginning'
  return new ViewStoreError(
    'checkpoint-moved',
    `View ${view} stands at ${place(found)}, not at ${place(from)}: another runner wrote first.`,
    { expected: from?.position ?? 'none', actual: found?.position ?? 'none' },
  )
}

/** What every view store throws at every call to a table that was dropped since it was opened. */
export function droppedError({ name, version }: Pick<ViewShape, 'name' | 'version'>): ViewStoreError {
  return new ViewStoreError('dropped', `View ${name} version ${version} was dropped. Open it again.`)
}

/** Bytes of UTF-8: what every engine can still hold in an index beside the values of a document. */
const longestKey = 900
const encoder = new TextEncoder()

/** A cursor fits only the question that made it, so that a mix-up is refused instead of giving other documents. */
function cursorsFor(question: readonly unknown[], cursor: string | undefined): Pick<FindPlan, 'after' | 'cursorAt'> {
  const mark = JSON.stringify(question)
  const cursorAt = ({ value, key }: PageEnd) => encodeURIComponent(JSON.stringify([mark, value, key]))
  return cursor === undefined ? { cursorAt } : { cursorAt, after: readCursor(cursor, mark) }
}

function readCursor(cursor: string, mark: string): PageEnd {
  const [question, value, key] = partsOf(cursor)
  if (question !== mark) throw invalid('The cursor belongs to another question.')
  if (typeof key !== 'string' || !isIndexKey(value)) throw ofNoPage()
  return { value, key }
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(decodeURIComponent(cursor))
    if (Array.isArray(parts) && parts.length === 3) return parts
  } catch {
    // What cannot be read is none either.
  }
  throw ofNoPage()
}

function isIndexKey(value: unknown): value is IndexKey {
  return value === null || typeof value === 'string' || typeof value === 'number'
}

function limitOf(limit = 100): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit
  throw invalid(`A limit of ${limit} is not between 1 and 1,000.`)
}

function ofNoPage(): ViewStoreError {
  return invalid('The cursor is none that a page gave.')
}

function invalid(message: string): ViewStoreError {
  return new ViewStoreError('invalid', message)
}
