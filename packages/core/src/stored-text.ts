import type { Metadata, StoredEvent, StoredText } from './event-store.js'
import type { JsonObject } from './json.js'

/** A stored event out of its texts: a fresh one each time, so that nothing handed out is shared. @throws SyntaxError */
export function parsedEvent({ id, type, data, metadata, stream, version, position }: StoredText): StoredEvent {
  return {
    id,
    type,
    data: JSON.parse(data) as JsonObject,
    metadata: JSON.parse(metadata) as Metadata,
    stream,
    version,
    position,
  }
}

/** The texts of an event, as a store that holds texts would hold them. */
export function textOf({ id, type, data, metadata, stream, version, position }: StoredEvent): StoredText {
  return { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata), stream, version, position }
}
