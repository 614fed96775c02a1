import { type Json, type JsonObject, sameJson } from '../json.js'
import { type ItemChange, itemChanges } from './items-changed.js'
import { isList } from './read.js'
import { type TextRun, textRuns } from './text-runs.js'

/** How one field of a content became what it is in another. */
export interface FieldDifference {
  readonly field: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly before?: Json
  readonly after?: Json
  /** For a list that changed: its entries that came, went, or stand elsewhere. */
  readonly items?: readonly ItemChange[]
  /** For a long text that changed, in runs: `same` and `removed` make the text before, `same` and `added` the one after. */
  readonly words?: readonly TextRun[]
}

/** Texts of so many characters are shown whole, before and after; longer ones also in runs. */
const short = 60

/**
 * What differs between two contents, field by field, in the order of `after`, then what it no longer has. Nothing, when
 * they say the same. `before` is absent when there is nothing to compare with: everything is then added.
 */
export function difference(before: JsonObject | undefined, after: JsonObject): readonly FieldDifference[] {
  const then = new Map(Object.entries(before ?? {}))
  const now = new Map(Object.entries(after))
  return [
    ...[...now].flatMap(([field, value]) => presentNow(field, then.get(field), value)),
    ...[...then].flatMap(([field, value]) =>
      now.has(field) ? [] : [{ field, change: 'removed' as const, before: value }],
    ),
  ]
}

/** The content that a difference leads to, from the content that it began with. */
export function applyDifference(before: JsonObject | undefined, differences: readonly FieldDifference[]): JsonObject {
  const gone = new Set(differences.map(({ field }) => field))
  const kept = Object.entries(before ?? {}).filter(([field]) => !gone.has(field))
  const come = differences.flatMap(({ field, after }) => (after === undefined ? [] : [[field, after] as const]))
  return Object.fromEntries([...kept, ...come])
}

function presentNow(field: string, before: Json | undefined, after: Json): readonly FieldDifference[] {
  if (before === undefined) return [{ field, change: 'added', after }]
  return sameJson(before, after) ? [] : [{ field, change: 'changed', before, after, ...details(before, after) }]
}

function details(before: Json, after: Json): Pick<FieldDifference, 'items' | 'words'> {
  if (isList(before) && isList(after)) return { items: itemChanges(before, after) }
  if (typeof before !== 'string' || typeof after !== 'string') return {}
  return before.length > short || after.length > short ? { words: textRuns(before, after) } : {}
}
