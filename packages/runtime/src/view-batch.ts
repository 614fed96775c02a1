import {
  type AnyView,
  type JsonObject,
  jsonProblem,
  type StoredEvent,
  storedDocument,
  touchedWith,
  type ViewTable,
  wordsOf,
} from '@vitrine/core'

/** What some events do to the documents of a view. */
export interface Changes {
  readonly put: readonly { readonly key: string; readonly document: JsonObject; readonly words?: string }[]
  readonly remove: readonly string[]
}

/** The fault of a view, with the event that it could not take, or the document that it could not have stored. */
export interface ViewFault {
  readonly event?: StoredEvent
  readonly document?: string
  readonly cause: unknown
}

/** Documents by their keys, `undefined` for one that is not there. */
export type Documents = Map<string, object | undefined>

type Load = (keys: readonly string[]) => ReadonlyMap<string, object> | Promise<ReadonlyMap<string, object>>

/**
 * Folds events into the documents of a table, each of which is then to be written once. Where the view throws, nothing of
 * the batch counts.
 */
export async function foldBatch(
  view: AnyView,
  events: readonly StoredEvent[],
  table: Pick<ViewTable, 'load'>,
): Promise<Changes | ViewFault> {
  const documents: Documents = new Map()
  const changed = await foldInto(documents, view, events, (keys) => table.load(keys))
  return 'cause' in changed ? changed : changesOf(view, changed, documents)
}

/**
 * Folds events into documents in memory; which of them changed. Those that are not there yet are loaded, and stay. Where the
 * view throws, the documents are as they were. What only a document can tell to be touched is loaded when it has told, and
 * the fold begins anew.
 */
export async function foldInto(
  documents: Documents,
  view: AnyView,
  events: readonly StoredEvent[],
  load: Load,
): Promise<readonly string[] | ViewFault> {
  const touched = touchedBy(view, events)
  if ('cause' in touched) return touched
  for (let missing = missingIn(documents, touched); ; ) {
    if (missing.size > 0) {
      const loaded = await load([...missing])
      for (const key of missing) documents.set(key, loaded.get(key))
    }
    missing = new Set()
    const before: Documents = new Map()
    const fault = fold(documents, before, view, events, touched, missing)
    if (!fault && missing.size === 0) return changedSince(before, documents)
    for (const [key, document] of before) documents.set(key, document)
    if (fault && missing.size === 0) return fault
  }
}

/** What is to be written of documents that have changed. */
export function changesOf(view: AnyView, changed: Iterable<string>, documents: Documents): Changes | ViewFault {
  const put: Changes['put'][number][] = []
  const remove: string[] = []
  for (const key of changed) {
    const folded = documents.get(key)
    if (!folded) {
      remove.push(key)
      continue
    }
    try {
      const document = storedDocument(view, folded)
      put.push({ key, document: document as JsonObject, ...wordsIn(view, document) })
    } catch (cause) {
      return { document: key, cause }
    }
  }
  return { put, remove }
}

/** The document for which no store can write these changes, if there is one. */
export function unstorableIn({ put }: Changes): ViewFault | undefined {
  for (const { key, document } of put) {
    try {
      JSON.stringify(document)
    } catch (fault) {
      const problem = jsonProblem(document, 'it')
      return { document: key, cause: problem === undefined ? fault : new Error(problem) }
    }
  }
  return undefined
}

/** Which documents the events touch by themselves, in order. */
function touchedBy(view: AnyView, events: readonly StoredEvent[]): readonly (readonly string[])[] | ViewFault {
  const keys: (readonly string[])[] = []
  for (const event of events) {
    try {
      const touched = view.on[event.type]?.(event as never) ?? []
      keys.push(touched.length > 1 ? [...new Set(touched)] : touched)
    } catch (cause) {
      return { event, cause }
    }
  }
  return keys
}

function missingIn(documents: Documents, touched: readonly (readonly string[])[]): Set<string> {
  const missing = new Set<string>()
  for (const keys of touched) for (const key of keys) if (!documents.has(key)) missing.add(key)
  return missing
}

/**
 * @param before gets each document that changes, as it was
 * @param missing gets the keys of what is touched and was not loaded; then what comes of it is worth nothing
 */
function fold(
  documents: Documents,
  before: Documents,
  view: AnyView,
  events: readonly StoredEvent[],
  touched: readonly (readonly string[])[],
  missing: Set<string>,
): ViewFault | undefined {
  const put = (key: string, was: object | undefined, after: object | undefined) => {
    if (after === was || (was === undefined && after === view.empty)) return
    if (!before.has(key)) before.set(key, was)
    documents.set(key, after)
  }
  for (const [at, event] of events.entries()) {
    try {
      const named = touched[at] ?? []
      const keys = view.alsoTouches ? touchedWith(view, event, named, (key) => documents.get(key)) : named
      if (keys !== named) for (const key of keys) if (!documents.has(key)) missing.add(key)
      applyTo(view, documents, event, keys, put)
    } catch (cause) {
      return { event, cause }
    }
  }
  return undefined
}

function applyTo(
  view: AnyView,
  documents: Documents,
  event: StoredEvent,
  keys: readonly string[],
  put: (key: string, was: object | undefined, after: object | undefined) => void,
): void {
  const were = keys.map((key) => documents.get(key))
  const others = (other: string) => were[keys.indexOf(other)]
  for (const [at, key] of keys.entries()) {
    const was = were[at]
    put(key, was, view.apply(was ?? view.empty, event, key, others))
  }
}

function changedSince(before: Documents, documents: Documents): readonly string[] {
  const changed: string[] = []
  for (const [key, document] of before) if (documents.get(key) !== document) changed.push(key)
  return changed
}

function wordsIn(view: AnyView, document: object): { readonly words?: string } {
  return view.text ? { words: wordsOf(view.text(document as never)).join(' ') } : {}
}
