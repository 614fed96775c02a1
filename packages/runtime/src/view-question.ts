import type { FindQuery, IndexValue, Person } from '@vitrine/core'

/** What every question to a view may say beside what it asks for. */
export interface Asking {
  /** Answer with everything up to this position handled: read your own writes. */
  readonly after?: number
  /** Who asks. Needed wherever not everybody may see everything. */
  readonly for?: Person
}

/** The same, where not everybody may see everything. */
export interface AskingFor extends Asking {
  readonly for: Person
}

/** Which documents, in which order. Every combination needs an index of the view. */
export interface Finding extends Asking, FindQuery {}

/** Documents that hold every word; `where` narrows them by an index. */
export interface Searching extends Asking {
  readonly words: string
  readonly where?: { readonly [field: string]: IndexValue }
  readonly limit?: number
  readonly cursor?: string
}

/** A page of documents, and where the next one begins. */
export interface Found<Document> {
  readonly documents: readonly Document[]
  readonly cursor?: string
}

/**
 * What can be asked of a view. Whatever the asker may not see is answered as what does not exist.
 * @throws ViewStoreError `invalid` for what is no question, such as one with a field that is not listed here; `no-index`
 */
export interface ViewQuestions<Document = object, Ask extends Asking = Asking> {
  get(key: string, ...asking: Given<Ask>): Promise<Document | undefined>
  find(...finding: Given<Finding & Ask>): Promise<Found<Document>>
  /** How many {@link ViewQuestions.find} would give over all pages. */
  count(...finding: Given<Omit<Finding, 'limit' | 'cursor'> & Ask>): Promise<number>
  search(searching: Searching & Ask): Promise<Found<Document>>
}

/** An argument that may be left out when nothing of it is needed. */
type Given<Options> = Record<never, never> extends Options ? [options?: Options] : [options: Options]
