import { isDeepStrictEqual } from 'node:util'
import { type AnyView, jsonProblem, type StoredEvent, storedDocument, touchedWith } from '@vitrine/core'

/** The documents of a view by their keys. */
export type Documents = ReadonlyMap<string, object>

/**
 * What a view makes of events, folded one after another with nothing around it, as it is stored. Documents are frozen: none
 * is changed in place.
 */
export function documentsOf(view: AnyView, events: Iterable<StoredEvent>): Documents {
  const folded = fold(view, events, (document) => document)
  return new Map([...folded].map(([key, document]) => [key, frozen(storedDocument(view, document))]))
}

function fold(view: AnyView, events: Iterable<StoredEvent>, between: (document: object) => object): Documents {
  const documents = new Map<string, object>()
  for (const event of events) {
    const keys = touchedWith(view, event, keysOf(view, event), (key) => documents.get(key))
    const before = new Map(keys.map((key) => [key, documents.get(key) ?? view.empty]))
    for (const [key, document] of before) {
      const after = view.apply(document, event, key, (other) => before.get(other))
      if (after === undefined) documents.delete(key)
      else documents.set(key, frozen(between(after)))
    }
  }
  return documents
}

/**
 * Holds a view to what makes it a view: the same events give the same documents, whenever they are folded, and whether they
 * are stored after each event or at the end; and the documents are plain JSON.
 * @throws Error that names the view, the document and what differs, when it leans on a clock, on chance, or on what it changed before
 */
export function checkView(view: AnyView, events: readonly StoredEvent[]): void {
  const first = documentsOf(view, events)
  const second = fold(view, events, (document) => storedDocument(view, document))
  for (const key of new Set([...first.keys(), ...second.keys()])) {
    const [once, again] = [first.get(key), second.get(key)]
    const problem = once === undefined ? undefined : jsonProblem(once, `document ${key}`)
    if (problem !== undefined) throw new Error(`View ${view.name}: ${problem}.`)
    if (isDeepStrictEqual(once, again)) continue
    const seen = `first ${JSON.stringify(once)}, then ${JSON.stringify(again)}`
    throw new Error(`View ${view.name} folds the same events into different documents. ${key} is ${seen}.`)
  }
}

function keysOf(view: AnyView, event: StoredEvent): readonly string[] {
  return Object.hasOwn(view.on, event.type) ? (view.on[event.type]?.(event as never) ?? []) : []
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
