import { type Checkpoint, type JsonObject, type ViewShape, ViewStoreError } from '@vitrine/core'
import type { ViewIndex } from './index-of-view.js'
import type { ViewText } from './text-of-view.js'

/** What answers questions. The first index is over no fields: all keys in order. */
export interface Live {
  readonly indexes: readonly ViewIndex[]
  readonly words: ViewText
}

/** The data of a view: documents as text, parsed anew each time they are read. */
export interface TableData {
  readonly shape: ViewShape
  readonly documents: Map<string, { readonly text: string; readonly words: string }>
  checkpoint: Checkpoint | undefined
  /** Absent until the first fill is finished. */
  live: Live | undefined
}

export function documentAt(data: TableData, key: string): JsonObject | undefined {
  const held = data.documents.get(key)
  return held && (JSON.parse(held.text) as JsonObject)
}

export function liveOf({ live, shape }: TableData): Live {
  if (live) return live
  throw new ViewStoreError('unavailable', `View ${shape.name} is still being filled. Ask when it is finished.`)
}
