import { indexRows, type JsonObject } from '@vitrine/core'
import type { SqliteFile } from './file.js'
import { runsOf, type StagedDocuments, samplesOf } from './staged-documents.js'
import { type IndexTable, stored } from './view-file.js'

/**
 * The rows of one index in their order, however many there are: sorted in runs that fit into memory, which are then merged
 * range by range, so that the index is written from its first page to its last. How far it came, its last row tells.
 */
export interface SortedRows {
  readonly index: IndexTable
  /** Of documents with ids up to this the rows are sorted. */
  readonly reached: number
  sortUpTo(id: number): void
  /** Adds about so many rows to the index; true when it has all. */
  moveNext(size: number): boolean
  drop(): void
}

/** One row of so many tells how the rows are spread. */
const sampled = 499

export function sortRows(file: SqliteFile, staged: StagedDocuments, index: IndexTable): SortedRows {
  const columns = index.columns.join(', ')
  const [runs, samples] = [runsOf(staged.table), samplesOf(staged.table)]
  file.exec(`
    DROP TABLE IF EXISTS ${runs};
    DROP TABLE IF EXISTS ${samples};
    CREATE TABLE ${runs} (run, ${columns}, key, id, PRIMARY KEY (run, ${columns}, key)) WITHOUT ROWID;
    CREATE TABLE ${samples} (${columns}, key, PRIMARY KEY (${columns}, key)) WITHOUT ROWID`)
  const statements = statementsFor(staged, index, runs, samples)
  let reached = 0
  let run = 0

  const sortLists = (after: number, upTo: number) => {
    const add = file.prepare(statements.addOne)
    for (const [id, key, lists] of file.rows(statements.withLists, after, upTo)) {
      const document = JSON.parse(String(lists)) as JsonObject
      if (!index.fields.some((field) => Array.isArray(document[field]))) continue
      for (const row of indexRows(document, index.fields)) add.run(run, ...row.map(stored), String(key), Number(id))
    }
  }

  return {
    index,
    get reached() {
      return reached
    },
    sortUpTo(id) {
      file.prepare(statements.sort).run(run, reached, id)
      if (staged.holdsListsOf(index)) sortLists(reached, id)
      file.prepare(statements.sample).run(run)
      run += 1
      reached = id
    },
    moveNext(size) {
      const last = file.prepare(statements.last).get()
      const after = last ? Object.values(last) : undefined
      const skipped = Math.max(Math.round(size / sampled) - 1, 0)
      const bound = file.prepare(after ? statements.nextSample : statements.firstSample).get(...(after ?? []), skipped)
      const upTo = bound ? Object.values(bound) : undefined
      const move = file.prepare(statements.move(after !== undefined, upTo !== undefined))
      move.run(JSON.stringify(Array.from({ length: run }, (_, at) => at)), ...(after ?? []), ...(upTo ?? []))
      return upTo === undefined
    },
    drop: () => file.exec(`DROP TABLE IF EXISTS ${runs}; DROP TABLE IF EXISTS ${samples}`),
  }
}

function statementsFor(staged: StagedDocuments, index: IndexTable, runs: string, samples: string) {
  const values = staged.columnsOf(index)
  const columns = index.columns.join(', ')
  const order = `${columns}, key`
  const row = `(${order})`
  const marks = `(${index.columns.map(() => '?').join(', ')}, ?)`
  const downwards = [...index.columns, 'key'].map((column) => `${column} DESC`).join(', ')
  return {
    sort: `INSERT INTO ${runs} SELECT ?, ${values.join(', ')}, key, id FROM ${staged.table}
      WHERE id > ? AND id <= ? AND ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')}
      ORDER BY ${values.join(', ')}, key`,
    withLists: `SELECT id, key, lists FROM ${staged.table} WHERE id > ? AND id <= ? AND lists IS NOT NULL`,
    addOne: `INSERT INTO ${runs} VALUES (?, ${index.columns.map(() => '?').join(', ')}, ?, ?)`,
    sample: `INSERT OR IGNORE INTO ${samples} SELECT ${order} FROM ${runs} WHERE run = ? AND id % ${sampled} = 0`,
    last: `SELECT ${order} FROM ${index.table} ORDER BY ${downwards} LIMIT 1`,
    firstSample: `SELECT ${order} FROM ${samples} ORDER BY ${order} LIMIT 1 OFFSET ?`,
    nextSample: `SELECT ${order} FROM ${samples} WHERE ${row} > ${marks} ORDER BY ${order} LIMIT 1 OFFSET ?`,
    move: (isBehind: boolean, isBounded: boolean) => `INSERT INTO ${index.table}
      SELECT ${order}, id FROM ${runs} WHERE run IN (SELECT value FROM json_each(?))
      ${isBehind ? `AND ${row} > ${marks}` : ''} ${isBounded ? `AND ${row} <= ${marks}` : ''} ORDER BY ${order}`,
  }
}
