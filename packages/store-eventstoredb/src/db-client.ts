/** A place in the log of the whole server. */
export interface ServerPosition {
  readonly commit: bigint
  readonly prepare: bigint
}

/** An event as the client gives it. */
export interface RecordedEvent {
  readonly streamId: string
  readonly id: string
  readonly type: string
  readonly revision: bigint
  readonly data: unknown
  readonly metadata?: unknown
  readonly position?: ServerPosition
}

/** An event as the client takes it. */
export interface ClientEvent {
  readonly id: string
  readonly type: string
  readonly contentType: 'application/json'
  readonly data: Record<string, unknown>
  readonly metadata: Uint8Array
}

/** Who the client says it is, on one call. */
export interface Credentials {
  readonly username: string
  readonly password: string
}

interface CallOptions {
  readonly credentials?: Credentials
  readonly requiresLeader?: boolean
  /** Milliseconds. */
  readonly deadline?: number
}

interface ReadOptions extends CallOptions {
  readonly direction?: 'forwards' | 'backwards'
  readonly maxCount?: number | bigint
  readonly resolveLinkTos?: boolean
}

/** What the client answers a reading with: a stream of `{ event }`. */
export interface ClientReading {
  on(event: 'data', listener: (resolved: { readonly event?: RecordedEvent }) => void): unknown
  on(event: 'error', listener: (fault: Error) => void): unknown
  on(event: 'end', listener: () => void): unknown
  cancel(): Promise<void>
}

/** What the client answers a subscription with. */
export interface ClientSubscription {
  on(event: 'data', listener: (resolved: { readonly event?: RecordedEvent }) => void): unknown
  on(event: 'error', listener: (fault: Error) => void): unknown
  on(event: 'end' | 'confirmation' | 'caughtUp', listener: () => void): unknown
  unsubscribe(): Promise<void>
}

/**
 * The part of `EventStoreDBClient` of `@eventstore/db-client` that the store uses. A client that is handed in stays the
 * caller's: the store never disposes of it.
 */
export interface DbClient {
  appendToStream(
    streamName: string,
    events: ClientEvent[],
    options: CallOptions & { readonly expectedRevision: bigint | 'no_stream' },
  ): Promise<{ readonly nextExpectedRevision: bigint; readonly position?: ServerPosition }>
  readStream(
    streamName: string,
    options: ReadOptions & { readonly fromRevision: bigint | 'start' | 'end' },
  ): ClientReading
  readAll(options: ReadOptions & { readonly fromPosition: ServerPosition | 'start' | 'end' }): ClientReading
  subscribeToAll(
    options: CallOptions & {
      readonly fromPosition: ServerPosition | 'start' | 'end'
      readonly filter: {
        readonly filterOn: 'streamName'
        readonly checkpointInterval: number
        readonly checkpointReached: (subscription: unknown, position: ServerPosition) => void
        readonly prefixes: string[]
      }
    },
  ): ClientSubscription
  tombstoneStream(streamName: string, options: CallOptions & { readonly expectedRevision: bigint }): Promise<unknown>
  dispose(): Promise<void>
}
