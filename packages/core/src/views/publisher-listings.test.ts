import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, outsider, run } from '../../test/run-view.js'
import { clock, logOf, minute, otto, type Step } from '../../test/stored-event.js'
import { publisherListings } from './publisher-listings.js'

const { on, ...story } = listingStory()
const ran = (...steps: Step[]) => run(publisherListings, logOf(...steps))
const seen = (...steps: Step[]) => ran(...steps).get('l-1', member)
const live = [story.created(), story.submitted(), story.approved(), story.published()]

describe('the tabs of a publisher', () => {
  it.each<[string, Step[], string[]]>([
    ['a draft is started', [story.created()], ['started']],
    ['submitted', [story.created(), story.submitted()], ['submitted']],
    ['in review', [story.created(), story.submitted(), story.reviewStarted()], ['submitted']],
    ['approved', [story.created(), story.submitted(), story.approved()], ['submitted']],
    ['rejected', [story.created(), story.submitted(), story.rejected()], ['submitted']],
    ['recalled', [story.created(), story.submitted(), on('SubmissionRecalled', { submissionId: 's-1' })], ['started']],
    ['live', live, ['published']],
    ['T22 suspended', [...live, story.suspended()], ['published']],
    ['T6–T8 live, an update started', [...live, story.revisionStarted()], ['started', 'published']],
    ['live, an update submitted', [...live, story.revisionStarted(), story.submitted()], ['submitted', 'published']],
    ['withdrawn is archived', [...live, story.withdrawn()], ['archived']],
    ['T20 withdrawn, an update goes on', [...live, story.revisionStarted(), story.withdrawn()], ['started']],
  ])('%s', (_, steps, tabs) => {
    expect(seen(...steps)?.tabs).toEqual(tabs)
    const rows = tabs.map((tab) => `p-1 ${tab} Ledger l-1`)
    expect(ran(...steps).index('publisherId', 'tabs', 'name')).toEqual(rows)
  })

  it('it is remembered whether it was ever submitted, whatever became of the submission', () => {
    const kept = (...steps: Step[]) => ran(story.created(), ...steps).documents.get('l-1')
    const recalled = on('SubmissionRecalled', { submissionId: 's-1' })
    expect(kept(story.revised({ name: 'Ledger' }))).toMatchObject({ kept: { everSubmitted: false } })
    expect(kept(story.submitted(), recalled)).toMatchObject({ kept: { everSubmitted: true } })
  })

  it('T32 a deleted draft is gone; T34 outsiders get nothing', () => {
    expect(ran(story.created(), story.deleted()).documents.size).toBe(0)
    expect(ran(...live).get('l-1', outsider)).toBeUndefined()
  })
})

describe('a listing among them', () => {
  it('tells what is worked on and what is live', () => {
    expect(seen(...live, story.revisionStarted(2, 1))).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      kind: 'app',
      name: 'Ledger',
      tabs: ['started', 'published'],
      working: { status: 'draft', revision: 2 },
      live: { status: 'public', revision: 1, link: '/listings/l-1' },
      publishBy: null,
      rejection: null,
      updatedAt: minute(5),
    })
  })

  it('T19 links to what is private by its current token, and to nothing while it is suspended', () => {
    expect(seen(...live, on('MadePrivate', { token: 't-1' }))?.live.link).toBe('/private/t-1')
    expect(seen(...live, story.suspended())?.live).toEqual({ status: 'suspended', revision: 1, link: null })
    const hidden = [...live.slice(0, -1), story.publishedPrivately('t-1')]
    expect(seen(...hidden, story.suspended())?.live).toEqual({ status: 'suspended', revision: 1, link: null })
    expect(seen(...live, story.withdrawn())?.live).toEqual({ status: 'none', revision: null, link: null })
  })

  it('is called what its working revision says, then what went live', () => {
    const renamed = [...live, story.revisionStarted(), story.revised({ name: 'Ledger Pro', headline: 'Books' })]
    expect(seen(...renamed)?.name).toBe('Ledger Pro')
    expect(seen(...renamed, story.revised({ headline: null }))?.name).toBe('Ledger Pro')
    expect(seen(...renamed, on('RevisionDiscarded', { revision: 2 }))?.name).toBe('Ledger')
    const second = [...renamed, story.published(2, { name: 'Ledger Pro' })]
    expect(seen(...second)?.name).toBe('Ledger Pro')
    expect(seen(...second, story.revisionStarted(3, 1))?.name).toBe('Ledger')
    expect(seen(...second, story.republished(1, { name: 'Ledger' }))?.name).toBe('Ledger')
    expect(seen(story.created(), story.revised({ name: null }))?.name).toBe('')
  })

  it('T1 T3 tells until when an approved one may be published', () => {
    const approved = [story.created(), story.submitted(), story.approved('s-1', '2026-04-30T00:00:00.000Z')]
    const until = '2026-06-01T00:00:00.000Z'
    expect(seen(...approved)?.publishBy).toBe('2026-04-30T00:00:00.000Z')
    expect(seen(...approved, on('PublicationDeadlineExtended', { until, reason: 'SECRET' }, otto))?.publishBy).toBe(
      until,
    )
    expect(seen(...approved, story.withdrawn())?.publishBy).toBe('2026-04-30T00:00:00.000Z')
    expect(seen(...approved, on('VanityUrlClaimed', { slug: 'ledger' }))?.publishBy).toBeNull()
  })

  it('T16 rejected by a reviewer or by time: one status; the publisher sees why', () => {
    const submitted = [story.created(), story.submitted()]
    const byReviewer = seen(...submitted, story.rejected())
    const byTime = seen(...submitted, story.approved(), story.autoRejected())
    expect(byReviewer?.working).toEqual(byTime?.working)
    expect(byReviewer?.rejection).toEqual({ by: 'reviewer', reasons: [{ seen: 'A typo.', howToFix: 'Mend it.' }] })
    expect(byTime?.rejection).toEqual({
      by: 'system',
      approvedAt: '2026-03-01T00:00:00.000Z',
      publishBy: '2026-04-30T00:00:00.000Z',
    })
    expect(seen(...submitted, story.rejected(), story.withdrawn())?.rejection).toEqual(byReviewer?.rejection)
    expect(seen(...submitted, story.rejected(), story.revised({ headline: 'Books' }))?.rejection).toBeNull()
  })

  it('is not touched by what only a review concerns', () => {
    const reminded = on(
      'PublicationReminded',
      { publishBy: '2026-04-30T00:00:00.000Z', threshold: 7, daysLeft: 7 },
      clock,
    )
    const approved = [story.created(), story.submitted(), story.approved()]
    expect(seen(...approved, reminded)).toEqual(seen(...approved))
  })
})
