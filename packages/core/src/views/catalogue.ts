import type { JsonObject } from '../json.js'
import type { StoredListingEvent } from '../listing/events.js'
import { foldedView } from './folded-view.js'
import { type ListingOrigin, noOrigin, originAfter } from './listing-origin.js'
import { type LiveStanding, liveAfter, neverLive } from './live-standing.js'
import { perListing, textIn, textsIn } from './per-listing.js'

/** A listing that is live for everyone, as it was published. */
export interface CatalogueEntry extends ListingOrigin {
  readonly name: string
  readonly headline: string
  readonly shortDescription: string
  readonly categories: readonly string[]
  readonly markets: readonly string[]
  /** That of the listing first, then those that are supported. */
  readonly languages: readonly string[]
  readonly path: string
  readonly revision: number
  /** Since when it has been in the catalogue: the first time, whatever happened to it since. */
  readonly publishedAt: string
  /** When the revision that is live was published. */
  readonly updatedAt: string
  readonly content: JsonObject
}

/** What comes back when a listing that is private, suspended or withdrawn is shown again. */
interface Kept {
  readonly origin: ListingOrigin
  readonly live: LiveStanding
  readonly publishedAt: string | null
  readonly updatedAt: string
  readonly content: JsonObject
}

const on = perListing(
  'Created',
  'Published',
  'Withdrawn',
  'Republished',
  'MadePrivate',
  'MadePublic',
  'Suspended',
  'Reinstated',
  'Deleted',
)

/** What is live and neither private nor suspended, by listing. What is not cannot be found, counted or got by anyone. */
export const catalogue = foldedView({
  name: 'catalogue',
  version: 1,
  audience: 'public',
  on,
  first: { origin: noOrigin, live: neverLive, publishedAt: null, updatedAt: '', content: {} },
  next: (kept: Kept, event) => {
    if (event.type === 'Deleted') return undefined
    const { publishedAt, ...after } = keptAfter(kept, event)
    return { ...after, publishedAt: publishedAt ?? (after.live.status === 'public' ? event.metadata.occurredAt : null) }
  },
  entry: (kept) =>
    kept.live.status === 'public' && kept.publishedAt !== null ? entryOf(kept, kept.publishedAt) : undefined,
  indexes: [
    ['name'],
    ['publishedAt'],
    ['kind', 'name'],
    ['kind', 'publishedAt'],
    ['categories', 'name'],
    ['categories', 'publishedAt'],
    ['publisherId', 'name'],
    ['publisherId', 'publishedAt'],
    ['path'],
  ],
  text: wordsOfEntry,
})

function keptAfter(kept: Kept, event: StoredListingEvent): Kept {
  const standing = { ...kept, origin: originAfter(kept.origin, event), live: liveAfter(kept.live, event) }
  if (event.type !== 'Published' && event.type !== 'Republished') return standing
  return { ...standing, updatedAt: event.metadata.occurredAt, content: event.data.content }
}

function entryOf({ origin, live, updatedAt, content }: Kept, publishedAt: string): CatalogueEntry {
  return {
    ...origin,
    name: textIn(content, 'name'),
    headline: textIn(content, 'headline'),
    shortDescription: textIn(content, 'shortDescription'),
    categories: textsIn(content, 'categories'),
    markets: textsIn(content, 'markets'),
    languages: languagesOf(content),
    path: live.path,
    revision: live.revision,
    publishedAt,
    updatedAt,
    content,
  }
}

function languagesOf(content: JsonObject): readonly string[] {
  const languages = [textIn(content, 'contentLanguage'), ...textsIn(content, 'supportedLanguages')]
  return [...new Set(languages)].filter((language) => language !== '')
}

function wordsOfEntry({ name, headline, shortDescription, categories, content }: CatalogueEntry): string {
  const keywords = textsIn(content, 'keywords')
  return [name, headline, shortDescription, textIn(content, 'longDescription'), ...categories, ...keywords].join(' ')
}
