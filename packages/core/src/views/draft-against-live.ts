import type { JsonObject } from '../json.js'
import type { EventNamed } from '../known-events.js'
import { pathOf } from '../links.js'
import { applyChanges } from '../listing/evolve.js'
import type { View } from '../view.js'
import { defineView } from './define-view.js'
import { listingOf, perListing } from './per-listing.js'

/** One edition of a listing: what a submission hashes, but the kind. */
export interface ComparedEdition {
  readonly revision: number
  readonly content: JsonObject
  readonly slug: string | null
}

/** The two editions of a listing that can be compared, field by field. What is suspended is still the live one. */
export interface DraftAgainstLive {
  readonly listingId: string
  readonly publisherId: string
  readonly working: ComparedEdition | null
  readonly live: ComparedEdition | null
}

/**
 * One a listing, and one for each edition that was live, as its `live`, kept until a revision starts from it: those belong
 * to no publisher and stand in no index, so that nobody gets them.
 */
interface DraftDocument extends Omit<DraftAgainstLive, 'publisherId'> {
  readonly publisherId: string | readonly never[]
}

const on = {
  ...perListing(
    'Created',
    'Revised',
    'VanityUrlClaimed',
    'VanityUrlReleased',
    'RevisionDiscarded',
    'Withdrawn',
    'Deleted',
  ),
  Published: archiving,
  RevisionStarted: (event: EventNamed<'RevisionStarted'>) => [listingOf(event), archiveKey(event, event.data.from)],
  ...perListing('Republished'),
}

const empty: DraftDocument = { listingId: '', publisherId: [], working: null, live: null }
const blank: ComparedEdition = { revision: 0, content: {}, slug: null }

type DraftEvent = EventNamed<keyof typeof on>

/** The working content of a listing beside its live content; `difference` gives what differs. */
export const draftAgainstLive: View<object, keyof typeof on, DraftAgainstLive> = defineView({
  name: 'draft-against-live',
  version: 1,
  audience: 'publisher',
  empty,
  on,
  apply: (document, event, key, others) => {
    if (event.type === 'Deleted') return undefined
    if (key !== listingOf(event)) return event.type === 'Published' ? { ...empty, live: editionIn(event) } : document
    if (event.type !== 'RevisionStarted') return documentAfter(document, document.working ?? blank, event)
    const { revision, from } = event.data
    return { ...document, working: { ...blank, ...others(archiveKey(event, from))?.live, revision } }
  },
  indexes: ['publisherId'],
  show: ({ publisherId, ...compared }): DraftAgainstLive | undefined =>
    typeof publisherId === 'string' ? { ...compared, publisherId } : undefined,
})

function documentAfter(
  document: DraftDocument,
  working: ComparedEdition,
  event: Exclude<DraftEvent, { type: 'Deleted' | 'RevisionStarted' }>,
): DraftDocument {
  switch (event.type) {
    case 'Created': {
      const { publisherId, name } = event.data
      return {
        ...empty,
        listingId: listingOf(event),
        publisherId,
        working: { revision: 1, content: { name }, slug: null },
      }
    }
    case 'Revised':
      return { ...document, working: { ...working, content: applyChanges(working.content, event.data.changes) } }
    case 'VanityUrlClaimed':
      return { ...document, working: { ...working, slug: event.data.slug } }
    case 'VanityUrlReleased':
      return { ...document, working: { ...working, slug: null } }
    case 'Published':
      return { ...document, working: null, live: editionIn(event) }
    case 'RevisionDiscarded':
      return { ...document, working: null }
    case 'Withdrawn':
      return { ...document, live: null }
    case 'Republished':
      return { ...document, live: editionIn(event) }
  }
}

function editionIn(event: EventNamed<'Published' | 'Republished'>): ComparedEdition {
  const { revision, content, path } = event.data
  return { revision, content, slug: path === pathOf(listingOf(event)) ? null : path.slice(1) }
}

function archiving(event: EventNamed<'Published'>): readonly string[] {
  return [listingOf(event), archiveKey(event, event.data.revision)]
}

function archiveKey(event: { readonly stream: string }, revision: number): string {
  return `${listingOf(event)}:${revision}`
}
