import type { StoredListingEvent } from '../listing/events.js'
import type { LiveStatus, LiveVisibility } from '../listing/state.js'

/** What of a listing is live. All but `status` is as it last was when nothing is, or while it is suspended. */
export interface LiveStanding {
  readonly status: LiveStatus
  readonly visibility: LiveVisibility
  readonly revision: number
  readonly path: string
  readonly token: string | null
}

/** Before anything was live. */
export const neverLive: LiveStanding = { status: 'none', visibility: 'public', revision: 0, path: '', token: null }

/** The events that change what is live, or how it is reached. */
export const liveTypes = [
  'Published',
  'Withdrawn',
  'Republished',
  'MadePrivate',
  'MadePublic',
  'PrivateLinkRenewed',
  'Suspended',
  'Reinstated',
] as const

/** What is live after an event; other events change nothing. */
export function liveAfter(live: LiveStanding, event: StoredListingEvent): LiveStanding {
  switch (event.type) {
    case 'Published':
    case 'Republished':
      return published(event.data)
    case 'Withdrawn':
      return { ...live, status: 'none' }
    case 'MadePrivate':
    case 'PrivateLinkRenewed':
      return { ...live, status: 'private', visibility: 'private', token: event.data.token }
    case 'MadePublic':
      return { ...live, status: 'public', visibility: 'public', token: null }
    case 'Suspended':
      return { ...live, status: 'suspended' }
    case 'Reinstated':
      return { ...live, status: live.visibility }
    default:
      return live
  }
}

function published(data: Extract<StoredListingEvent, { type: 'Published' }>['data']): LiveStanding {
  const { visibility, revision, path } = data
  return { status: visibility, visibility, revision, path, token: data.visibility === 'private' ? data.token : null }
}
