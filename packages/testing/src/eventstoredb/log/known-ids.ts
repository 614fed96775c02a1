import type { LoggedEvent } from './logged-event.js'

/** The ids that a server remembers for appends without a revision: a bounded number, in memory alone. */
export interface KnownIds {
  /** The revision at which a stream holds an id; of an id in several streams only the first is known. */
  revisionOf(stream: string, id: string): number | undefined
  remember(events: readonly LoggedEvent[]): void
}

/** Forgets the oldest id as soon as it knows more than `most`. */
export function knownIds(most: number): KnownIds {
  const places = new Map<string, { stream: string; revision: number }>()
  return {
    revisionOf(stream, id) {
      const place = places.get(id)
      return place?.stream === stream ? place.revision : undefined
    },
    remember(events) {
      for (const { id, stream, revision } of events) if (!places.has(id)) places.set(id, { stream, revision })
      for (const id of places.keys()) {
        if (places.size <= most) return
        places.delete(id)
      }
    },
  }
}
