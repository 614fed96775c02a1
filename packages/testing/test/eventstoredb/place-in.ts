import { END, type Position, type ReadPosition, type ReadRevision, START } from '@eventstore/db-client'
import type { Playing } from './playing.js'
import type { Place } from './recorded-cases.js'

/** Where a case begins to read a stream. */
export function revisionIn(from: string | Place): ReadRevision {
  if (typeof from !== 'string') throw new Error('a position in the log is no revision')
  return from === 'start' ? START : from === 'end' ? END : BigInt(from)
}

/** Where a case begins to read the log. */
export function positionIn(from: string | Place, playing: Playing): ReadPosition {
  if (typeof from !== 'string') return placeIn(from, playing)
  return from === 'end' ? END : START
}

function placeIn(place: Place, { marks }: Playing): Position {
  if ('commit' in place) return { commit: BigInt(place.commit), prepare: BigInt(place.prepare) }
  const marked = marks.get(place.position)
  if (!marked) throw new Error(`nothing was marked ${place.position}`)
  const plus = BigInt(place.plus ?? 0)
  const plusPrepare = BigInt(place.plusPrepare ?? place.plus ?? 0)
  return { commit: marked.commit + plus, prepare: place.prepare0 ? 0n : marked.prepare + plusPrepare }
}
