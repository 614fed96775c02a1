import type { JsonObject } from '@vitrine/core'
import { type IndexTable, rowsOf, type ViewFile } from './view-file.js'

interface Kept {
  readonly document: JsonObject
  readonly words: string
}

/** Moves a document from how it was to how it is, in all indexes and in the text; what did not change is not touched. */
export type Maintain = (id: number, key: string, before: Kept | undefined, after: Kept | undefined) => void

export function maintainer({ file, names, shape }: ViewFile): Maintain {
  const indexes = names.indexes.map((index) => ({ ...index, ...statementsFor(index) }))
  const unsay = `DELETE FROM ${names.text} WHERE rowid = ?`
  const say = `INSERT INTO ${names.text} (rowid, words) VALUES (?, ?)`

  return (id, key, before, after) => {
    for (const { fields, add, remove } of indexes) {
      const old = rowsOf(before?.document, fields)
      const fresh = rowsOf(after?.document, fields)
      for (const [text, row] of old) if (!fresh.has(text)) file.prepare(remove).run(...row, key)
      for (const [text, row] of fresh) if (!old.has(text)) file.prepare(add).run(...row, key, id)
    }
    if (!shape.text || before?.words === after?.words) return
    if (before) file.prepare(unsay).run(id)
    if (after) file.prepare(say).run(id, after.words)
  }
}

function statementsFor({ table, columns }: IndexTable) {
  const marks = columns.map(() => '?').join(', ')
  const equal = columns.map((column) => `${column} = ?`).join(' AND ')
  return {
    add: `INSERT INTO ${table} VALUES (${marks}, ?, ?)`,
    remove: `DELETE FROM ${table} WHERE ${equal} AND key = ?`,
  }
}
