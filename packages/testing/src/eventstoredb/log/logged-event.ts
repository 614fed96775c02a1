/** An event as a writer sends it. */
export interface ProposedEvent {
  readonly id: string
  readonly type: string
  readonly isJson: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** An event at its place in the log. `created` is in milliseconds since 1970. */
export interface LoggedEvent extends ProposedEvent {
  readonly stream: string
  readonly revision: number
  readonly position: bigint
  readonly created: number
}

/** The revision of a tombstone: it comes after every other one. */
export const tombstoneRevision = Number.POSITIVE_INFINITY

/** What a writer believes of a stream; a number is the revision of its last event. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint

/** The metadata stream of a stream. */
export function metadataStreamOf(stream: string): string {
  return `$$${stream}`
}

/** The stream that a metadata stream describes; nothing for any other stream. */
export function describedBy(stream: string): string | undefined {
  return stream.startsWith('$$') ? stream.slice(2) : undefined
}
