import type { JsonObject, Metadata, StoredEvent } from '@vitrine/core'

/** The columns of an event and the tables they come from, the events first. */
export const eventColumns = `e.id, t.name AS type, e.data, e.metadata, s.name AS stream, e.version, e.position
  FROM events e CROSS JOIN streams s ON s.id = e.stream CROSS JOIN types t ON t.id = e.type`

export function storedEvent(row: Record<string, unknown>): StoredEvent {
  return {
    id: row.id as string,
    type: row.type as string,
    data: JSON.parse(row.data as string) as JsonObject,
    metadata: JSON.parse(row.metadata as string) as Metadata,
    stream: row.stream as string,
    version: row.version as number,
    position: row.position as number,
  }
}
