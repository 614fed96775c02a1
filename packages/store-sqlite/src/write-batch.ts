import { type Checkpoint, type JsonObject, type ViewBatch, ViewStoreError } from '@vitrine/core'
import { maintainer } from './maintain.js'
import type { ViewFile } from './view-file.js'
import { viewState } from './view-state.js'

/** Inside a transaction: the checkpoint is compared before anything is written. */
export function writeBatch(view: ViewFile, batch: ViewBatch): void {
  const { file, names, shape } = view
  const { checkpoint, indexed } = viewState(view)
  if (!isSame(checkpoint, batch.from)) throw movedError(shape.name, checkpoint, batch.from)
  const held = file.prepare(`SELECT id, document, words FROM ${names.documents} WHERE key = ?`)
  const insert = file.prepare(`INSERT INTO ${names.documents} (key, document, words) VALUES (?, ?, ?)`)
  const update = file.prepare(`UPDATE ${names.documents} SET document = ?, words = ? WHERE id = ?`)
  const remove = file.prepare(`DELETE FROM ${names.documents} WHERE id = ?`)
  const maintain = maintainer(view)

  for (const key of batch.remove) {
    const row = held.get(key)
    if (row === undefined) continue
    const id = Number(row.id)
    remove.run(id)
    if (id <= indexed) maintain(id, key, asDocument(row), undefined)
  }
  for (const { key, document, words = '' } of batch.put) {
    const text = JSON.stringify(document)
    const row = held.get(key)
    if (row?.document === text && row.words === words) continue
    const id = row === undefined ? Number(insert.run(key, text, words).lastInsertRowid) : Number(row.id)
    if (row !== undefined) update.run(text, words, id)
    if (id <= indexed) maintain(id, key, asDocument(row), { document: JSON.parse(text) as JsonObject, words })
  }
  moveTo(view, batch.to)
}

function moveTo({ file, id }: ViewFile, { logId, position, id: event }: Checkpoint): void {
  file.prepare('UPDATE views SET log = ?, position = ?, event = ? WHERE id = ?').run(logId, position, event, id)
}

function asDocument(row: Record<string, unknown> | undefined): { document: JsonObject; words: string } | undefined {
  return row && { document: JSON.parse(String(row.document)) as JsonObject, words: String(row.words) }
}

function isSame(a: Checkpoint | undefined, b: Checkpoint | undefined): boolean {
  return a?.logId === b?.logId && a?.position === b?.position && a?.id === b?.id
}

function movedError(view: string, found: Checkpoint | undefined, from: Checkpoint | undefined): ViewStoreError {
  return new ViewStoreError(
    'checkpoint-moved',
    `View ${view} stands at ${found?.position ?? 'the beginning'}, not at ${from?.position ?? 'the beginning'}: another runner wrote first.`,
    { expected: from?.position ?? 'none', actual: found?.position ?? 'none' },
  )
}
