import { randomUUID } from 'node:crypto'
import { StoreError } from '@vitrine/core'
import { eventTables, idsInOrder } from './event-tables.js'
import type { SqliteFile } from './file.js'
import { keyTables } from './key-tables.js'
import { begunAnew, changedDocuments, sharedIndexing, viewTables } from './view-tables.js'

/**
 * The migrations of one kind of file: step n leads from schema n to n + 1. Steps are never changed once released, and
 * within a minor version they only add.
 */
export interface Schema {
  /** Of the tables of all kinds of files, those by which this kind is known, in the order of their names. */
  readonly tables: string
  readonly steps: readonly string[]
  /** The oldest schema whose code can still work with files of the newest. */
  readonly usableFrom: number
}

export const logSchema: Schema = {
  tables: 'events, views',
  steps: [eventTables + viewTables, sharedIndexing, changedDocuments + idsInOrder],
  usableFrom: 2,
}
export const viewsSchema: Schema = {
  tables: 'views',
  steps: [viewTables, sharedIndexing, changedDocuments + begunAnew],
  usableFrom: 3,
}
export const keysSchema: Schema = { tables: 'keys', steps: [keyTables], usableFrom: 1 }
export const messagesSchema: Schema = { tables: 'events', steps: [eventTables, idsInOrder], usableFrom: 1 }

/** 'Vitr': what SQLite keeps in the file to tell whose it is. */
const application = 0x56697472

/** Brings the file to this code's schema. Two processes may do so at the same time. */
export async function migrate(file: SqliteFile, schema: Schema): Promise<void> {
  await file.patiently(() => {
    checkOwner(file)
    checkKind(file, schema)
    if (!isBehind(file, schema)) return
    checkWritable(file)
    file.transaction(() => {
      if (isBehind(file, schema)) apply(file, schema)
    })
  })
}

export function logIdOf(file: SqliteFile): string {
  return String(file.prepare("SELECT value FROM facts WHERE name = 'log'").get()?.value)
}

function apply(file: SqliteFile, { steps, usableFrom }: Schema): void {
  const from = pragma(file, 'user_version')
  if (from === 0) file.exec('CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID')
  for (const step of steps.slice(from)) file.exec(step)
  const note = file.prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  note.run('usable from', usableFrom)
  if (from === 0) note.run('log', randomUUID())
  file.exec(`PRAGMA application_id = ${application}; PRAGMA user_version = ${steps.length}`)
}

/** @throws StoreError `schema-missing` when the file was made by code that is too new for this. */
function isBehind(file: SqliteFile, { steps }: Schema): boolean {
  const found = pragma(file, 'user_version')
  if (found <= steps.length) return found < steps.length
  const usableFrom = Number(file.prepare("SELECT value FROM facts WHERE name = 'usable from'").get()?.value)
  if (usableFrom <= steps.length) return false
  throw schemaError(file, `has schema ${found}; this code knows ${steps.length}. Use a newer version of the package`)
}

function checkOwner(file: SqliteFile): void {
  const tables = Number(file.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables)
  if (tables === 0 || pragma(file, 'application_id') === application) return
  throw schemaError(file, 'is a database of another program. Give the store a file of its own')
}

/** A store has four files, whose names are easily mixed up. */
function checkKind(file: SqliteFile, { tables }: Schema): void {
  if (pragma(file, 'user_version') === 0) return
  const known = "SELECT name FROM sqlite_schema WHERE name IN ('events', 'keys', 'views') ORDER BY name"
  const found = String(file.prepare(`SELECT group_concat(name, ', ') AS tables FROM (${known})`).get()?.tables)
  if (found === tables) return
  throw schemaError(file, `is another file of a store: it has the tables ${found} where ${tables} were expected`)
}

/** So that a process without rights hears what is missing, not that a statement failed. */
function checkWritable(file: SqliteFile): void {
  try {
    file.transaction(() => undefined)
  } catch (cause) {
    const readOnly = cause instanceof Error && 'errcode' in cause && cause.errcode === 8
    if (!readOnly) throw cause
    throw schemaError(file, 'lacks tables of this version and cannot be written. Open it once with the right to write')
  }
}

function pragma(file: SqliteFile, name: string): number {
  return Number(Object.values(file.prepare(`PRAGMA ${name}`).get() ?? {})[0])
}

function schemaError(file: SqliteFile, sentence: string): StoreError {
  return new StoreError('schema-missing', `${file.path} ${sentence}.`)
}
