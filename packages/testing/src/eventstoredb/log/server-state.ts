import type { EventLog } from './event-log.js'
import type { KnownIds } from './known-ids.js'

/** What a server knows: its log, the ids that it remembers, and the time in milliseconds since 1970. */
export interface ServerState {
  readonly log: EventLog
  readonly known: KnownIds
  now(): number
}
