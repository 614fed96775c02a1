import type { StoredEvent } from './event-store.js'
import type { JsonObject } from './json.js'
import type { ViewShape } from './view-store.js'

/** For whom a document is made: what they are to the document's publisher. */
export interface Viewer {
  readonly actorId: string
  readonly staff: boolean
  /** The viewer is on the publisher's team. */
  readonly member: boolean
}

/** Whose documents a view holds. Those of `publisher` carry `publisherId`, and are shown to its members and to staff. */
export type Audience = 'public' | 'publisher' | 'operator'

/**
 * A read model as a pure value. `on` says which documents an event touches, `apply` how one of them changes.
 * A view is built from the log alone, can be thrown away, and can reach nothing but its own documents.
 */
export interface View<Document extends object = JsonObject, Event extends { readonly type: string } = StoredEvent> {
  readonly name: string
  /** Counts up when what it holds changes; a new version is built beside the old one. */
  readonly version: number
  readonly audience: Audience
  /** What a document is before its first event. Never changed. */
  readonly empty: Document
  readonly on: { readonly [Type in Event['type']]?: (event: Extract<Event, { type: Type }>) => readonly string[] }
  /**
   * The document after the event; the same object when nothing changed, `undefined` to remove it.
   * `others` gives the documents that the same event touches, as they were before it.
   */
  apply(
    document: Document,
    event: Event,
    key: string,
    others: (key: string) => Document | undefined,
  ): Document | undefined
  readonly indexes: readonly (string | readonly string[])[]
  /** The words under which a document is found. */
  readonly text?: (document: Document) => string
  /** What of a document this viewer sees; all of it when absent. */
  show?(document: Document, viewer: Viewer): Document
}

/** A view of any documents and events, as a runner sees it. */
export interface AnyView {
  readonly name: string
  readonly version: number
  readonly audience: Audience
  readonly empty: object
  readonly on: { readonly [type: string]: ((event: never) => readonly string[]) | undefined }
  apply(document: object, event: object, key: string, others: (key: string) => object | undefined): object | undefined
  readonly indexes: readonly (string | readonly string[])[]
  readonly text?: (document: never) => string
  show?(document: object, viewer: Viewer): object
}

/** What a view store needs to know of a view. */
export function shapeOf(view: AnyView): ViewShape {
  return {
    name: view.name,
    version: view.version,
    indexes: view.indexes.map((index) => (typeof index === 'string' ? [index] : index)),
    text: view.text !== undefined,
  }
}
