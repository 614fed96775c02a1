import { type Checkpoint, checkpointMovedError, type JsonObject, type ViewBatch } from '@vitrine/core'
import { maintainer } from './maintain.js'
import type { ViewFile } from './view-file.js'
import { partsHolding, viewState } from './view-state.js'

/** Inside a transaction: the checkpoint is compared before anything is written. */
export function writeBatch(view: ViewFile, batch: ViewBatch): void {
  const state = viewState(view)
  if (!isSame(state.checkpoint, batch.from)) throw checkpointMovedError(view.shape.name, state.checkpoint, batch.from)
  if (state.reach === 0) fill(view, batch)
  else change(view, batch, (id) => partsHolding(id, state))
  moveTo(view, batch.to)
}

/** While no index holds anything, nobody needs to know how a document was. */
function fill({ file, names }: ViewFile, { put, remove }: ViewBatch): void {
  const forget = file.prepare(`DELETE FROM ${names.documents} WHERE key = ?`)
  const keep = file.prepare(`INSERT INTO ${names.documents} (key, document, words) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET document = excluded.document, words = excluded.words`)
  for (const key of remove) forget.run(key)
  for (const { key, document, words = '' } of put) keep.run(key, JSON.stringify(document), words)
}

/** @param partsWith how many parts hold the document with an id */
function change(view: ViewFile, batch: ViewBatch, partsWith: (id: number) => number): void {
  const { file, names } = view
  const held = file.prepare(`SELECT id, document, words FROM ${names.documents} WHERE key = ?`)
  const insert = file.prepare(`INSERT INTO ${names.documents} (key, document, words) VALUES (?, ?, ?)`)
  const update = file.prepare(`UPDATE ${names.documents} SET document = ?, words = ? WHERE id = ?`)
  const forget = file.prepare(`DELETE FROM ${names.documents} WHERE id = ?`)
  const maintain = maintainer(view)

  for (const key of batch.remove) {
    const row = held.get(key)
    if (row === undefined) continue
    const id = Number(row.id)
    forget.run(id)
    if (partsWith(id) > 0) maintain(id, key, asDocument(row), undefined, partsWith(id))
  }
  for (const { key, document, words = '' } of batch.put) {
    const text = JSON.stringify(document)
    const row = held.get(key)
    if (row?.document === text && row.words === words) continue
    const id = row === undefined ? Number(insert.run(key, text, words).lastInsertRowid) : Number(row.id)
    if (row !== undefined) update.run(text, words, id)
    if (partsWith(id) === 0) continue
    maintain(id, key, asDocument(row), { document: JSON.parse(text) as JsonObject, words }, partsWith(id))
  }
}

function moveTo({ file, id }: ViewFile, { logId, position, id: event }: Checkpoint): void {
  const sql = 'UPDATE views SET log = ?, position = ?, event = ?, writes = writes + 1 WHERE id = ?'
  file.prepare(sql).run(logId, position, event, id)
}

function asDocument(row: Record<string, unknown> | undefined): { document: JsonObject; words: string } | undefined {
  return row && { document: JSON.parse(String(row.document)) as JsonObject, words: String(row.words) }
}

function isSame(a: Checkpoint | undefined, b: Checkpoint | undefined): boolean {
  return a?.logId === b?.logId && a?.position === b?.position && a?.id === b?.id
}
