import { parsedEvent, type StoredEvent, type StoredText } from '@vitrine/core'

/** The columns of an event and the tables they come from, the events first. */
export const eventColumns = `e.id, t.name AS type, e.data, e.metadata, s.name AS stream, e.version, e.position
  FROM events e CROSS JOIN streams s ON s.id = e.stream CROSS JOIN types t ON t.id = e.type`

/** A row of these columns is the text of an event as it stands. */
export function storedText(row: Record<string, unknown>): StoredText {
  return row as object as StoredText
}

export function storedEvent(row: Record<string, unknown>): StoredEvent {
  return parsedEvent(storedText(row))
}
