import { pathOf } from '../links.js'
import type { LiveVisibility } from '../listing/state.js'
import { foldedView } from './folded-view.js'
import { type LiveStanding, liveAfter, liveTypes, neverLive } from './live-standing.js'
import { listingOf, perListing } from './per-listing.js'

/** Everything that leads to what is live of a listing now. */
export interface LinkedListing {
  readonly listingId: string
  readonly revision: number
  readonly visibility: LiveVisibility
  /** Where it is: for what is private, where it would be if it were public. */
  readonly path: string
  /** Public: its own path and every slug that was ever live, as paths (T17). Private: the current token alone (T19). */
  readonly links: readonly string[]
}

interface Kept {
  readonly listingId: string
  readonly live: LiveStanding
  /** Every path under which a revision was live. */
  readonly paths: readonly string[]
}

/**
 * What a path or the token of a private link leads to now: `find({ where: { links: linkOf(path) } })`. It is for the
 * operator's own code, which asks with what a visitor brought: whoever could walk through it would find every token.
 */
export const links = foldedView({
  name: 'links',
  version: 1,
  audience: 'operator',
  on: perListing(...liveTypes),
  first: { listingId: '', live: neverLive, paths: [] },
  next: (kept: Kept, event) => {
    const listingId = listingOf(event)
    const live = liveAfter(kept.live, event)
    return { listingId, live, paths: [...new Set([pathOf(listingId), ...kept.paths, live.path])] }
  },
  entry: ({ listingId, live, paths }): LinkedListing | undefined => {
    const { revision, visibility, path } = live
    const leads = (to: readonly string[]) => ({ listingId, revision, visibility, path, links: to })
    if (live.status === 'private' && live.token !== null) return leads([live.token])
    return live.status === 'public' ? leads(paths) : undefined
  },
  indexes: [['listingId'], ['links']],
})
