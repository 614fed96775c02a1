import { checkpointMovedError, type JsonObject, type ViewBatch } from '@vitrine/core'
import type { Ask } from './database.js'
import { type Change, maintain } from './maintain.js'
import { runAll, type Step } from './statement.js'
import type { StoredView } from './stored-view.js'
import { isIndexed, stateColumns, stateOf, type ViewState, viewState } from './view-state.js'

/** A document as it is written. */
interface Put {
  readonly key: string
  readonly text: string
  readonly words: string
}

/** Inside a transaction: the checkpoint is compared and set before anything is written, and until it ends nobody else writes. */
export async function writeBatch(view: StoredView, batch: ViewBatch, ask: Ask): Promise<void> {
  const puts = batch.put.map(({ key, document, words = '' }) => {
    return { key, text: JSON.stringify(document), words: words.toWellFormed().replaceAll('\0', '\u0001') }
  })
  const state = await moveCheckpoint(view, batch, ask)
  if (!state.live && state.indexed === '') await runAll(ask, written(view, puts, batch.remove))
  else await change(view, puts, batch.remove, state, ask)
}

async function moveCheckpoint(view: StoredView, { from, to }: ViewBatch, ask: Ask): Promise<ViewState> {
  const [moved] = await ask(
    `UPDATE ${view.views} SET log = $2, position = $3, event = $4
     WHERE id = $1 AND (log, position, event) IS NOT DISTINCT FROM ($5::text, $6::bigint, $7::text)
     RETURNING ${stateColumns}`,
    [view.id, to.logId, to.position, to.id, from?.logId ?? null, from?.position ?? null, from?.id ?? null],
  )
  if (moved) return stateOf(moved)
  throw checkpointMovedError(view.shape.name, (await viewState(view, ask)).checkpoint, from)
}

/** Documents alone: while no index holds anything, nobody needs to know how they were. */
function written({ names }: StoredView, puts: readonly Put[], remove: readonly string[]): readonly Step[] {
  const put = `INSERT INTO ${names.documents} SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) u (key, document, words)
    ORDER BY key ON CONFLICT (key) DO UPDATE SET document = excluded.document, words = excluded.words`
  const values = [puts.map(({ key }) => key), puts.map(({ text }) => text), puts.map(({ words }) => words)]
  return [
    ...(remove.length > 0 ? [{ sql: `DELETE FROM ${names.documents} WHERE key = ANY ($1)`, values: [remove] }] : []),
    ...(puts.length > 0 ? [{ sql: put, values }] : []),
  ]
}

async function change(
  view: StoredView,
  puts: readonly Put[],
  remove: readonly string[],
  state: ViewState,
  ask: Ask,
): Promise<void> {
  const keys = [...remove, ...puts.map(({ key }) => key)]
  const rows = await ask(`SELECT key, document, words FROM ${view.names.documents} WHERE key = ANY ($1)`, [keys])
  const held = new Map(rows.map(({ key, document, words }) => [key!, { key: key!, text: document!, words: words! }]))
  const gone = remove.filter((key) => held.has(key))
  const moved = puts.filter(({ key, text, words }) => held.get(key)?.text !== text || held.get(key)?.words !== words)
  const changes = [
    ...gone.map((key) => changeOf(held.get(key), undefined)),
    ...moved.map((put) => changeOf(held.get(put.key), put)),
  ].filter(({ key }) => isIndexed(key, state))
  await runAll(ask, [...written(view, moved, gone), ...maintain(view, changes)])
}

function changeOf(before: Put | undefined, after: Put | undefined): Change {
  return { key: (after ?? before)!.key, before: asKept(before), after: asKept(after) }
}

function asKept(put: Put | undefined): Change['before'] {
  return put && { document: JSON.parse(put.text) as JsonObject, words: put.words }
}
