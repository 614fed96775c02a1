import { parsedEvent, type StoredEvent, type StoredText } from '@vitrine/core'
import type { Row, SqliteFile } from './file.js'

/** The columns of an event and the tables they come from, the events first. */
export const eventColumns = `e.id, e.type, e.data, e.metadata, s.name, e.version, e.position
  FROM events e CROSS JOIN streams s ON s.id = e.stream`

type Columns = readonly [string, number, string, string, string, number, number]

/** Makes something of a row of these columns. */
export interface EventReader {
  /** The text of the event as it stands. */
  text(row: Row): StoredText
  event(row: Row): StoredEvent
}

export function eventReader(file: SqliteFile): EventReader {
  const nameOf = typeNames(file)
  const text = (row: Row): StoredText => {
    const [id, type, data, metadata, stream, version, position] = row as Columns
    return { id, type: nameOf(type), data, metadata, stream, version, position }
  }
  return { text, event: (row) => parsedEvent(text(row)) }
}

/** What a type is called never changes once an event of it is there: it is looked up once, and not for every event. */
function typeNames(file: SqliteFile): (id: number) => string {
  const names = new Map<number, string>()
  return (id) => {
    const known = names.get(id) ?? String(file.prepare('SELECT name FROM types WHERE id = ?').get(id)?.name)
    names.set(id, known)
    return known
  }
}
