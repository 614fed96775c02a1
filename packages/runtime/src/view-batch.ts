import { type AnyView, type JsonObject, type StoredEvent, touchedWith, type ViewTable, wordsOf } from '@vitrine/core'

/** What some events do to the documents of a view. */
export interface Changes {
  readonly put: readonly { readonly key: string; readonly document: JsonObject; readonly words?: string }[]
  readonly remove: readonly string[]
}

/** The fault of a view, with the event that it could not take. */
export interface ViewFault {
  readonly event: StoredEvent
  readonly cause: unknown
}

/** Documents by their keys, `undefined` for one that is not there. */
export type Documents = ReadonlyMap<string, object | undefined>

/**
 * Folds events into the documents of a table, each of which is then to be written once. Where the view throws, nothing of
 * the batch counts.
 */
export async function foldBatch(
  view: AnyView,
  events: readonly StoredEvent[],
  table: Pick<ViewTable, 'load'>,
): Promise<Changes | ViewFault> {
  const changed = await foldDocuments(view, events, (keys) => table.load(keys))
  return 'cause' in changed ? changed : changesOf(view, changed)
}

/**
 * The documents that events change, as they are after them. Where the view throws, there are none. What only a document can
 * tell to be touched is loaded when it has told, and the fold begins anew.
 */
export async function foldDocuments(
  view: AnyView,
  events: readonly StoredEvent[],
  load: (keys: readonly string[]) => Documents | Promise<Documents>,
): Promise<Documents | ViewFault> {
  const keys = touchedBy(view, events)
  if ('cause' in keys) return keys
  const stored = new Map<string, object | undefined>()
  for (let missing = new Set(keys.flat()); ; ) {
    for (const key of missing) stored.set(key, undefined)
    if (missing.size > 0) for (const [key, document] of await load([...missing])) stored.set(key, document)
    missing = new Set()
    const changes = folded(view, events, keys, stored, missing)
    if (missing.size === 0) return changes
  }
}

/** What is to be written of documents that have changed. */
export function changesOf(view: AnyView, changed: Documents): Changes {
  const put: Changes['put'][number][] = []
  const remove: string[] = []
  for (const [key, document] of changed) {
    if (document) put.push({ key, document: document as JsonObject, ...wordsIn(view, document) })
    else remove.push(key)
  }
  return { put, remove }
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

/** @param missing gets the keys of what is touched and was not loaded; then what comes of it is worth nothing */
function folded(
  view: AnyView,
  events: readonly StoredEvent[],
  keys: readonly (readonly string[])[],
  stored: Documents,
  missing: Set<string>,
): Documents | ViewFault {
  const documents = new Map<string, object | undefined>(stored)
  for (const [at, event] of events.entries()) {
    try {
      const named = keys[at] ?? []
      const touched = view.alsoTouches ? touchedWith(view, event, named, (key) => documents.get(key)) : named
      if (touched !== named) for (const key of touched) if (!stored.has(key)) missing.add(key)
      applyTo(view, documents, event, touched)
    } catch (cause) {
      return { event, cause }
    }
  }
  return changedAmong(documents, stored)
}

function applyTo(
  view: AnyView,
  documents: Map<string, object | undefined>,
  event: StoredEvent,
  keys: readonly string[],
): void {
  const before = keys.map((key) => documents.get(key))
  const others = (other: string) => before[keys.indexOf(other)]
  for (const [at, key] of keys.entries()) {
    const document = before[at]
    const after = view.apply(document ?? view.empty, event, key, others)
    if (document !== undefined || after !== view.empty) documents.set(key, after)
  }
}

function changedAmong(documents: Documents, stored: Documents): Documents {
  return new Map([...documents].filter(([key, document]) => document !== stored.get(key)))
}

function wordsIn(view: AnyView, document: object): { readonly words?: string } {
  return view.text ? { words: wordsOf(view.text(document as never)).join(' ') } : {}
}
