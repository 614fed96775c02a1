import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, outsider, run } from '../../test/run-view.js'
import { clock, logOf, minute, otto, type Step } from '../../test/stored-event.js'
import { deadlines } from './deadlines.js'

const { on, ...story } = listingStory()
const publishBy = '2026-04-30T00:00:00.000Z'
const approved = [story.created(), story.revised({ name: 'Ledger Pro' }), story.submitted(), story.approved()]
const waiting = (...steps: Step[]) => run(deadlines, logOf(...approved, ...steps))

describe('when nothing waits for a publication', () => {
  it('no deadline is kept', () => {
    const kept = (...steps: Step[]) => run(deadlines, logOf(...steps)).documents.get('l-1')
    expect(kept(story.created())).toMatchObject({ kept: { running: null } })
    expect(kept(...approved, story.published())).toMatchObject({ kept: { running: null } })
  })
})

describe('when approved and not published', () => {
  it('T1 T2 the deadline is the one that the approval names', () => {
    expect(waiting().get('l-1', member)).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      kind: 'app',
      name: 'Ledger Pro',
      submissionId: 's-1',
      approvedAt: '2026-03-01T00:00:00.000Z',
      publishBy,
      runsSince: '2026-03-01T00:00:00.000Z',
      remindedFor: null,
    })
  })

  it('the sweep finds it by its deadline, its publisher by name and deadline, an outsider not at all', () => {
    expect(waiting().index('publishBy')).toEqual([`${publishBy} l-1`])
    expect(waiting().index('publisherId', 'publishBy')).toEqual([`p-1 ${publishBy} l-1`])
    expect(waiting().get('l-1', outsider)).toBeUndefined()
  })

  it('T29 it remembers the smallest threshold that was reminded of', () => {
    const reminded = on('PublicationReminded', { publishBy, threshold: 7, daysLeft: 7 }, clock)
    expect(waiting(reminded).get('l-1')).toMatchObject({ remindedFor: 7 })
  })

  it('T3 T29 an extension moves it, and reminders begin anew', () => {
    const reminded = on('PublicationReminded', { publishBy, threshold: 7, daysLeft: 7 }, clock)
    const extended = on('PublicationDeadlineExtended', { until: '2026-06-01T00:00:00.000Z', reason: 'SECRET' }, otto)
    expect(waiting(reminded, extended).get('l-1')).toMatchObject({
      publishBy: '2026-06-01T00:00:00.000Z',
      runsSince: minute(6),
      remindedFor: null,
    })
  })

  it('T20 withdrawing or republishing what is live leaves it running', () => {
    expect(waiting(story.withdrawn(), story.republished(1)).get('l-1')).toMatchObject({ publishBy, name: 'Ledger Pro' })
  })
})

describe('when nothing waits for publication', () => {
  it.each(
    Object.entries({
      'T12 revised': [story.revised({ name: 'Ledger' })],
      'T12 another slug': [on('VanityUrlClaimed', { slug: 'ledger' })],
      'T12 no slug': [on('VanityUrlReleased', { slug: 'ledger' })],
      'T4 expired': [story.autoRejected()],
      published: [story.published()],
    }),
  )('%s: there is no deadline', (_, steps) => {
    expect(waiting(...steps).get('l-1')).toBeUndefined()
    expect(waiting(...steps).index('publishBy')).toEqual([])
  })

  it('a reminder or an extension that comes late changes nothing', () => {
    const reminded = on('PublicationReminded', { publishBy, threshold: 7, daysLeft: 7 }, clock)
    const extended = on('PublicationDeadlineExtended', { until: '2026-06-01T00:00:00.000Z', reason: 'SECRET' }, otto)
    expect(waiting(story.published(), reminded, extended).get('l-1')).toBeUndefined()
  })

  it('T32 nothing is left of a draft that was deleted', () => {
    expect(run(deadlines, logOf(story.created(), story.deleted())).documents.size).toBe(0)
  })
})
