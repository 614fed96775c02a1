import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, outsider, run, staff } from '../../test/run-view.js'
import { logOf, type Step } from '../../test/stored-event.js'
import { draftAgainstLive } from './draft-against-live.js'

const { on, ...story } = listingStory()
const content = { name: 'Ledger', headline: 'Books' }
const live = [story.created(), on('VanityUrlClaimed', { slug: 'ledger' }), story.published(1, content, '/ledger')]
const editions = (...steps: Step[]) => run(draftAgainstLive, logOf(...steps)).get('l-1', member)

describe('draft against live', () => {
  it('before anything is live there is the draft alone', () => {
    expect(editions(story.created(), story.revised({ headline: 'Books' }))).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      working: { revision: 1, content, slug: null },
      live: null,
    })
  })

  it('slugs are part of a revision: claimed, released', () => {
    const claimed = [story.created(), on('VanityUrlClaimed', { slug: 'ledger' })]
    expect(editions(...claimed)?.working?.slug).toBe('ledger')
    expect(editions(...claimed, on('VanityUrlReleased', { slug: 'ledger' }))?.working?.slug).toBeNull()
  })

  it('what is published is live as it was published, and nothing is under way', () => {
    expect(editions(...live)).toMatchObject({ working: null, live: { revision: 1, content, slug: 'ledger' } })
    expect(editions(story.created(), story.published(1, content))?.live?.slug).toBeNull()
  })

  it('T6–T8 an update begins as the revision that it is made from; the live one stays', () => {
    const update = editions(...live, story.revisionStarted(2, 1), story.revised({ name: 'Ledger Pro', headline: null }))
    expect(update?.working).toEqual({ revision: 2, content: { name: 'Ledger Pro' }, slug: 'ledger' })
    expect(update?.live).toEqual({ revision: 1, content, slug: 'ledger' })
  })

  it('an update may begin as a revision that is no longer live', () => {
    const second = [...live, story.revisionStarted(2, 1), story.published(2, { name: 'Ledger 2' })]
    expect(editions(...second, story.revisionStarted(3, 1))?.working).toMatchObject({ revision: 3, content })
  })

  it('a discarded draft, a withdrawn listing and a republished revision', () => {
    expect(editions(...live, story.revisionStarted(), on('RevisionDiscarded', { revision: 2 }))?.working).toBeNull()
    expect(editions(...live, story.withdrawn())?.live).toBeNull()
    expect(editions(...live, story.withdrawn(), story.republished(1, content, '/ledger'))?.live).toEqual({
      revision: 1,
      content,
      slug: 'ledger',
    })
  })

  it('editions that are kept for later are found by nobody', () => {
    const ran = run(draftAgainstLive, logOf(...live))
    expect(ran.documents.has('l-1:1')).toBe(true)
    expect(ran.get('l-1:1', member)).toBeUndefined()
    expect(ran.get('l-1:1', staff)).toBeUndefined()
    expect(ran.index('publisherId')).toEqual(['p-1 l-1'])
  })

  it('editions that are kept for later stay as they were published', () => {
    const kept = (...steps: Step[]) => run(draftAgainstLive, logOf(...live, ...steps)).documents.get('l-1:1')
    expect(kept(story.revisionStarted(2, 1))).toEqual(kept())
    expect(kept()).toMatchObject({ working: null, live: { revision: 1, content, slug: 'ledger' } })
  })

  it('an update of what was published before the log that is at hand begins empty', () => {
    expect(editions(story.created(), story.revisionStarted(2, 1))?.working).toEqual({
      revision: 2,
      content: {},
      slug: null,
    })
  })

  it('T32 T34 a deleted draft is gone; outsiders get nothing', () => {
    expect(run(draftAgainstLive, logOf(story.created(), story.deleted())).documents.size).toBe(0)
    expect(run(draftAgainstLive, logOf(...live)).get('l-1', outsider)).toBeUndefined()
  })
})
