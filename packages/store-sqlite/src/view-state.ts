import { type Checkpoint, ViewStoreError } from '@vitrine/core'
import type { ViewFile } from './view-file.js'

/** Where a view stands. Documents with ids up to `indexed` are in the indexes and in the text. */
export interface ViewState {
  readonly live: boolean
  readonly indexed: number
  readonly checkpoint: Checkpoint | undefined
}

export function viewState({ file, id, shape }: ViewFile): ViewState {
  const row = file.prepare('SELECT live, indexed, log, position, event FROM views WHERE id = ?').get(id)
  if (row === undefined) {
    const sentence = `View ${shape.name} version ${shape.version} was dropped. Open it again.`
    throw new ViewStoreError('unavailable', sentence)
  }
  const { live, indexed, log, position, event } = row
  const checkpoint = { logId: String(log), position: Number(position), id: String(event) }
  return { live: live === 1, indexed: Number(indexed), checkpoint: log === null ? undefined : checkpoint }
}
