import { type IndexKey, indexesOf, indexRows, type JsonObject, type ViewShape } from '@vitrine/core'
import type { Database } from './database.js'
import { indexValue } from './index-value.js'

/** A view in its tables. */
export interface StoredView {
  readonly database: Database
  /** The table in which all views of the store stand. */
  readonly views: string
  readonly shape: ViewShape
  readonly id: number
  readonly names: TableNames
  /** What a crash of the server takes is not made again from the log. */
  readonly durable: boolean
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

export function tableNames(views: string, id: number, shape: ViewShape): TableNames {
  const indexes = indexesOf(shape).map((fields, at) => {
    return { table: `${views}_${id}_index_${at}`, fields, columns: fields.map((_, column) => `v${column}`) }
  })
  return { documents: `${views}_${id}`, text: `${views}_${id}_text`, indexes }
}

/** An index is a table sorted by values and key, so that a question is one walk over it. */
export function tablesFor({ documents, text, indexes }: TableNames, shape: ViewShape): string {
  const tables = indexes.map(({ table, columns }) => {
    const values = columns.map((column) => `${column} bytea NOT NULL, `).join('')
    return `CREATE TABLE ${table} (${values}key text COLLATE "C", PRIMARY KEY (${columns.join(', ')}, key));`
  })
  // What is still to be sorted in would be looked through word by word.
  const words = `
    CREATE TABLE ${text} (key text COLLATE "C" PRIMARY KEY, words tsvector NOT NULL);
    CREATE INDEX ON ${text} USING gin (words) WITH (fastupdate = off);`
  return `
    CREATE TABLE ${documents} (
      key text COLLATE "C" PRIMARY KEY,
      document text NOT NULL,
      words text NOT NULL
    );
    ${tables.join('\n')}
    ${shape.text ? words : ''}`
}

/** The rows of a document in an index, each as text to compare and as values to write. */
export function rowsOf(document: JsonObject | undefined, fields: readonly string[]) {
  const rows = document === undefined ? [] : indexRows(document, fields)
  return new Map(rows.map((row) => [JSON.stringify(row), row.map((value) => indexValue(value, fields.length))]))
}

/** The values of a question, as they stand in an index of these fields. */
export function valuesIn(fields: readonly string[], values: readonly IndexKey[]) {
  return values.map((value) => indexValue(value, fields.length))
}
