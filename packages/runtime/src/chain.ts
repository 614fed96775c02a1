import type { StoredEvent } from '@vitrine/core'
import canonicalize from 'canonicalize'
import { sha256 } from './command-hash.js'

/**
 * What ties an event to all before it in its stream: lower-case hex SHA-256 over the chain of the event before it (nothing,
 * where that has none) and the canonical JSON (RFC 8785) of stream, version, id, type, data and metadata without the chain.
 * The position is no part of it: a log may move to another store.
 */
export function chainOf(before: string | undefined, event: Omit<StoredEvent, 'position'>): string {
  const { stream, version, id, type, data } = event
  const { chain: _, ...metadata } = event.metadata
  return sha256(`${before ?? ''}${canonicalize({ stream, version, id, type, data, metadata })}`)
}

/** The events of one stream as links of its chain, after the chain of the event before them. */
export function chained(before: string | undefined, events: readonly StoredEvent[]): readonly StoredEvent[] {
  let last = before
  return events.map((event) => {
    last = chainOf(last, event)
    return { ...event, metadata: { ...event.metadata, chain: last } }
  })
}
