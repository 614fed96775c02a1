import { type Checkpoint, droppedError } from '@vitrine/core'
import type { ViewFile } from './view-file.js'

/** Where a view stands. */
export interface ViewState {
  readonly live: boolean
  /** Documents with ids up to this are in all parts: the indexes in their order, then the text. */
  readonly indexed: number
  /** Those behind them, up to this id, are being brought into them, as they were when that was begun. */
  readonly reach: number
  /** So many parts hold them. */
  readonly made: number
  readonly checkpoint: Checkpoint | undefined
}

export function viewState({ file, id, shape }: ViewFile): ViewState {
  const columns = 'live, indexed, reach, made, log, position, event'
  const row = file.prepare(`SELECT ${columns} FROM views WHERE id = ?`).get(id)
  if (row === undefined) throw droppedError(shape)
  const { live, indexed, reach, made, log, position, event } = row
  return {
    live: live === 1,
    indexed: Number(indexed),
    reach: Number(reach),
    made: Number(made),
    checkpoint: log === null ? undefined : { logId: String(log), position: Number(position), id: String(event) },
  }
}
