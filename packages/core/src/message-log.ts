import type { EventStore } from './event-store.js'

/**
 * The storage port of messages: an event store that alone may forget, since what was told long ago needs to be kept no
 * longer. Every adapter passes `messageLogContract` of `@vitrine/testing` beside the contract of event stores.
 */
export interface MessageLog extends EventStore {
  /**
   * Forgets whole streams, each only while it stands at this version; the others are passed over. What was forgotten is
   * gone for good: its events are read nowhere, no position of it is given again, and neither a first event nor one behind
   * the version that it had is taken any more. Gives the names of those that are gone, now or since an earlier time.
   */
  forget(streams: readonly StreamAtVersion[]): Promise<readonly string[]>
}

/** A stream, and the version at which it was read. */
export interface StreamAtVersion {
  readonly stream: string
  readonly version: number
}
