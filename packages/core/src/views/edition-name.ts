import type { StoredListingEvent } from '../listing/events.js'
import { textIn } from './per-listing.js'

/** What the editions of a listing are called. */
export interface Naming {
  /** `null` while there is no working revision. */
  readonly working: string | null
  /** Of the last one that went live. */
  readonly live: string
  /** Of each revision that was ever live, by number. */
  readonly archive: { readonly [revision: string]: string }
}

/** Before a listing has a name. */
export const nameless: Naming = { working: null, live: '', archive: {} }

/** The events that change what an edition is called. */
export const namingTypes = [
  'Created',
  'Revised',
  'Published',
  'RevisionStarted',
  'RevisionDiscarded',
  'Republished',
] as const

/** What a listing is called: as its working revision says, else as the one that is or was live. */
export function nameOf({ working, live }: Naming): string {
  return working ?? live
}

/** The names after an event; most events change nothing. */
export function namingAfter(naming: Naming, event: StoredListingEvent): Naming {
  switch (event.type) {
    case 'Created':
      return { ...naming, working: event.data.name }
    case 'Revised':
      return 'name' in event.data.changes ? { ...naming, working: textIn(event.data.changes, 'name') } : naming
    case 'Published':
      return published(naming, event.data.revision, textIn(event.data.content, 'name'))
    case 'RevisionStarted':
      return { ...naming, working: textIn(naming.archive, String(event.data.from)) }
    case 'RevisionDiscarded':
      return { ...naming, working: null }
    case 'Republished':
      return { ...naming, live: textIn(event.data.content, 'name') }
    default:
      return naming
  }
}

function published(naming: Naming, revision: number, name: string): Naming {
  return { working: null, live: name, archive: { ...naming.archive, [revision]: name } }
}
