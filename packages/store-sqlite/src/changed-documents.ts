import type { JsonObject } from '@vitrine/core'
import type { Row } from './file.js'
import type { Maintain } from './maintain.js'
import type { ViewFile } from './view-file.js'

/** A document as it lies in the file. */
export interface DocumentRow {
  readonly id: number
  readonly key: string
  readonly document: string
  readonly words: string
}

/** Keeps how a document was when its first indexes were begun: they are made of what was there then. */
export function keepBefore({ file, id: view }: ViewFile, { id, key, document, words }: DocumentRow): void {
  file.prepare('INSERT OR IGNORE INTO changed_documents VALUES (?, ?, ?, ?, ?)').run(view, id, key, document, words)
}

/** Columns of the documents behind one id, up to another, as they were when the first indexes were begun. */
export function documentsBefore(
  { file, id: view, names }: ViewFile,
  columns: string,
  after: number,
  upTo: number,
): readonly Row[] {
  const documents = `SELECT ${columns} FROM ${names.documents} WHERE id > ? AND id <= ?`
  const changed = 'FROM changed_documents WHERE view = ? AND id > ? AND id <= ?'
  if (file.prepare(`SELECT 1 ${changed} LIMIT 1`).get(view, after, upTo) === undefined) {
    return file.rows(documents, after, upTo)
  }
  const sql = `${documents} AND id NOT IN (SELECT id ${changed}) UNION ALL SELECT ${columns} ${changed}`
  return file.rows(sql, after, upTo, view, after, upTo, view, after, upTo)
}

/** The id of the last of so many documents behind an id, up to another, as they were when the first indexes were begun. */
export function idBehind(
  { file, id: view, names }: ViewFile,
  after: number,
  upTo: number,
  size: number,
): number | undefined {
  const ids = `SELECT id FROM ${names.documents} WHERE id > ? AND id <= ?
    UNION SELECT id FROM changed_documents WHERE view = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?`
  const row = file.prepare(`SELECT max(id) AS id FROM (${ids})`).get(after, upTo, view, after, upTo, size)
  return typeof row?.id === 'number' ? row.id : undefined
}

/** Brings so many documents that have changed in the meantime up to date in all parts; true when there are no more. */
export function settleChanged({ file, id: view, names }: ViewFile, maintain: Maintain, size: number): boolean {
  const changed = 'SELECT id, key, document, words FROM changed_documents WHERE view = ? ORDER BY id LIMIT ?'
  const now = file.prepare(`SELECT id, key, document, words FROM ${names.documents} WHERE id = ?`)
  const forget = file.prepare('DELETE FROM changed_documents WHERE view = ? AND id = ?')
  const rows = file.prepare(changed).all(view, size).map(documentRow)
  for (const before of rows) {
    const row = now.get(before.id)
    maintain(before.id, before.key, asKept(before), row && asKept(documentRow(row)))
    forget.run(view, before.id)
  }
  return rows.length < size
}

export function asKept({ document, words }: DocumentRow): { readonly document: JsonObject; readonly words: string } {
  return { document: JSON.parse(document) as JsonObject, words }
}

/** A row of these four columns is a document as it lies in the file. */
export function documentRow(row: Record<string, unknown>): DocumentRow {
  return row as object as DocumentRow
}
