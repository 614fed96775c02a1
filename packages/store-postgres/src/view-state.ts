import { type Checkpoint, droppedError } from '@vitrine/core'
import type { Ask, Row } from './database.js'
import { whole } from './stored-event.js'
import type { StoredView } from './stored-view.js'

/** Where a view stands. */
export interface ViewState {
  readonly live: boolean
  /** Documents with keys up to this are in all indexes and in the text. Once it is live, all are. */
  readonly indexed: string
  readonly checkpoint: Checkpoint | undefined
}

/** @param how what is said behind the question: `FOR UPDATE` keeps all others from writing until the transaction ends */
export async function viewState({ views, id, shape }: StoredView, ask: Ask, how = ''): Promise<ViewState> {
  const [row] = await ask(`SELECT ${stateColumns} FROM ${views} WHERE id = $1 ${how}`, [id])
  if (row) return stateOf(row)
  throw droppedError(shape)
}

export const stateColumns = 'live, indexed, log, position, event'

export function stateOf({ live, indexed, log, position, event }: Row): ViewState {
  return {
    live: live === 't',
    indexed: indexed!,
    checkpoint: log === null ? undefined : { logId: log!, position: whole(position), id: event! },
  }
}

/** Whether the document of this key is kept in indexes and text, or comes into them later. */
export function isIndexed(key: string, { live, indexed }: ViewState): boolean {
  return live || Buffer.compare(Buffer.from(key), Buffer.from(indexed)) <= 0
}
