import { expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { logOf, type Step } from '../../test/stored-event.js'
import type { StoredListingEvent } from '../listing/events.js'
import { type LiveStanding, liveAfter, neverLive } from './live-standing.js'

const { on, ...story } = listingStory()
const after = (...steps: Step[]) =>
  logOf(...steps).reduce((live: LiveStanding, event) => liveAfter(live, event as StoredListingEvent), neverLive)

it('T19 what is live has a token while it is private, and none while it is public', () => {
  const standing = { status: 'public', visibility: 'public', revision: 1, path: '/listings/l-1', token: null }
  expect(after(story.published())).toEqual(standing)
  const hidden = { ...standing, status: 'private', visibility: 'private' }
  expect(after(story.publishedPrivately('t-1'))).toEqual({ ...hidden, token: 't-1' })
  expect(after(story.published(), on('MadePrivate', { token: 't-2' }))).toEqual({ ...hidden, token: 't-2' })
  expect(after(story.publishedPrivately('t-1'), on('MadePublic', {}))).toEqual(standing)
})
