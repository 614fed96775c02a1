import { checkedNumber, parsedEvent, type StoredEvent, type StoredText } from '@vitrine/core'
import type { Row } from './database.js'

/** The columns of an event `e`, its stream `s` and its type `t`. */
export const eventColumns = 'e.id, t.name AS type, e.data, e.metadata, s.name AS stream, e.version, e.position'

export function storedEvent(row: Row): StoredEvent {
  return parsedEvent(storedText(row))
}

/** A row of these columns as the text of an event. */
export function storedText(row: Row): StoredText {
  return {
    id: row.id!,
    type: row.type!,
    data: row.data!,
    metadata: row.metadata!,
    stream: row.stream!,
    version: whole(row.version),
    position: whole(row.position),
  }
}

/** A whole number as the server wrote it. @throws StoreError `invalid` when it cannot be held exactly */
export function whole(text: string | null | undefined): number {
  return checkedNumber(Number(text), 'A number')
}
