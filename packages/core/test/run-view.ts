import type { StoredEvent } from '../src/event-store.js'
import type { JsonObject } from '../src/json.js'
import { type AnyView, shapeOf, shownTo, storedDocument, touchedWith, type View } from '../src/view.js'
import { indexRows } from '../src/view-index.js'
import type { Viewer } from '../src/viewer.js'

export const staff: Viewer = { actorId: 'u-rita-SECRET', staff: true, member: false }
export const member: Viewer = { actorId: 'u-ada', staff: false, member: true }
export const outsider: Viewer = { actorId: 'u-eve', staff: false, member: false }

type Stored = Pick<StoredEvent, 'type'>

/** A view over a log, and what can be asked of it. */
export interface Ran<Shown> {
  readonly documents: ReadonlyMap<string, object>
  get(key: string, viewer?: Viewer): Shown | undefined
  /** The keys of documents that stand in the index of these fields, with their values. */
  index(...fields: string[]): readonly string[]
  words(key: string): string
}

/** Folds events into a view, one by one, as a runner does. */
export function run<Document extends object, Type extends string, Shown extends object>(
  view: View<Document, Type, Shown>,
  events: readonly Stored[],
): Ran<Shown> {
  const documents = new Map<string, Document>()
  for (const event of events) applyTo(view, documents, event)
  return {
    documents,
    get: (key, viewer = staff) => {
      const document = documents.get(key)
      return document && (shownTo(view, document, viewer) as Shown | undefined)
    },
    index: (...fields) =>
      [...documents].flatMap(([key, document]) =>
        indexRows(document as JsonObject, fields).map((row) => [...row, key].join(' ')),
      ),
    words: (key) => view.text?.(documents.get(key) ?? view.empty) ?? '',
  }
}

function applyTo<Document extends object>(view: AnyView, documents: Map<string, Document>, event: Stored): void {
  const named = view.on[event.type]?.(event as never) ?? []
  const keys = touchedWith(view, event as StoredEvent, named, (key) => documents.get(key))
  const before = new Map(keys.map((key) => [key, documents.get(key)]))
  for (const key of keys) {
    const after = view.apply(before.get(key) ?? view.empty, event, key, (other) => before.get(other))
    if (after) documents.set(key, JSON.parse(JSON.stringify(storedDocument(view, after))) as Document)
    else documents.delete(key)
  }
}

/** The fields of every index, with all beginnings of each. */
export function beginningsOf(view: AnyView): readonly (readonly string[])[] {
  return shapeOf(view).indexes.flatMap((fields) => fields.map((_, last) => fields.slice(0, last + 1)))
}
