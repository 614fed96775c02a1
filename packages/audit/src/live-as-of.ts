import { type LiveStanding, liveAfter, neverLive, type StoredEvent, type StoredListingEvent } from '@vitrine/core'
import type { Audited, Watching } from './audited.js'
import { deliveryIn } from './parsing.js'
import { spilledMap } from './spilled-map.js'

/** What of a listing was live at an instant. */
export interface LiveAsOf {
  readonly listingId: string
  readonly publisherId: string
  readonly kind: string
  readonly name: string
  readonly headline: string
  readonly revision: number
  readonly visibility: 'public' | 'private'
  readonly path: string
  /** Since when that revision was live in that way. */
  readonly since: string
}

export interface LiveAsOfOptions extends Watching {
  /** Listings held in memory at a time; the others wait in a private file. 20,000 by default. */
  readonly inMemory?: number
}

/** The events by which a listing goes live, changes how it is, or ends being so. */
const types = [
  'Created',
  'Published',
  'Withdrawn',
  'Republished',
  'MadePrivate',
  'MadePublic',
  'Suspended',
  'Reinstated',
  'Deleted',
]

/** Events looked at for one page. */
const pageSize = 4_000

/**
 * The whole catalogue as it was at an instant (UTC, with milliseconds), from the log alone, in the order of the listings' ids.
 * The memory that it takes does not grow with the log.
 * @throws VitrineError `newer-than-this-code` · RuntimeError `event-not-lifted`, `content-not-lifted` · StoreError
 */
export async function* liveAsOf(
  audited: Audited,
  instant: string,
  { onProgress, signal, inMemory }: LiveAsOfOptions = {},
): AsyncGenerator<LiveAsOf> {
  const kept = spilledMap<Kept>(inMemory)
  try {
    const deliver = deliveryIn(audited)
    for await (const page of audited.log.readAll({ types, limit: pageSize, ...(signal && { signal }) })) {
      const { events } = page
      const happened = events.filter(({ metadata }) => metadata.occurredAt <= instant)
      for (const { event, foreign, fault } of await deliver(happened)) {
        if (foreign) continue
        if (fault !== undefined) throw fault as Error
        kept.set(event.stream, keptAfter(kept.get(event.stream), event))
      }
      onProgress?.(page.through?.position ?? 0)
    }
    for (const [stream, one] of kept.entries()) {
      if (isShown(one)) yield shown(stream, one)
    }
  } finally {
    kept.close()
  }
}

/** What is remembered of a listing on the way. */
interface Kept extends Pick<LiveAsOf, 'publisherId' | 'kind' | 'name' | 'headline' | 'since'> {
  readonly live: LiveStanding
}

const nothing: Kept = { publisherId: '', kind: '', name: '', headline: '', since: '', live: neverLive }

function keptAfter(kept: Kept = nothing, event: StoredEvent): Kept {
  const { data } = event
  if (event.type === 'Created') return { ...kept, publisherId: text(data.publisherId), kind: text(data.kind) }
  const live = liveAfter(kept.live, event as object as StoredListingEvent)
  const since = event.metadata.occurredAt
  if (event.type !== 'Published' && event.type !== 'Republished') return { ...kept, live, since }
  const { name, headline } = data.content as { readonly name?: unknown; readonly headline?: unknown }
  return { ...kept, live, since, name: text(name), headline: text(headline) }
}

function isShown({ live }: Kept): boolean {
  return live.status === 'public' || live.status === 'private'
}

function shown(stream: string, { live, ...kept }: Kept): LiveAsOf {
  const { revision, visibility, path } = live
  const { publisherId, kind, name, headline, since } = kept
  const listingId = stream.slice('listing-'.length)
  return { listingId, publisherId, kind, name, headline, revision, visibility, path, since }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
