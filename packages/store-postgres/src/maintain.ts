import type { JsonObject } from '@vitrine/core'
import type { Step } from './statement.js'
import { type IndexTable, rowsOf, type StoredView } from './stored-view.js'
import { textOf } from './text.js'

/** How a document was, and how it is. */
export interface Change {
  readonly key: string
  readonly before: Kept | undefined
  readonly after: Kept | undefined
}

export interface Kept {
  readonly document: JsonObject
  readonly words: string
}

/** What moves documents from how they were to how they are in all indexes and in the text; what did not change is not touched. */
export function maintain({ names, shape }: StoredView, changes: readonly Change[]): readonly Step[] {
  return [
    ...names.indexes.flatMap((index) => inIndex(index, changes)),
    ...(shape.text ? inText(names.text, changes) : []),
  ]
}

interface IndexRow {
  readonly key: string
  readonly row: readonly Buffer[]
}

function inIndex({ table, fields, columns }: IndexTable, changes: readonly Change[]): readonly Step[] {
  const removed: IndexRow[] = []
  const added: IndexRow[] = []
  for (const { key, before, after } of changes) {
    const old = rowsOf(before?.document, fields)
    const fresh = rowsOf(after?.document, fields)
    for (const [text, row] of old) if (!fresh.has(text)) removed.push({ key, row })
    for (const [text, row] of fresh) if (!old.has(text)) added.push({ key, row })
  }
  const names = [...columns, 'key'].join(', ')
  const marks = [...columns.map((_, at) => `$${at + 1}::bytea[]`), `$${columns.length + 1}::text[]`].join(', ')
  const equal = [...columns, 'key'].map((column) => `i.${column} = u.${column}`).join(' AND ')
  return [
    ...(removed.length > 0
      ? [
          {
            sql: `DELETE FROM ${table} i USING unnest(${marks}) u (${names}) WHERE ${equal}`,
            values: listed(removed, columns),
          },
        ]
      : []),
    ...(added.length > 0
      ? [
          {
            sql: `INSERT INTO ${table} SELECT * FROM unnest(${marks}) u (${names}) ORDER BY ${names}`,
            values: listed(added, columns),
          },
        ]
      : []),
  ]
}

function listed(rows: readonly IndexRow[], columns: readonly string[]) {
  return [...columns.map((_, at) => rows.map(({ row }) => row[at]!)), rows.map(({ key }) => key)]
}

function inText(table: string, changes: readonly Change[]): readonly Step[] {
  const moved = changes.filter(({ before, after }) => before?.words !== after?.words)
  const gone = moved.filter(({ after }) => after === undefined).map(({ key }) => key)
  const said = moved.flatMap(({ key, after }) => (after ? [{ key, text: textOf(after.words) }] : []))
  const put = `INSERT INTO ${table} SELECT key, words::tsvector FROM unnest($1::text[], $2::text[]) u (key, words)
    ON CONFLICT (key) DO UPDATE SET words = excluded.words`
  return [
    ...(gone.length > 0 ? [{ sql: `DELETE FROM ${table} WHERE key = ANY ($1)`, values: [gone] }] : []),
    ...(said.length > 0 ? [{ sql: put, values: [said.map(({ key }) => key), said.map(({ text }) => text)] }] : []),
  ]
}
