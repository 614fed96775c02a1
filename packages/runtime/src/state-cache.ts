import type { Folded } from './folded.js'
import { nextVersion } from './folded.js'

/** The streams that were used last, folded. */
export interface StateCache {
  get(stream: string): Folded | undefined
  /** Keeps what is newer; a late reader never puts an older state back. */
  keep(folded: Folded): void
}

/** A stream between the one that was used before it and the one that was used after it. */
interface Place {
  folded: Folded
  older: Place | undefined
  newer: Place | undefined
}

/** Holds at most `limit` streams; the one that was unused for longest goes first. */
export function stateCache(limit: number): StateCache {
  const places = new Map<string, Place>()
  let oldest: Place | undefined
  let newest: Place | undefined

  const leave = ({ older, newer }: Place) => {
    if (older) older.newer = newer
    else oldest = newer
    if (newer) newer.older = older
    else newest = older
  }

  const comeLast = (place: Place) => {
    place.older = newest
    place.newer = undefined
    if (newest) newest.newer = place
    else oldest = place
    newest = place
  }

  const use = (place: Place) => {
    if (place === newest) return
    leave(place)
    comeLast(place)
  }

  const add = (folded: Folded) => {
    const place: Place = { folded, older: undefined, newer: undefined }
    places.set(folded.stream, place)
    comeLast(place)
    if (places.size <= limit || !oldest) return
    places.delete(oldest.folded.stream)
    leave(oldest)
  }

  return {
    get(stream) {
      const place = places.get(stream)
      if (place) use(place)
      return place?.folded
    },
    keep(folded) {
      const place = places.get(folded.stream)
      if (!place) return add(folded)
      if (nextVersion(place.folded.version) > nextVersion(folded.version)) return
      place.folded = folded
      use(place)
    },
  }
}
