import type { Append, StoredEvent } from '@vitrine/core'

/** The events of each listing as a store would give them, in the order in which the listings began. */
export function listingStreams(appends: Iterable<Append>): readonly (readonly StoredEvent[])[] {
  const streams = new Map<string, StoredEvent[]>()
  let position = 0
  for (const { writes } of appends) {
    for (const { stream, events } of writes) {
      const held = streams.get(stream) ?? []
      streams.set(stream, held)
      for (const event of events) {
        position += 1
        held.push({ ...event, stream, version: held.length, position })
      }
    }
  }
  return [...streams].filter(([stream]) => stream.startsWith('listing-')).map(([, events]) => events)
}
