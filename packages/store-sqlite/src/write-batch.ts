import { type Checkpoint, checkpointMovedError, type ViewBatch } from '@vitrine/core'
import { asKept, type DocumentRow, documentRow, keepBefore } from './changed-documents.js'
import { maintainer } from './maintain.js'
import type { ViewFile } from './view-file.js'
import { type ViewState, viewState } from './view-state.js'

/** Inside a transaction: the checkpoint is compared before anything is written. */
export function writeBatch(view: ViewFile, batch: ViewBatch): void {
  const state = viewState(view)
  if (!isSame(state.checkpoint, batch.from)) throw checkpointMovedError(view.shape.name, state.checkpoint, batch.from)
  if (state.reach === 0) fill(view, batch)
  else change(view, batch, state)
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

/** What is in all parts is brought up to date there; what is being brought into them stays as it was until it is there. */
function change(view: ViewFile, batch: ViewBatch, { indexed, reach }: ViewState): void {
  const { file, names } = view
  const held = file.prepare(`SELECT id, key, document, words FROM ${names.documents} WHERE key = ?`)
  // An id that the first indexes are made of is not given again before they are made, also when its document is gone.
  const last = `max(?, ifnull((SELECT max(id) FROM ${names.documents}), 0))`
  const insert = file.prepare(`INSERT INTO ${names.documents} (id, key, document, words) VALUES (${last} + 1, ?, ?, ?)`)
  const taken = indexed === 0 ? reach : 0
  const update = file.prepare(`UPDATE ${names.documents} SET document = ?, words = ? WHERE id = ?`)
  const forget = file.prepare(`DELETE FROM ${names.documents} WHERE id = ?`)
  const maintain = maintainer(view)
  const follow = (key: string, id: number, before: DocumentRow | undefined, after: DocumentRow | undefined) => {
    if (id <= indexed) maintain(id, key, before && asKept(before), after && asKept(after))
    else if (id <= reach && before) keepBefore(view, before)
  }

  for (const key of batch.remove) {
    const row = held.get(key)
    if (row === undefined) continue
    const before = documentRow(row)
    forget.run(before.id)
    follow(key, before.id, before, undefined)
  }
  for (const { key, document, words = '' } of batch.put) {
    const text = JSON.stringify(document)
    const row = held.get(key)
    const before = row && documentRow(row)
    if (before?.document === text && before.words === words) continue
    const id = before?.id ?? Number(insert.run(taken, key, text, words).lastInsertRowid)
    if (before) update.run(text, words, id)
    follow(key, id, before, { id, key, document: text, words })
  }
}

function moveTo({ file, id }: ViewFile, { logId, position, id: event }: Checkpoint): void {
  file.prepare('UPDATE views SET log = ?, position = ?, event = ? WHERE id = ?').run(logId, position, event, id)
}

function isSame(a: Checkpoint | undefined, b: Checkpoint | undefined): boolean {
  return a?.logId === b?.logId && a?.position === b?.position && a?.id === b?.id
}
