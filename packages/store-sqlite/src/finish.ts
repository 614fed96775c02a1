import type { JsonObject } from '@vitrine/core'
import { maintainer } from './maintain.js'
import type { ViewFile } from './view-file.js'
import { viewState } from './view-state.js'

/** Milliseconds after which a share of the work ends, so that others get their turn. */
const share = 10

/**
 * Inside a transaction: brings the next documents into indexes and text. True once the view is live. What was done is
 * kept, so that a later call, also of another process, goes on from there.
 */
export function finishSome(view: ViewFile): boolean {
  const { file, names, id } = view
  const { live, indexed } = viewState(view)
  if (live) return true
  const end = performance.now() + share
  const sql = `SELECT id, key, document, words FROM ${names.documents} WHERE id > ? ORDER BY id LIMIT 500`
  const rows = file.prepare(sql).all(indexed)
  const maintain = maintainer(view)
  let done = indexed
  for (const row of rows) {
    if (performance.now() > end) break
    done = Number(row.id)
    maintain(done, String(row.key), undefined, {
      document: JSON.parse(String(row.document)) as JsonObject,
      words: String(row.words),
    })
  }
  const isLive = rows.length === 0
  file
    .prepare('UPDATE views SET indexed = ?, live = ? WHERE id = ?')
    .run(isLive ? Number.MAX_SAFE_INTEGER : done, Number(isLive), id)
  return isLive
}
