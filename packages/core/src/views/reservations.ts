import type { EventNamed } from '../known-events.js'
import { defineView } from './define-view.js'

/** A slug that a listing holds, or has reserved. */
export interface RegisteredSlug {
  readonly slug: string
  readonly listingId: string
  /** The instant after which a reservation is looked into; `null` when the slug is held. */
  readonly dueBy: string | null
  /** The version of the slug's stream at which it was reserved. */
  readonly reservedAt: number
}

type RegistryEvent = EventNamed<'SlugReserved' | 'SlugTaken' | 'SlugFreed'>

/** Milliseconds that a claim has to follow its reservation. */
const patience = 60_000

const slugOf = ({ stream }: { readonly stream: string }) => stream.slice('vanity-'.length)
const ofSlug = (event: { readonly stream: string }) => [slugOf(event)]

/**
 * Which slugs a listing holds or has reserved. It is folded where a store writes one stream at a time, for those who bring
 * the registry up to what listings say.
 */
export const reservations = defineView({
  name: 'reservations',
  version: 1,
  empty: { slug: '', listingId: '', dueBy: null, reservedAt: 0 } as RegisteredSlug,
  on: { SlugReserved: ofSlug, SlugTaken: ofSlug, SlugFreed: ofSlug },
  apply(_document, event: RegistryEvent) {
    if (event.type === 'SlugFreed') return undefined
    const { listingId } = event.data
    const isHeld = event.type === 'SlugTaken'
    return { slug: slugOf(event), listingId, dueBy: isHeld ? null : dueBy(event), reservedAt: event.version }
  },
  indexes: [['dueBy'], ['listingId']],
})

function dueBy({ metadata }: RegistryEvent): string {
  return new Date(Date.parse(metadata.occurredAt) + patience).toISOString()
}
