import type { MemberRole } from './actor.js'
import type { StoredEvent } from './event-store.js'
import type { JsonObject } from './json.js'
import type { EventNamed } from './known-events.js'
import type { PersonalFields } from './personal.js'
import type { FindQuery, ViewShape } from './view-store.js'
import { type Viewer, type ViewerKind, viewerKind } from './viewer.js'

/**
 * Whose documents a view holds. `public`: everyone's. `publisher`: they carry `publisherId`, and are for its members and
 * for staff; whoever is not staff names the publisher in every question, so an index without `publisherId` answers staff
 * alone, and one with it must hold nothing that members may not see. `operator`: for staff.
 */
export type Audience = 'public' | 'publisher' | 'operator'

/**
 * What the author of a view writes. `on` says which documents an event touches, `apply` how one of them changes. Events
 * are typed by their name; of a name that this code does not know, they are as the log holds them.
 */
export interface ViewDefinition<Document extends object, Type extends string, Shown extends object> {
  readonly name: string
  /** Counts up when what it holds changes; a new version is built beside the old one. */
  readonly version: number
  /** `operator` when absent. */
  readonly audience?: Audience
  /** The roles of the publisher's team that it is for; every role when absent. */
  readonly seenBy?: readonly MemberRole[]
  /** Which fields of what is shown are personal. */
  readonly personal?: PersonalFields
  /** What a document is before its first event. Never changed. */
  readonly empty: Document
  /**
   * The keys of the documents that each event touches: 1 to 900 bytes of UTF-8 without NUL. The view stops at an event that gives another
   * one, so what a person wrote is no key as it is.
   */
  readonly on: { readonly [Name in Type]: (event: EventNamed<Name>) => readonly string[] }
  /**
   * Further documents that an event touches, which only those that `on` names can tell: it is given each of them as it was
   * before the event. So what is counted by something that the first event of a stream said needs no more than that event.
   */
  alsoTouches?(document: Document, event: EventNamed<Type>, key: string): readonly string[]
  /**
   * The document after the event; the same object when nothing changed, `undefined` to remove it.
   * `others` gives the documents that the same event touches, as they were before it.
   */
  apply(
    document: Document,
    event: EventNamed<Type>,
    key: string,
    others: (key: string) => Document | undefined,
  ): Document | undefined
  /**
   * The document as it is stored, where its indexes need fields that follow from the others: asked once before it is written,
   * and not after every event. `apply`, `text` and `show` are given the document with or without them. The document itself when absent.
   */
  stored?(document: Document): Document
  /** The first field of the first one is the order of a question that names none; it holds no list. */
  readonly indexes?: readonly (string | readonly string[])[]
  /**
   * Stores make these indexes alone, and not each beginning of them as well: half as much is written. What equals the first
   * fields of one of them, and is asked for in no order, then comes in the order of the next field, which must hold no list.
   * Without effect beside `text`: searches need the beginnings.
   */
  readonly exactIndexes?: true
  /** The words under which a document is found. */
  text?(document: Document): string
  /** What of a document this viewer sees, `undefined` for nothing; all of it when absent. */
  show?(document: Document, viewer: Viewer): Shown | undefined
}

/**
 * A read model as a pure value: built from the log alone, it can be thrown away, and can reach nothing but its own
 * documents. `Type` are the names of the events that it reads, `Shown` is what viewers get of a document.
 */
export interface View<
  Document extends object = JsonObject,
  Type extends string = never,
  Shown extends object = Document,
> extends ViewDefinition<Document, Type, Shown> {
  readonly audience: Audience
  readonly indexes: readonly (string | readonly string[])[]
}

/** A view of any documents and events, as a runner sees it. */
export interface AnyView {
  readonly name: string
  readonly version: number
  readonly audience: Audience
  readonly seenBy?: readonly MemberRole[]
  readonly personal?: PersonalFields
  readonly empty: object
  readonly on: { readonly [type: string]: ((event: never) => readonly string[]) | undefined }
  alsoTouches?(document: object, event: object, key: string): readonly string[]
  apply(document: object, event: object, key: string, others: (key: string) => object | undefined): object | undefined
  stored?(document: object): object
  readonly indexes: readonly (string | readonly string[])[]
  readonly exactIndexes?: true
  readonly text?: (document: never) => string
  show?(document: object, viewer: Viewer): object | undefined
}

/** What a view store needs to know of a view. */
export function shapeOf(view: AnyView): ViewShape {
  return {
    name: view.name,
    version: view.version,
    indexes: view.indexes.map((index) => (typeof index === 'string' ? [index] : index)),
    ...(view.exactIndexes && { exact: true }),
    text: view.text !== undefined,
  }
}

/** A document as it is to be written. */
export function storedDocument(view: AnyView, document: object): object {
  return view.stored ? view.stored(document) : document
}

/** All documents that an event touches, given those that `on` names: these, then those that only they can tell. */
export function touchedWith(
  view: AnyView,
  event: StoredEvent,
  named: readonly string[],
  documentOf: (key: string) => object | undefined,
): readonly string[] {
  const tell = view.alsoTouches?.bind(view)
  if (!tell) return named
  return [...new Set([...named, ...named.flatMap((key) => tell(documentOf(key) ?? view.empty, event, key))])]
}

/**
 * The one way from a stored document to an answer: what a viewer gets of it, `undefined` when it is not theirs to see,
 * which is answered as an unknown key is (T34). `viewer` says what they are to the document's publisher.
 */
export function shownTo(view: AnyView, document: object, viewer: Viewer): object | undefined {
  if (!audienceHolds(view, viewerKind(viewer, view.seenBy))) return undefined
  return view.show ? view.show(document, viewer) : document
}

/**
 * The question as it is put to the store, or `undefined` when this viewer may not ask it. `kind` is what they are to the
 * publisher that the question names; to none, when it names none. What is ordered by nothing is ordered by the first
 * index, so that documents that stand in no index are neither found nor counted.
 */
export function questionFor<Query extends Pick<FindQuery, 'where' | 'order'>>(
  view: AnyView,
  query: Query,
  kind: ViewerKind,
): Query | undefined {
  const { where = {}, order } = query
  if (!audienceHolds(view, kind)) return undefined
  if (view.audience === 'publisher' && kind === 'member' && typeof where.publisherId !== 'string') return undefined
  const first = shapeOf(view).indexes[0]?.[0]
  return Object.keys(where).length > 0 || order !== undefined || first === undefined
    ? query
    : { ...query, order: first }
}

function audienceHolds({ audience }: AnyView, kind: ViewerKind): boolean {
  if (audience === 'public') return true
  return kind === 'staff' || (audience === 'publisher' && kind === 'member')
}
