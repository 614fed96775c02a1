import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { StoreError } from '@vitrine/core'
import { isBusy } from './faults.js'

/** One connection to one file. Everything on it runs to its end without a pause, so that nothing interleaves. */
export interface SqliteFile {
  readonly path: string
  readonly patience: number
  /** The statement, prepared at its first use. */
  prepare(sql: string): StatementSync
  /** All rows of a statement, each the list of its values, in the order of the columns: quicker than to give each its names. */
  rows(sql: string, ...values: readonly SQLInputValue[]): readonly Row[]
  exec(sql: string): void
  /** Runs the work in a transaction that takes the lock for writing at once; an exception undoes it. */
  transaction<Answer>(work: () => Answer): Answer
  /** Runs the work on the file as it stands, without the lock for writing; an exception undoes it. */
  reading<Answer>(work: () => Answer): Answer
  /** Tries until no other process is in the way; between two tries the event loop is free. */
  patiently<Answer>(work: () => Answer): Promise<Answer>
  /** Another value whenever somebody committed, in this process or in another. */
  state(): string
  /** Called after each transaction of this connection. */
  readonly watching: Set<() => void>
  close(): void
}

export type Row = readonly unknown[]

export interface FileOptions {
  readonly patience: number
  readonly synchronous: 'FULL' | 'NORMAL'
  /** Pages of the write-ahead log, of 4 kB, that are moved into the file at a time; SQLite's own 1,000 by default. */
  readonly checkpointPages?: number
  /** What is deleted or overwritten is wiped from the file's pages, and never written to a temporary file. */
  readonly wipes?: boolean
  /**
   * `write` by default · `read`: the file is there, and is never written · `stand in`: something empty takes the place of the
   * file, which is not there and must not be made; it is gone when it is closed.
   */
  readonly access?: 'write' | 'read' | 'stand in'
}

/** Milliseconds that SQLite itself may wait for a lock, in which the event loop stands still. */
const standstill = 3

/** @throws StoreError `unavailable` when the file system cannot keep a write-ahead log. */
export async function openFile(path: string, options: FileOptions): Promise<SqliteFile> {
  const file = connection(path, options)
  try {
    await file.patiently(() => configure(file, options))
    return file
  } catch (fault) {
    file.close()
    throw fault
  }
}

function connection(path: string, { patience, access }: FileOptions): SqliteFile {
  const database = new DatabaseSync(access === 'stand in' ? ':memory:' : path, { readOnly: access === 'read' })
  const statements = new Map<string, StatementSync>()
  const lists = new Map<string, StatementSync>()
  const watching = new Set<() => void>()
  let commits = 0
  let open = true

  const prepare = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, known)
    return known
  }

  const listing = (sql: string) => {
    const known = lists.get(sql)
    if (known) return known
    const prepared = database.prepare(sql)
    prepared.setReturnArrays(true)
    lists.set(sql, prepared)
    return prepared
  }

  const commit = () => {
    try {
      prepare('COMMIT').run()
    } catch (cause) {
      if (isBusy(cause)) throw cause
      throw new StoreError('unknown-outcome', `${path} failed while it stored; look what is there.`, { cause })
    }
  }

  const between = <Answer>(begin: string, work: () => Answer) => {
    prepare(begin).run()
    try {
      const answer = work()
      commit()
      return answer
    } catch (fault) {
      rollback(database)
      throw fault
    }
  }

  return {
    path,
    patience,
    watching,
    prepare,
    rows: (sql, ...values) => listing(sql).all(...values) as object as readonly Row[],
    exec: (sql) => database.exec(sql),
    transaction: (work) => {
      const answer = between('BEGIN IMMEDIATE', work)
      commits += 1
      for (const notice of watching) notice()
      return answer
    },
    reading: (work) => between('BEGIN', work),
    patiently: (work) => patiently(work, patience),
    state: () => `${commits} ${String(prepare('PRAGMA data_version').get()?.data_version)}`,
    close: () => {
      if (open) database.close()
      open = false
    },
  }
}

async function patiently<Answer>(work: () => Answer, patience: number): Promise<Answer> {
  let end: number | undefined
  for (let round = 1; ; round += 1) {
    try {
      return work()
    } catch (fault) {
      end ??= performance.now() + patience
      if (!isBusy(fault) || performance.now() >= end) throw fault
    }
    await pause(2 + Math.random() * Math.min(4 * round, 25))
  }
}

/** SQLite may keep its defaults without an error, so each setting is read back. */
function configure(file: SqliteFile, { access = 'write', ...options }: FileOptions): void {
  file.exec(`PRAGMA busy_timeout = ${standstill}`)
  file.exec('PRAGMA cache_size = -16000')
  if (access === 'write') configureWriting(file, options)
}

function configureWriting(file: SqliteFile, { synchronous, wipes, checkpointPages = 1_000 }: FileOptions): void {
  file.exec('PRAGMA journal_mode = WAL')
  file.exec(`PRAGMA synchronous = ${synchronous}`)
  file.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`)
  check(file, 'journal_mode', 'wal', 'Its file system cannot keep a write-ahead log; put it on a local disk')
  check(file, 'synchronous', synchronous === 'FULL' ? 2 : 1, 'Appends would not be as safe as was asked')
  if (!wipes) return
  file.exec('PRAGMA temp_store = MEMORY')
  file.exec('PRAGMA secure_delete = ON')
  check(file, 'secure_delete', 1, 'Keys that are destroyed would stay in the file')
  check(file, 'temp_store', 2, 'Keys that are destroyed might stay in temporary files')
}

function check(file: SqliteFile, pragma: string, wanted: string | number, why: string): void {
  const found = Object.values(file.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
  if (found === wanted) return
  throw new StoreError(
    'unavailable',
    `${file.path} has ${pragma} ${String(found)} where ${wanted} was asked for. ${why}.`,
  )
}

function rollback(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // Some faults undo the transaction by themselves; the fault that led here says why.
  }
}
