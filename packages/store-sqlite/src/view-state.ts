import { type Checkpoint, ViewStoreError } from '@vitrine/core'
import type { ViewFile } from './view-file.js'

/** Where a view stands. */
export interface ViewState {
  readonly live: boolean
  /** Documents with ids up to this are in all indexes and in the text. */
  readonly indexed: number
  /** Those behind them, up to this id, are in the first `made` parts: the indexes in their order, then the text. */
  readonly reach: number
  readonly made: number
  /** Another number whenever documents were written. */
  readonly writes: number
  readonly checkpoint: Checkpoint | undefined
}

export function viewState({ file, id, shape }: ViewFile): ViewState {
  const columns = 'live, indexed, reach, made, writes, log, position, event'
  const row = file.prepare(`SELECT ${columns} FROM views WHERE id = ?`).get(id)
  if (row === undefined) {
    const sentence = `View ${shape.name} version ${shape.version} was dropped. Open it again.`
    throw new ViewStoreError('unavailable', sentence)
  }
  const { live, indexed, reach, made, writes, log, position, event } = row
  return {
    live: live === 1,
    indexed: Number(indexed),
    reach: Number(reach),
    made: Number(made),
    writes: Number(writes),
    checkpoint: log === null ? undefined : { logId: String(log), position: Number(position), id: String(event) },
  }
}

/** How many parts hold the document with this id; what is in none of them need not be kept up. */
export function partsHolding(id: number, { indexed, reach, made }: ViewState): number {
  if (id <= indexed) return Number.POSITIVE_INFINITY
  return id <= reach ? made : 0
}
