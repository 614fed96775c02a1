import { VitrineError } from './errors.js'
import type { Checkpoint, EventStore } from './event-store.js'
import type { JsonObject } from './json.js'
import type { KeyStore } from './key-store.js'
import type { MessageLog } from './message-log.js'

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
  /**
   * Stores make these indexes alone, and not each beginning of them as well. What equals the first fields of one of them, and
   * is asked for in no order, then comes in the order of the next field, which holds no list. Without effect beside text:
   * searches need the beginnings.
   */
  readonly exact?: true
  /** Documents carry words that are searched. */
  readonly text: boolean
}

/**
 * A field's value in a question. `null` comes first, then numbers, with `false` and `true` as 0 and 1, then strings by
 * their code points: the order that engines give to UTF-8.
 */
export type IndexValue = string | number | boolean | null

/**
 * Documents whose fields equal `where`, by `order`, then by key. Every combination needs an index that was declared;
 * without `where` and `order` all documents come by key. Where `order` is a list, a document comes once for each value.
 */
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

/**
 * Documents that hold every one of the words (whole words, already normalised), best match first, then by key.
 * Without words, every document by key.
 */
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
  /** Keys that are not put as well; those that are not there are passed over. */
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
  /** Makes indexes and text after the first fill, and opens the table to questions. Can be repeated, and resumed. */
  finish(): Promise<void>
  /** @throws ViewStoreError `no-index` naming the indexes there are. */
  find(query: FindQuery): Promise<FoundPage>
  /** How many documents {@link ViewTable.find} would give over all pages. */
  count(query: Omit<FindQuery, 'limit' | 'cursor'>): Promise<number>
  search(query: SearchQuery): Promise<FoundPage>
}

/** The storage port of read models, and of the progress of policies. */
export interface ViewStore {
  /**
   * Opens the table of a view, making it when it is not there.
   * @throws ViewStoreError `invalid` when the same version was made with other indexes.
   */
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
  /** The keys of personal data. */
  readonly keys: KeyStore
  /** What was told to whom: a log of its own, as durable as the log. */
  readonly messages: MessageLog
  close(): Promise<void>
}

/** What an adapter's factory gives: nothing is opened until a marketplace does. */
export interface Store {
  open(): Promise<OpenStore>
}

/**
 * The codes of {@link ViewStoreError}. `unavailable`: the store cannot be reached, or the table is not live yet · `dropped`: the
 * table was dropped since it was opened, whoever did that, also if another one has its name now.
 */
export type ViewStoreErrorCode = 'checkpoint-moved' | 'no-index' | 'invalid' | 'unavailable' | 'dropped' | 'closed'

/** A fault of a view store. Tell them apart by `code`. */
export class ViewStoreError extends VitrineError<ViewStoreErrorCode> {
  override readonly name = 'ViewStoreError'
}
