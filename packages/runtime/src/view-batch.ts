import { type AnyView, type JsonObject, type StoredEvent, wordsOf } from '@vitrine/core'

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

/** Which documents the events touch, in order. */
export function touchedBy(view: AnyView, events: readonly StoredEvent[]): readonly (readonly string[])[] | ViewFault {
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

/**
 * Folds events into documents, each of which is then written once. Where the view throws, nothing of the batch counts.
 * @param keys the documents that each event touches
 */
export function foldBatch(
  view: AnyView,
  events: readonly StoredEvent[],
  keys: readonly (readonly string[])[],
  stored: ReadonlyMap<string, JsonObject>,
): Changes | ViewFault {
  const documents = new Map<string, object | undefined>(stored)
  for (const [at, event] of events.entries()) {
    try {
      applyTo(view, documents, event, keys[at] ?? [])
    } catch (cause) {
      return { event, cause }
    }
  }
  return changesOf(view, documents, stored)
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

function changesOf(
  view: AnyView,
  documents: ReadonlyMap<string, object | undefined>,
  stored: ReadonlyMap<string, JsonObject>,
): Changes {
  const changed = [...documents].filter(([key, document]) => document !== stored.get(key))
  return {
    put: changed.flatMap(([key, document]) =>
      document ? [{ key, document: document as JsonObject, ...wordsIn(view, document) }] : [],
    ),
    remove: changed.flatMap(([key, document]) => (document ? [] : [key])),
  }
}

function wordsIn(view: AnyView, document: object): { readonly words?: string } {
  return view.text ? { words: wordsOf(view.text(document as never)).join(' ') } : {}
}
