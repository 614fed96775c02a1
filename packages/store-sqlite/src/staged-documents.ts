import { indexRows, type Json, type JsonObject } from '@vitrine/core'
import { type IndexTable, rowsOf, stored, type ViewFile } from './view-file.js'
import type { ViewState } from './view-state.js'

/** The documents whose indexes are being made, in memory: each is read once for all of them. */
export interface StagedDocuments {
  /** They are those behind `indexed` up to `reach`, and none was written since. */
  isOf(state: ViewState): boolean
  fill(state: ViewState): void
  /** Adds their rows to an index, sorted. */
  moveTo(index: IndexTable): void
  /** Runs the work; if that fails, what was staged in it is undone, and counts no more. In the end it is let go. */
  keeping(work: () => boolean): boolean
}

/** A document that has several rows in an index, with what is indexed of it. */
interface Listed {
  readonly id: number
  readonly key: string
  readonly document: JsonObject
}

/** They lie in a temporary table with a column for each indexed field. A list has no value there. */
export function staging(view: ViewFile): StagedDocuments {
  const { file, names } = view
  const fields = [...new Set(names.indexes.flatMap((index) => index.fields))]
  const table = `temp.${names.documents}_staged`
  const columnOf = (field: string) => `f${fields.indexOf(field)}`
  let staged: ViewState | undefined
  let listed: readonly Listed[] = []

  const add = (id: number, key: string, document: JsonObject) => {
    const sql = `INSERT INTO ${table} VALUES (?, ?${', ?'.repeat(fields.length)})`
    file.prepare(sql).run(id, key, ...fields.map((field) => onlyValue(document[field])))
  }

  return {
    isOf: ({ indexed, reach, writes }) =>
      staged?.indexed === indexed && staged.reach === reach && staged.writes === writes,
    fill(state) {
      staged = undefined
      const columns = fields.map((field) => `, ${columnOf(field)}`).join('')
      file.exec(`CREATE TABLE IF NOT EXISTS ${table} (id INTEGER PRIMARY KEY, key${columns}); DELETE FROM ${table}`)
      const sql = `SELECT id, key, document FROM ${names.documents} WHERE id > ? AND id <= ? ORDER BY id`
      const withLists: Listed[] = []
      for (const row of file.prepare(sql).iterate(state.indexed, state.reach)) {
        const [id, key] = [Number(row.id), String(row.key)]
        const document = only(fields, JSON.parse(String(row.document)) as JsonObject)
        add(id, key, document)
        if (Object.values(document).some(isLongList)) withLists.push({ id, key, document })
      }
      listed = withLists
      staged = state
    },
    moveTo({ table: index, fields: indexed }) {
      const columns = indexed.map(columnOf)
      const single = columns.map((column) => `${column} IS NOT NULL`).join(' AND ')
      const rows = `SELECT ${columns.join(', ')}, key, id FROM ${table} WHERE ${single}`
      file.prepare(`INSERT INTO ${index} ${rows} ORDER BY ${columns.join(', ')}, key`).run()
      const one = file.prepare(`INSERT INTO ${index} VALUES (?${', ?'.repeat(columns.length)}, ?)`)
      for (const { id, key, document } of listed) {
        if (!indexed.some((field) => Array.isArray(document[field]))) continue
        for (const row of rowsOf(document, indexed).values()) one.run(...row, key, id)
      }
    },
    keeping(work) {
      try {
        const isOver = work()
        if (isOver) file.exec(`DROP TABLE IF EXISTS ${table}`)
        return isOver
      } catch (fault) {
        staged = undefined
        throw fault
      }
    },
  }
}

/** The value of a field that has one, nothing for a list: a list has as many rows as it has values. */
function onlyValue(value: Json | undefined): string | number | null {
  if (Array.isArray(value)) return null
  return stored(indexRows({ value: value ?? null }, ['value'])[0]![0]!)
}

function isLongList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0
}

function only(fields: readonly string[], document: JsonObject): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, document[field] ?? null]))
}
