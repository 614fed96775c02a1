import type { JsonObject, Metadata, StoredEvent, StoredText } from '@vitrine/core'
import canonicalize from 'canonicalize'
import { sha256 } from './command-hash.js'

/**
 * What ties an event to all before it in its stream: lower-case hex SHA-256 over the chain of the event before it (nothing,
 * where that has none) and the canonical JSON (RFC 8785) of stream, version, id, type, data and metadata without the chain.
 * The position is no part of it: a log may move to another store.
 */
export function chainOf(before: string | undefined, event: Omit<StoredEvent, 'position'>): string {
  return linkOf(before, canonicalText(event))
}

/** The events of one stream as links of its chain, after the chain of the event before them. */
export function chained<Event extends Omit<StoredEvent, 'position'>>(
  before: string | undefined,
  events: readonly Event[],
): readonly Event[] {
  let last = before
  return events.map((event) => {
    const text = canonicalText(event)
    last = linkOf(last, text)
    return inCanonicalOrder(event, text, last)
  })
}

/**
 * Whether an event is the one that its hash was made of. The texts of an event that was written by {@link chained} are
 * canonical already: they are hashed as they stand, and only where that gives another hash is the event made canonical.
 */
export function isTied(before: string | undefined, event: StoredEvent, texts: StoredText): boolean {
  const { chain } = event.metadata
  if (chain === undefined) return false
  return chain === linkOf(before, asItStands(texts, chain)) || chain === chainOf(before, event)
}

function linkOf(before: string | undefined, text: string): string {
  return sha256(`${before ?? ''}${text}`)
}

function canonicalText({ stream, version, id, type, data, metadata }: Omit<StoredEvent, 'position'>): string {
  const { chain: _, ...rest } = metadata
  return canonicalize({ stream, version, id, type, data, metadata: rest })!
}

/** So that a store that keeps what it is given keeps canonical texts. */
function inCanonicalOrder<Event extends Omit<StoredEvent, 'position'>>(
  event: Event,
  text: string,
  chain: string,
): Event {
  const { data, metadata } = JSON.parse(text) as { readonly data: JsonObject; readonly metadata: Metadata }
  const { actor, basis, causationId, ...rest } = metadata
  // Its name stands between these: the rest follows in the order of the text.
  return { ...event, data, metadata: { actor, basis, causationId, chain, ...rest } }
}

/** The canonical text of an event, if its texts are canonical. */
function asItStands({ data, id, metadata, stream, type, version }: StoredText, chain: string): string {
  const rest = metadata.replace(`"chain":"${chain}",`, '')
  const [names, place] = [`"id":${JSON.stringify(id)}`, `"stream":${JSON.stringify(stream)}`]
  return `{"data":${data},${names},"metadata":${rest},${place},"type":${JSON.stringify(type)},"version":${version}}`
}
