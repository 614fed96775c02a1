import { VitrineError } from './errors.js'
import type { Checkpoint, EventStore } from './event-store.js'
import type { Json, JsonObject } from './json.js'

/** What a view store needs to know of a view. */
export interface ViewShape {
  readonly name: string
  readonly version: number
  /**
   * Each index is a list of fields. A question is answered by the index whose first fields are those that must be
   * equal and whose next field, if any, is the order. One field of an index may hold a list: the document is then
   * found under each of its values.
   */
  readonly indexes: readonly (readonly string[])[]
  /** Documents carry words that are searched. */
  readonly text: boolean
}

/** A field's value in a question. Numbers sort as numbers, strings by their UTF-16 code units, `null` before both. */
export type IndexValue = string | number | boolean | null

/** Documents whose fields equal `where`, by `order`, then by key. Every combination needs an index that was declared. */
export interface FindQuery {
  readonly where?: { readonly [field: string]: IndexValue }
  readonly order?: string
  readonly descending?: boolean
  /** Bounds on the field of `order`, both inclusive. */
  readonly from?: IndexValue
  readonly to?: IndexValue
  /** 100 by default, 1,000 at the most. */
  readonly limit?: number
  /** From the page before. */
  readonly cursor?: string
}

/** Documents that hold every one of the words (whole words, already normalised), best match first, then by key. */
export interface SearchQuery {
  readonly words: readonly string[]
  readonly where?: { readonly [field: string]: IndexValue }
  readonly limit?: number
  readonly cursor?: string
}

export interface FoundPage {
  readonly documents: readonly { readonly key: string; readonly document: JsonObject }[]
  /** Present when there may be more. */
  readonly cursor?: string
}

/** What one batch of events did to a view. `words` is absent for views without text. */
export interface ViewBatch {
  /** Where the view must stand now: compared, and set to `to`, in the transaction of the documents. */
  readonly from: Checkpoint | undefined
  readonly to: Checkpoint
  readonly put: readonly { readonly key: string; readonly document: JsonObject; readonly words?: string }[]
  readonly remove: readonly string[]
}

/** The documents of one version of one view. */
export interface ViewTable {
  /** `live` once {@link ViewTable.finish} was called; before that the table may be filled, not asked. */
  status(): Promise<{ readonly live: boolean; readonly checkpoint: Checkpoint | undefined }>
  /** All that exist of these documents, in one query. */
  load(keys: readonly string[]): Promise<ReadonlyMap<string, JsonObject>>
  /** @throws ViewStoreError `checkpoint-moved` when another runner wrote first; nothing is written then. */
  write(batch: ViewBatch): Promise<void>
  /** Makes indexes and text after the first fill, and opens the table to questions. Repeating it does nothing. */
  finish(): Promise<void>
  /** @throws ViewStoreError `no-index` naming the indexes there are. */
  find(query: FindQuery): Promise<FoundPage>
  /** How many documents {@link ViewTable.find} would give over all pages. */
  count(query: Omit<FindQuery, 'limit' | 'cursor'>): Promise<number>
  search(query: SearchQuery): Promise<FoundPage>
}

/** The storage port of read models, and of the progress of policies. */
export interface ViewStore {
  /** Opens the table of a view, making it when it is not there. */
  open(shape: ViewShape): Promise<ViewTable>
  list(): Promise<readonly { readonly name: string; readonly version: number; readonly live: boolean }[]>
  drop(name: string, version: number): Promise<void>
  close(): Promise<void>
}

/** A store of an adapter, opened: the log, what can be rebuilt from it, and what policies must not forget. */
export interface OpenStore {
  readonly log: EventStore
  readonly views: ViewStore
  /** Policies' checkpoints and parked streams; as durable as the log. */
  readonly progress: ViewStore
  close(): Promise<void>
}

/** What an adapter's factory gives: nothing is opened until a marketplace does. */
export interface Store {
  open(): Promise<OpenStore>
}

export type ViewStoreErrorCode = 'checkpoint-moved' | 'no-index' | 'invalid' | 'unavailable' | 'closed'

/** A fault of a view store. Tell them apart by `code`. */
export class ViewStoreError extends VitrineError<ViewStoreErrorCode> {
  override readonly name = 'ViewStoreError'
}

/**
 * The index that answers a question: its first fields are exactly those of `where`, in any order, then comes `order`.
 * @throws ViewStoreError `no-index`
 */
export function indexFor(shape: ViewShape, query: Pick<FindQuery, 'where' | 'order'>): number {
  const equal = Object.keys(query.where ?? {})
  const position = shape.indexes.findIndex((fields) => {
    const first = fields.slice(0, equal.length)
    if (first.length < equal.length || !equal.every((field) => first.includes(field))) return false
    return query.order === undefined || fields[equal.length] === query.order
  })
  if (position >= 0) return position
  const wanted = [...equal, ...(query.order === undefined ? [] : [query.order])].join(', ')
  const known = shape.indexes.map((fields) => `(${fields.join(', ')})`).join(' ') || 'none'
  throw new ViewStoreError('no-index', `View ${shape.name} has no index on (${wanted}). It has: ${known}.`)
}

/** The rows that a document has in an index: one for each value of the field that holds a list. */
export function indexRows(document: JsonObject, fields: readonly string[]): readonly (readonly IndexValue[])[] {
  return fields.reduce<readonly (readonly IndexValue[])[]>(
    (rows, field) => rows.flatMap((row) => valuesOf(document[field]).map((value) => [...row, value])),
    [[]],
  )
}

/** Words as every engine indexes and searches them: marks stripped, lower case, split at what is no letter or digit. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function valuesOf(value: Json | undefined): readonly IndexValue[] {
  if (value === undefined || value === null) return [null]
  if (Array.isArray(value)) return [...new Set(value.filter(isIndexValue))]
  return isIndexValue(value) ? [value] : [null]
}

function isIndexValue(value: Json): value is IndexValue {
  return value === null || typeof value !== 'object'
}
