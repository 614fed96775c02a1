import type { Json, JsonObject } from './json.js'
import { type FindQuery, type IndexValue, type ViewShape, ViewStoreError } from './view-store.js'

/** A value as it stands in an index: `false` and `true` are 0 and 1. */
export type IndexKey = string | number | null

/**
 * The indexes that a store makes of a view: every beginning of every declared index, each once. So each question has an
 * index of exactly its fields, in which a document stands once and the rows are already in the order of the answer. Of a
 * shape that is exact, those that are declared.
 */
export function indexesOf(shape: ViewShape): readonly (readonly string[])[] {
  const beginnings = shape.indexes.flatMap((fields) => fields.map((_, last) => fields.slice(0, last + 1)))
  const made = shape.exact && !shape.text ? shape.indexes : beginnings
  return [...new Map(made.map((fields) => [fields.join('\n'), fields])).values()]
}

/**
 * The fields of the index that answers a question: those of `where` in the order of the index, then `order`. Where no order
 * is asked for and none has just these, the first that has one field more, in whose order they come.
 * Empty when all documents are asked for by key.
 * @throws ViewStoreError `no-index`
 */
export function indexFor(shape: ViewShape, query: Pick<FindQuery, 'where' | 'order'>): readonly string[] {
  const equal = Object.keys(query.where ?? {})
  if (equal.length === 0 && query.order === undefined) return []
  const fitting = indexesOf(shape).filter((fields) =>
    equal.every((field) => fields.indexOf(field) >= 0 && fields.indexOf(field) < equal.length),
  )
  const oneMore = fitting.filter((fields) => fields.length === equal.length + 1)
  const found =
    query.order === undefined
      ? (fitting.find((fields) => fields.length === equal.length) ?? oneMore[0])
      : oneMore.find((fields) => fields[equal.length] === query.order)
  if (found) return found
  const wanted = [...equal, ...(query.order === undefined ? [] : [query.order])].join(', ')
  const known = shape.indexes.map((fields) => `(${fields.join(', ')})`).join(' ') || 'none'
  throw new ViewStoreError('no-index', `View ${shape.name} has no index on (${wanted}). It has: ${known}.`)
}

/** The rows that a document has in an index: one for each value of the field that holds a list. */
export function indexRows(document: JsonObject, fields: readonly string[]): readonly (readonly IndexKey[])[] {
  return fields.reduce<readonly (readonly IndexKey[])[]>(
    (rows, field) => rows.flatMap((row) => keysOf(document[field]).map((value) => [...row, value])),
    [[]],
  )
}

/** A value of a question as it stands in an index. */
export function indexKey(value: IndexValue): IndexKey {
  return typeof value === 'boolean' ? Number(value) : value
}

/** The order of an index: `null`, then numbers, then strings by code points. */
export function compareIndexKeys(a: IndexKey, b: IndexKey): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return rank(a) - rank(b)
}

/** Compares by code points, as UTF-8 does, where `<` compares by UTF-16 code units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at)
    if (difference !== 0) return aboveSurrogates(a.charCodeAt(at)) - aboveSurrogates(b.charCodeAt(at))
  }
  return a.length - b.length
}

/** Words as every engine indexes and searches them: marks stripped, lower case, split at what is no letter or digit. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Halves of astral characters come after U+FFFF, not between U+D7FF and U+E000. */
function aboveSurrogates(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x2800 : unit
}

function keysOf(value: Json = null): readonly IndexKey[] {
  if (Array.isArray(value)) return [...new Set(value.filter(isIndexValue).map(indexKey))]
  return [isIndexValue(value) ? indexKey(value) : null]
}

function isIndexValue(value: Json): value is IndexValue {
  return value === null || typeof value !== 'object'
}

function rank(value: IndexKey): number {
  if (value === null) return 0
  return typeof value === 'number' ? 1 : 2
}
