import type { Folded } from './folded.js'
import { nextVersion } from './folded.js'

/** The streams that were used last, folded. */
export interface StateCache {
  get(stream: string): Folded | undefined
  /** Keeps what is newer; a late reader never puts an older state back. */
  keep(folded: Folded): void
}

/** Holds at most `limit` streams; the one that was unused for longest goes first. */
export function stateCache(limit: number): StateCache {
  const streams = new Map<string, Folded>()
  return {
    get(stream) {
      const folded = streams.get(stream)
      if (folded) {
        streams.delete(stream)
        streams.set(stream, folded)
      }
      return folded
    },
    keep(folded) {
      const held = streams.get(folded.stream)
      if (held && nextVersion(held.version) > nextVersion(folded.version)) return
      streams.delete(folded.stream)
      streams.set(folded.stream, folded)
      if (streams.size > limit) dropOldest(streams)
    },
  }
}

function dropOldest(streams: Map<string, Folded>): void {
  for (const stream of streams.keys()) {
    streams.delete(stream)
    return
  }
}
