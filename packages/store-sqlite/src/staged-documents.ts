import { indexRows, type Json, type JsonObject } from '@vitrine/core'
import { documentsBefore } from './changed-documents.js'
import { type IndexTable, stored, type ViewFile } from './view-file.js'

/** The temporary table of a view; those of the index that is being made begin with its name. */
function stagedTable({ names }: ViewFile): string {
  return `temp.${names.documents}_staged`
}

/** Drops all temporary tables that there may be of a view. */
export function dropStaged(view: ViewFile): void {
  const table = stagedTable(view)
  for (const one of [table, runsOf(table), samplesOf(table)]) view.file.exec(`DROP TABLE IF EXISTS ${one}`)
}

export function runsOf(staged: string): string {
  return `${staged}_runs`
}

export function samplesOf(staged: string): string {
  return `${staged}_samples`
}

/** What is indexed of documents, in a temporary table: each document is read once for all its indexes. */
export interface StagedDocuments {
  readonly table: string
  /** Those with ids up to this are there. */
  readonly reached: number
  addUpTo(id: number): void
  /** The columns of an index's fields. Where one of them holds a list there is no value; the document is then in `lists`. */
  columnsOf(index: IndexTable): readonly string[]
  /** Whether a field of this index held a list with something in it. */
  holdsListsOf(index: IndexTable): boolean
}

export function stageDocuments(view: ViewFile): StagedDocuments {
  const { file, names } = view
  const fields = [...new Set(names.indexes.flatMap((index) => index.fields))]
  const columns = fields.map((_, at) => `f${at}`)
  const table = stagedTable(view)
  file.exec(`DROP TABLE IF EXISTS ${table};
    CREATE TABLE ${table} (${['id INTEGER PRIMARY KEY', 'key', 'lists', ...columns].join(', ')});
    CREATE INDEX ${table}_listed ON ${names.documents}_staged (id) WHERE lists IS NOT NULL`)
  const add = `INSERT INTO ${table} VALUES (?, ?, ?${', ?'.repeat(fields.length)})`
  const withLists = new Set<string>()
  let reached = 0

  return {
    table,
    get reached() {
      return reached
    },
    addUpTo(last) {
      const insert = file.prepare(add)
      for (const [id, key, document] of documentsBefore(view, 'id, key, document', reached, last)) {
        const parsed = JSON.parse(String(document)) as JsonObject
        const listed = fields.filter((field) => isLongList(parsed[field]))
        for (const field of listed) withLists.add(field)
        const lists = listed.length > 0 ? JSON.stringify(membersOf(fields, parsed)) : null
        insert.run(Number(id), String(key), lists, ...fields.map((field) => onlyValue(parsed[field])))
      }
      reached = last
    },
    holdsListsOf: (index) => index.fields.some((field) => withLists.has(field)),
    columnsOf: (index) => index.fields.map((field) => columns[fields.indexOf(field)]!),
  }
}

function isLongList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0
}

function membersOf(fields: readonly string[], document: JsonObject): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, document[field] ?? null]))
}

/** The value of a field that has one, nothing for a list: a list has as many rows as it has values. */
function onlyValue(value: Json = null): string | number | null {
  if (typeof value === 'string') return stored(value)
  if (typeof value === 'number') return value
  return Array.isArray(value) ? null : stored(indexRows({ value }, ['value'])[0]![0]!)
}
