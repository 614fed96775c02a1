import { type ViewShape, type ViewStore, ViewStoreError } from '@vitrine/core'
import type { Ask, Database } from './database.js'
import { translatedForViews } from './faults.js'
import { tableNames, tablesFor } from './stored-view.js'
import { viewTable } from './view-table.js'

/** @param kind what its tables' names begin with: `views` can be made again from the log, `progress` cannot */
export function postgresViewStore(database: Database, kind: 'views' | 'progress'): ViewStore {
  const views = `${database.schema}.${kind}`
  let closed = false
  const run = <Answer>(work: () => Promise<Answer>) =>
    translatedForViews(database.where, async () => {
      if (closed) throw new ViewStoreError('closed', 'The view store is closed. Open it again to go on.')
      return work()
    })
  return {
    open: async (shape) => {
      const id = await run(
        async () =>
          (await knownId(database.ask, views, shape)) ??
          database.transaction(async (ask) => {
            await ask(`LOCK TABLE ${views} IN SHARE ROW EXCLUSIVE MODE`)
            return (await knownId(ask, views, shape)) ?? made(ask, views, shape)
          }),
      )
      const names = tableNames(views, id, shape)
      return viewTable({ database, views, shape, id, names, durable: kind === 'progress' }, run)
    },
    list: () =>
      run(async () => {
        const rows = await database.ask(`SELECT name, version, live FROM ${views} ORDER BY name, version`)
        return rows.map(({ name, version, live }) => {
          return { name: name!, version: Number(version), live: live === 't' }
        })
      }),
    drop: (name, version) => run(() => database.transaction((ask) => drop(ask, views, name, version))),
    close: async () => {
      closed = true
    },
  }
}

async function knownId(ask: Ask, views: string, shape: ViewShape): Promise<number | undefined> {
  const [row] = await ask(`SELECT id, shape FROM ${views} WHERE name = $1 AND version = $2`, [
    shape.name,
    shape.version,
  ])
  if (row === undefined) return undefined
  if (row.shape === textOf(shape)) return Number(row.id)
  throw new ViewStoreError(
    'invalid',
    `View ${shape.name} version ${shape.version} was made with other indexes. Count its version up.`,
  )
}

async function made(ask: Ask, views: string, shape: ViewShape): Promise<number> {
  const insert = `INSERT INTO ${views} (name, version, shape) VALUES ($1, $2, $3) RETURNING id`
  const [row] = await ask(insert, [shape.name, shape.version, textOf(shape)])
  const id = Number(row?.id)
  await ask(tablesFor(tableNames(views, id, shape), shape))
  return id
}

async function drop(ask: Ask, views: string, name: string, version: number): Promise<void> {
  const sql = `DELETE FROM ${views} WHERE name = $1 AND version = $2 RETURNING id, shape`
  const [row] = await ask(sql, [name, version])
  if (row === undefined) return
  const { documents, text, indexes } = tableNames(views, Number(row.id), JSON.parse(row.shape!) as ViewShape)
  await ask(`DROP TABLE IF EXISTS ${[documents, text, ...indexes.map(({ table }) => table)].join(', ')}`)
}

function textOf({ name, version, indexes, exact, text }: ViewShape): string {
  return JSON.stringify({ name, version, indexes, ...(exact && { exact }), text })
}
