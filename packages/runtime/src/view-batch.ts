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

/** A document in memory, while events are folded into it. */
export interface HeldDocument {
  readonly key: string
  /** As it is now; `undefined` when there is none. */
  document: object | undefined
  /** Whether what is stored of it is older. */
  isChanged: boolean
  /** The fold that changed it last, and how it was before that one. */
  changedBy: readonly HeldDocument[] | undefined
  before: object | undefined
}

/** Documents by their keys, those too that were looked for and are not there. */
export type Documents = Map<string, HeldDocument>

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
  const fault = await foldInto(documents, view, events, (keys) => table.load(keys))
  return fault ?? changesOf(view, documents)
}

/**
 * Folds events into documents in memory. Those that are not there yet are loaded, and stay. Where the view throws, the
 * documents are as they were. What only a document can tell to be touched is loaded when it has told, and the fold begins anew.
 */
export async function foldInto(
  documents: Documents,
  view: AnyView,
  events: readonly StoredEvent[],
  load: Load,
): Promise<ViewFault | undefined> {
  let missing: Documents = new Map()
  const touched = touchedBy(view, events, documents, missing)
  if ('cause' in touched) return touched
  for (;;) {
    if (missing.size > 0) {
      const loaded = await load([...missing.keys()])
      for (const [key, held] of missing) {
        held.document = loaded.get(key)
        documents.set(key, held)
      }
    }
    missing = new Map()
    const changed: HeldDocument[] = []
    const fault = fold(documents, changed, view, events, touched, missing)
    if (!fault && missing.size === 0) {
      keep(changed)
      return undefined
    }
    undo(changed)
    if (missing.size === 0) return fault
  }
}

/** What is to be written of documents that have changed. */
export function changesOf(view: AnyView, documents: Documents): Changes | ViewFault {
  const put: Changes['put'][number][] = []
  const remove: string[] = []
  for (const { key, document: folded, isChanged } of documents.values()) {
    if (!isChanged) continue
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

/**
 * Which documents each of the events touches by itself, in order.
 * @param missing gets those that are not there yet
 */
function touchedBy(
  view: AnyView,
  events: readonly StoredEvent[],
  documents: Documents,
  missing: Documents,
): readonly (readonly HeldDocument[])[] | ViewFault {
  const touched: (readonly HeldDocument[])[] = []
  const held = (key: string) => heldAmong(documents, missing, key)
  for (const event of events) {
    try {
      const keys = view.on[event.type]?.(event as never) ?? []
      touched.push((keys.length > 1 ? [...new Set(keys)] : keys).map(held))
    } catch (cause) {
      return { event, cause }
    }
  }
  return touched
}

function heldAmong(documents: Documents, missing: Documents, key: string): HeldDocument {
  const known = documents.get(key) ?? missing.get(key)
  if (known) return known
  const held = { key, document: undefined, isChanged: false, changedBy: undefined, before: undefined }
  missing.set(key, held)
  return held
}

/**
 * @param changed gets each document that changes
 * @param missing gets what is touched and was not loaded; then what comes of it is worth nothing
 */
function fold(
  documents: Documents,
  changed: HeldDocument[],
  view: AnyView,
  events: readonly StoredEvent[],
  touched: readonly (readonly HeldDocument[])[],
  missing: Documents,
): ViewFault | undefined {
  for (const [at, named] of touched.entries()) {
    const event = events[at]!
    try {
      applyTo(view, changed, event, view.alsoTouches ? allTouched(documents, view, event, named, missing) : named)
    } catch (cause) {
      return { event, cause }
    }
  }
  return undefined
}

function allTouched(
  documents: Documents,
  view: AnyView,
  event: StoredEvent,
  named: readonly HeldDocument[],
  missing: Documents,
): readonly HeldDocument[] {
  const names = named.map(({ key }) => key)
  const keys = touchedWith(view, event, names, (key) => documents.get(key)?.document)
  return keys.map((key) => heldAmong(documents, missing, key))
}

function applyTo(view: AnyView, changed: HeldDocument[], event: StoredEvent, touched: readonly HeldDocument[]): void {
  const were = touched.map(({ document }) => document)
  const others = (other: string) => were[touched.findIndex(({ key }) => key === other)]
  for (const [at, held] of touched.entries()) {
    const was = were[at]
    const after = view.apply(was ?? view.empty, event, held.key, others)
    if (after === was || (was === undefined && after === view.empty)) continue
    if (held.changedBy !== changed) {
      held.changedBy = changed
      held.before = was
      changed.push(held)
    }
    held.document = after
  }
}

function keep(changed: readonly HeldDocument[]): void {
  for (const held of changed) {
    held.isChanged ||= held.document !== held.before
    held.before = undefined
    held.changedBy = undefined
  }
}

function undo(changed: readonly HeldDocument[]): void {
  for (const held of changed) {
    held.document = held.before
    held.before = undefined
    held.changedBy = undefined
  }
}

function wordsIn(view: AnyView, document: object): { readonly words?: string } {
  return view.text ? { words: wordsOf(view.text(document as never)).join(' ') } : {}
}
