import type { MemberRole } from '../actor.js'
import type { EventNamed } from '../known-events.js'
import type { PersonalFields } from '../personal.js'
import type { Audience, View, ViewDefinition } from '../view.js'
import type { Viewer } from '../viewer.js'
import { defineView } from './define-view.js'

/** A read model that is a fold of each document's events, and what is shown of it. */
export interface FoldedDefinition<Kept extends object, Type extends string, Entry extends object> {
  readonly name: string
  readonly version: number
  readonly audience: Audience
  readonly seenBy?: readonly MemberRole[]
  readonly personal?: PersonalFields
  readonly on: ViewDefinition<Folded<Kept>, Type, Entry>['on']
  /** Before the first event. */
  readonly first: Kept
  /** What is kept after an event; `undefined` to forget all. */
  readonly next: (kept: Kept, event: EventNamed<Type>) => Kept | undefined
  /** What is shown of it, `undefined` while nothing is. */
  readonly entry: (kept: Kept) => Entry | undefined
  /** Fields of the entry. */
  readonly indexes: readonly (readonly string[])[]
  readonly text?: (entry: Entry) => string
  /** What of an entry this viewer sees; all of it when absent. */
  readonly cut?: (entry: Entry, viewer: Viewer) => Entry
}

/** A document of a folded view: what is kept and, as it is stored, the indexed fields of the entry while one is shown. */
export interface Folded<Kept> {
  readonly kept: Kept
}

/**
 * A view whose documents outlive what is shown of them, so that an entry can come back. While nothing is shown, a document
 * stands in no index, holds no words, and `show` gives nothing of it to anyone. What is kept is the view's own business.
 */
export function foldedView<Kept extends object, Type extends string, Entry extends object>(
  definition: FoldedDefinition<Kept, Type, Entry>,
): View<object, Type, Entry> {
  const { name, version, audience, seenBy, personal, on, first, next, entry, indexes, text, cut } = definition
  const fields = new Set(indexes.flat())
  const shown = <Answer>({ kept }: Folded<Kept>, answer: (found: Entry) => Answer) => {
    const found = entry(kept)
    return found && answer(found)
  }
  return defineView<Folded<Kept>, Type, Entry>({
    name,
    version,
    audience,
    ...(seenBy && { seenBy }),
    ...(personal && { personal }),
    empty: { kept: first },
    on,
    apply(document, event) {
      const kept = next(document.kept, event)
      if (kept === undefined) return undefined
      return sameFields(document.kept, kept) ? document : { kept }
    },
    stored: ({ kept }) => ({ ...indexed(fields, entry(kept)), kept }),
    indexes,
    show: (document, viewer) => shown(document, (found) => (cut ? cut(found, viewer) : found)),
    ...(text && { text: (document: Folded<Kept>) => shown(document, text) ?? '' }),
  })
}

/** The indexed fields of an entry; where there is none, empty lists, which have no rows in an index. */
function indexed(fields: ReadonlySet<string>, entry: object | undefined): object {
  if (!entry) return Object.fromEntries([...fields].map((field) => [field, []]))
  const found: { [field: string]: unknown } = {}
  for (const [field, value] of Object.entries(entry)) if (fields.has(field)) found[field] = value
  return found
}

/** Whether every field is the very same: then nothing needs to be written. */
function sameFields<Kept extends object>(before: Kept, after: Kept): boolean {
  return (Object.keys(after) as (keyof Kept)[]).every((field) => Object.is(after[field], before[field]))
}
