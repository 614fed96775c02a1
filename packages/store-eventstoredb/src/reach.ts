import type { Checkpoint } from '@vitrine/core'
import type { ServerPosition } from './db-client.js'

/** An event of the log, by its place. */
export type LogPlace = Pick<Checkpoint, 'position' | 'id'>

/** What this process knows of the end of the log. It only grows. */
export interface Reach {
  /** The last event of the log that was met. */
  last(): LogPlace | undefined
  /** No event of the log lies behind the last one up to here, whatever others have written. */
  quiet(): ServerPosition
  /** The highest position that was met, of whomever. */
  highest(): bigint
  /** An event of the log was met. */
  met(place: LogPlace): void
  /** The log was looked at up to here, and this is the last event of it that was found; `undefined`: none behind what was known. */
  lookedUpTo(end: ServerPosition, last?: LogPlace): void
  /** The id at a position, where it was met lately. */
  idAt(position: number): string | undefined
}

/** Places that are remembered, so that a checkpoint that was just given is not held against the server again. */
const most = 1_000

export function reachFrom(begin: ServerPosition, end: ServerPosition): Reach {
  const met = new Map<number, string>()
  let last: LogPlace | undefined
  let quiet = begin
  let highest = end.commit

  const meet = (place: LogPlace) => {
    met.delete(place.position)
    met.set(place.position, place.id)
    if (met.size > most) met.delete(met.keys().next().value!)
    if (place.position > (last?.position ?? 0)) last = place
    const commit = BigInt(place.position)
    if (commit > highest) highest = commit
    if (commit > quiet.commit) quiet = { commit, prepare: commit }
  }

  return {
    last: () => last,
    quiet: () => quiet,
    highest: () => highest,
    met: meet,
    lookedUpTo(end, found) {
      if (found) meet(found)
      if (end.commit > quiet.commit) quiet = end
      if (end.commit > highest) highest = end.commit
    },
    idAt: (position) => met.get(position),
  }
}
