import { type ViewShape, type ViewStore, ViewStoreError } from '@vitrine/core'
import { translatedForViews } from './faults.js'
import type { SqliteFile } from './file.js'
import { movingThread } from './moving-thread.js'
import { tableNames, tablesFor } from './view-file.js'
import { type SharedByViews, viewTable } from './view-table.js'
import { halfMade } from './view-tables.js'

export function sqliteViewStore(file: SqliteFile): ViewStore {
  let closed = false
  const shared: SharedByViews = { underWay: new Map(), moving: movingThread(file.path) }
  const run = <Answer>(work: () => Answer) =>
    translatedForViews(file.path, async () => {
      if (closed) throw new ViewStoreError('closed', 'The view store is closed. Open it again to go on.')
      return file.patiently(work)
    })
  return {
    open: async (shape) => {
      const id = await run(
        () => knownId(file, shape) ?? file.transaction(() => knownId(file, shape) ?? made(file, shape)),
      )
      return viewTable({ file, shape, id, names: tableNames(id, shape) }, run, shared)
    },
    list: () =>
      run(() => {
        const rows = file.prepare('SELECT name, version, live FROM views ORDER BY name, version').all()
        return rows.map(({ name, version, live }) => {
          return { name: String(name), version: Number(version), live: live === 1 }
        })
      }),
    drop: (name, version) => run(() => file.transaction(() => drop(file, name, version))),
    close: async () => {
      closed = true
      await shared.moving.close()
    },
  }
}

const find = 'SELECT id, shape, reach FROM views WHERE name = ? AND version = ?'

function knownId(file: SqliteFile, shape: ViewShape): number | undefined {
  const row = file.prepare(find).get(shape.name, shape.version)
  if (row === undefined || row.reach === halfMade) return undefined
  if (row.shape === textOf(shape)) return Number(row.id)
  throw new ViewStoreError(
    'invalid',
    `View ${shape.name} version ${shape.version} was made with other indexes. Count its version up.`,
  )
}

function made(file: SqliteFile, shape: ViewShape): number {
  drop(file, shape.name, shape.version)
  const insert = file.prepare('INSERT INTO views (name, version, shape) VALUES (?, ?, ?)')
  const id = Number(insert.run(shape.name, shape.version, textOf(shape)).lastInsertRowid)
  file.exec(tablesFor(tableNames(id, shape), shape))
  return id
}

function drop(file: SqliteFile, name: string, version: number): void {
  const row = file.prepare(find).get(name, version)
  if (row === undefined) return
  const { documents, text, indexes } = tableNames(Number(row.id), JSON.parse(String(row.shape)) as ViewShape)
  for (const table of [documents, text, ...indexes.map(({ table }) => table)])
    file.exec(`DROP TABLE IF EXISTS ${table}`)
  file.prepare('DELETE FROM changed_documents WHERE view = ?').run(Number(row.id))
  file.prepare('DELETE FROM views WHERE id = ?').run(Number(row.id))
}

function textOf({ name, version, indexes, exact, text }: ViewShape): string {
  return JSON.stringify({ name, version, indexes, ...(exact && { exact }), text })
}
