import type { EventLog } from './event-log.js'
import { describedBy, tombstoneRevision } from './logged-event.js'

/** The log as a node knows it that has yet to receive the newest events. */
export function laggingLog(log: EventLog, missing: number): EventLog {
  const events = log.events.slice(0, Math.max(0, log.events.length - missing))
  const end = events.at(-1)?.position ?? 0n
  const isTombstoned = (name: string): boolean =>
    events.some(({ stream, revision }) => revision === tombstoneRevision && [name, describedBy(name)].includes(stream))
  return {
    ...log,
    events,
    isTombstoned,
    streamOf: (name) => log.streamOf(name).filter(({ position }) => position <= end),
    last: () => end,
    begins: (position) => position <= end && log.begins(position),
  }
}
