import { parsedEvent, type StoredEvent, type StoredText } from '@vitrine/core'
import type { Row } from './file.js'

/** The columns of an event and the tables they come from, the events first. */
export const eventColumns = `e.id, t.name AS type, e.data, e.metadata, s.name AS stream, e.version, e.position
  FROM events e CROSS JOIN streams s ON s.id = e.stream CROSS JOIN types t ON t.id = e.type`

/** A row of these columns as the text of an event. */
export function storedText(row: Row): StoredText {
  const [id, type, data, metadata, stream, version, position] = row as Columns
  return { id, type, data, metadata, stream, version, position }
}

type Columns = readonly [string, string, string, string, string, number, number]

export function storedEvent(row: Row): StoredEvent {
  return parsedEvent(storedText(row))
}
