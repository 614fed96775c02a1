import { type IndexKey, indexesOf, indexRows, type JsonObject, type ViewShape } from '@vitrine/core'
import type { SqliteFile } from './file.js'

/** A view in its file. */
export interface ViewFile {
  readonly file: SqliteFile
  readonly shape: ViewShape
  readonly id: number
  readonly names: TableNames
}

/** The names of a view's tables, made of its id: a view's own name may hold anything. */
export interface TableNames {
  readonly documents: string
  readonly text: string
  readonly indexes: readonly IndexTable[]
}

export interface IndexTable {
  readonly table: string
  readonly fields: readonly string[]
  /** The columns that hold the fields' values: v0, v1 … */
  readonly columns: readonly string[]
}

export function tableNames(id: number, shape: ViewShape): TableNames {
  const indexes = indexesOf(shape).map((fields, at) => {
    return { table: `view_${id}_index_${at}`, fields, columns: fields.map((_, column) => `v${column}`) }
  })
  return { documents: `view_${id}`, text: `view_${id}_text`, indexes }
}

/**
 * An index is a table sorted by values and key, so that a question is one walk over it. Text keeps no copy of the words
 * beside those in the documents' table; words are split at spaces alone, and were normalised before they came.
 */
export function tablesFor({ documents, text, indexes }: TableNames, shape: ViewShape): string {
  const tables = indexes.map(({ table, columns }) => {
    const values = columns.join(', ')
    return `CREATE TABLE ${table} (${values}, key TEXT, id INTEGER, PRIMARY KEY (${values}, key)) WITHOUT ROWID;`
  })
  const words = `CREATE VIRTUAL TABLE ${text} USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');`
  return `
    CREATE TABLE ${documents} (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      document TEXT NOT NULL,
      words TEXT NOT NULL
    );
    ${tables.join('\n')}
    ${shape.text ? words : ''}`
}

/**
 * A value as it stands in an index table: `null` is the number below all others, since it must sort and be unique.
 * NUL is written with two other characters that keep the order, because some versions of Node read text only up to it.
 */
export function stored(value: IndexKey): string | number {
  if (value === null) return Number.NEGATIVE_INFINITY
  if (typeof value === 'number' || !(value.includes('\u0001') || value.includes('\0'))) return value
  return value.replaceAll('\u0001', '\u0001\u0002').replaceAll('\0', '\u0001\u0001')
}

export function asIndexKey(value: unknown): IndexKey {
  if (value === Number.NEGATIVE_INFINITY) return null
  if (typeof value === 'number') return value
  return String(value).replaceAll('\u0001\u0001', '\0').replaceAll('\u0001\u0002', '\u0001')
}

/** The rows of a document in an index, each as text to compare and as values to write. */
export function rowsOf(document: JsonObject | undefined, fields: readonly string[]) {
  const rows = document === undefined ? [] : indexRows(document, fields)
  return new Map(rows.map((row) => [JSON.stringify(row), row.map(stored)]))
}
