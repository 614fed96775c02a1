import type { JsonObject } from '@vitrine/core'
import type { Ask } from './database.js'
import { maintain } from './maintain.js'
import { runAll } from './statement.js'
import type { StoredView } from './stored-view.js'
import { viewState } from './view-state.js'

/** Documents of a share, so that who writes to the view, and what else this process does, get their turn. */
const share = 500

/**
 * Makes indexes and text after the first fill, for the next documents by key: each call is a share of the work, in a
 * transaction; true once the view is live. A later one, also of another process, goes on from there.
 */
export async function finishSome(view: StoredView, ask: Ask): Promise<boolean> {
  const { names, views, id } = view
  const { live, indexed } = await viewState(view, ask, 'FOR UPDATE')
  if (live) return true
  const next = `SELECT key, document, words FROM ${names.documents} WHERE key > $1 ORDER BY key LIMIT ${share}`
  const rows = await ask(next, [indexed])
  const changes = rows.map(({ key, document, words }) => {
    return { key: key!, before: undefined, after: { document: JSON.parse(document!) as JsonObject, words: words! } }
  })
  await runAll(ask, maintain(view, changes))
  const isOver = rows.length < share
  const note = `UPDATE ${views} SET live = $2, indexed = $3 WHERE id = $1`
  await ask(note, [id, isOver, rows.at(-1)?.key ?? indexed])
  return isOver
}

/** Tells the planner what it needs to know to walk indexes. Who is not the owner leaves that to the server. */
export async function measure({ names, shape, database }: StoredView): Promise<void> {
  const tables = [names.documents, ...names.indexes.map(({ table }) => table), ...(shape.text ? [names.text] : [])]
  await database.ask(`ANALYZE ${tables.join(', ')}`)
}
