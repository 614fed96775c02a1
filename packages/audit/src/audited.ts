import type { EventStore, Rules } from '@vitrine/core'

/** What a report reads: a log, and the rules of the marketplace that wrote it. */
export interface Audited {
  readonly log: EventStore
  readonly rules: Rules
}

/** How a report that reads much is watched, and ended. */
export interface Watching {
  /** Called now and then with the number of events that were read so far. */
  readonly onProgress?: (events: number) => void
  /** Ends the reading with the code `aborted`. */
  readonly signal?: AbortSignal
}
