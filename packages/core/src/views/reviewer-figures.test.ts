import { defineMarketplace, type StoredEvent } from '@vitrine/core'
import { livedWorlds } from '@vitrine/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, outsider, run, staff } from '../../test/run-view.js'
import { clock, logOf, otto, rita, type Step, streamOf } from '../../test/stored-event.js'
import { reviewerFigures } from './reviewer-figures.js'

const hour = 60 * 60 * 1000
const story = listingStory('l-1')

const submitted = (listing: string, at: string, submissionId = 's-1') => {
  const data = { submissionId, revision: 1, contentHash: 'h', comment: '', publishMode: 'manual' as const }
  return streamOf(`listing-${listing}`)('Submitted', data, undefined, at)
}
const approved = (listing: string, at: string, by = rita, basis: 'review' | 'trusted-update' = 'review') => {
  const data = { submissionId: 's-1', contentHash: 'h', approvedAt: at, publishBy: at, publishMode: 'manual' as const }
  return streamOf(`listing-${listing}`)('Approved', { ...data, basis }, by, at)
}
const rejected = (listing: string, at: string, by = rita) =>
  streamOf(`listing-${listing}`)('Rejected', { submissionId: 's-1', reasons: [] }, by, at)
const asked = (listing: string, at: string, by = rita) =>
  streamOf(`listing-${listing}`)('QuestionAsked', { questionId: 'q', text: 'Why?', blocking: false }, by, at)

const ran = (...steps: Step[]) => run(reviewerFigures, logOf(...steps))
const figures = (key: string, ...steps: Step[]) => ran(...steps).get(key)

describe('what a reviewer did in a month', () => {
  it('is what they approved, rejected and asked, and how long the decisions took', () => {
    const steps = [
      submitted('l-1', '2026-03-02T09:00:00.000Z'),
      submitted('l-2', '2026-03-02T10:00:00.000Z'),
      asked('l-1', '2026-03-02T11:00:00.000Z'),
      asked('l-1', '2026-03-02T11:30:00.000Z'),
      approved('l-1', '2026-03-02T12:00:00.000Z'),
      rejected('l-2', '2026-03-03T10:00:00.000Z'),
    ]
    expect(figures(`2026-03 ${rita.id}`, ...steps)).toEqual({
      reviewer: rita.id,
      reviewerName: rita.name,
      month: '2026-03',
      approved: 1,
      rejected: 1,
      questionsAsked: 2,
      timeToDecision: { count: 2, sum: 27 * hour, longest: 24 * hour },
    })
  })

  it('counts where it was decided, though it was handed in the month before; months end in UTC', () => {
    const steps = [
      submitted('l-1', '2026-03-31T23:00:00.000Z'),
      asked('l-1', '2026-03-31T23:59:59.999Z'),
      approved('l-1', '2026-04-01T00:00:00.000Z'),
    ]
    expect(figures(`2026-03 ${rita.id}`, ...steps)).toMatchObject({ questionsAsked: 1, approved: 0 })
    expect(figures(`2026-04 ${rita.id}`, ...steps)).toMatchObject({
      questionsAsked: 0,
      approved: 1,
      timeToDecision: { count: 1, sum: hour, longest: hour },
    })
  })

  it('is that of whoever decided, whoever asked; the name is the last one', () => {
    const renamed = { ...rita, name: 'Rita Okafor-Lind' }
    const steps = [
      submitted('l-1', '2026-03-02T09:00:00.000Z'),
      asked('l-1', '2026-03-02T11:00:00.000Z', renamed),
      approved('l-1', '2026-03-02T12:00:00.000Z', otto),
    ]
    expect(figures(`2026-03 ${rita.id}`, ...steps)).toMatchObject({ approved: 0, reviewerName: 'Rita Okafor-Lind' })
    expect(figures(`2026-03 ${otto.id}`, ...steps)).toMatchObject({ approved: 1, questionsAsked: 0 })
  })

  it('begins anew with each submission of a listing', () => {
    const steps = [
      submitted('l-1', '2026-03-02T09:00:00.000Z'),
      rejected('l-1', '2026-03-02T13:00:00.000Z'),
      submitted('l-1', '2026-03-05T09:00:00.000Z', 's-2'),
      approved('l-1', '2026-03-05T11:00:00.000Z'),
    ]
    const timeToDecision = { count: 2, sum: 6 * hour, longest: 4 * hour }
    expect(figures(`2026-03 ${rita.id}`, ...steps)).toMatchObject({ approved: 1, rejected: 1, timeToDecision })
  })

  it('is found by month and by reviewer; nothing is kept of a submission that ended', () => {
    const steps = [
      submitted('l-1', '2026-03-02T09:00:00.000Z'),
      submitted('l-2', '2026-03-02T09:00:00.000Z'),
      approved('l-1', '2026-03-02T12:00:00.000Z'),
    ]
    expect(ran(...steps).index('month', 'reviewer')).toEqual([`2026-03 ${rita.id} 2026-03 ${rita.id}`])
    expect(ran(...steps).index('reviewer')).toEqual([`${rita.id} 2026-03 ${rita.id}`])
    expect([...ran(...steps).documents.keys()]).toEqual(['listing-l-2', `2026-03 ${rita.id}`])
    expect(ran(...steps).get('listing-l-2', staff)).toBeUndefined()
  })
})

describe('nobody decided', () => {
  const begun = submitted('l-1', '2026-03-02T09:00:00.000Z')

  it.each<[string, Step[]]>([
    [
      'T16 what expired: the approval alone counts',
      [begun, approved('l-1', '2026-03-02T12:00:00.000Z'), story.autoRejected()],
    ],
    ['what is approved and published later', [begun, approved('l-1', '2026-03-02T12:00:00.000Z'), story.published()]],
  ])('%s', (_, steps) => {
    expect([...ran(...steps).documents.keys()]).toEqual([`2026-03 ${rita.id}`])
    expect(figures(`2026-03 ${rita.id}`, ...steps)).toMatchObject({ approved: 1, rejected: 0 })
  })

  it('T23 a trusted update, which the system approved', () => {
    const trusted = approved('l-1', '2026-03-02T09:00:01.000Z', clock, 'trusted-update')
    expect(ran(begun, trusted).documents.size).toBe(0)
  })

  it('what was recalled', () => {
    const recalled = streamOf('listing-l-1')('SubmissionRecalled', { submissionId: 's-1' })
    expect(ran(begun, recalled).documents.size).toBe(0)
  })
})

it('T30 is for staff alone', () => {
  const steps = [submitted('l-1', '2026-03-02T09:00:00.000Z'), approved('l-1', '2026-03-02T12:00:00.000Z')]
  expect(ran(...steps).get(`2026-03 ${rita.id}`, member)).toBeUndefined()
  expect(ran(...steps).get(`2026-03 ${rita.id}`, outsider)).toBeUndefined()
})

it('T16 over random histories, the figures are what the decisions of reviewers add up to', () => {
  const worlds = livedWorlds(defineMarketplace({ baseUrl: 'https://market.example' }))
  fc.assert(
    fc.property(worlds, ({ events }) => {
      const shown = [...run(reviewerFigures, events).documents].flatMap(([key, document]) =>
        'approved' in document ? [[key, document] as const] : [],
      )
      expect(Object.fromEntries(shown)).toEqual(addedUp(events))
    }),
    { numRuns: 100 },
  )
})

/** The same figures, counted anew from the decisions, without keeping anything. */
function addedUp(events: readonly StoredEvent[]): object {
  const decisions = events.filter(
    ({ type, metadata }) => /^(Approved|Rejected|QuestionAsked)$/.test(type) && metadata.actor.role !== 'system',
  )
  const months = Object.groupBy(decisions, ({ metadata }) => `${metadata.occurredAt.slice(0, 7)} ${metadata.actor.id}`)
  return Object.fromEntries(
    Object.entries(months).map(([key, ofMonth = []]) => {
      const times = ofMonth
        .filter(({ type }) => type !== 'QuestionAsked')
        .map((event) => sinceSubmission(event, events))
      const count = (type: string) => ofMonth.filter((event) => event.type === type).length
      const document = {
        reviewer: key.slice(8),
        reviewerName: ofMonth.at(-1)?.metadata.actor.name,
        month: key.slice(0, 7),
        approved: count('Approved'),
        rejected: count('Rejected'),
        questionsAsked: count('QuestionAsked'),
        timeToDecision: {
          count: times.length,
          sum: times.reduce((sum, time) => sum + time, 0),
          longest: Math.max(0, ...times),
        },
      }
      return [key, document]
    }),
  )
}

function sinceSubmission({ data, metadata }: StoredEvent, events: readonly StoredEvent[]): number {
  const begun = events.find((event) => event.type === 'Submitted' && event.data.submissionId === data.submissionId)
  return Date.parse(metadata.occurredAt) - Date.parse(begun?.metadata.occurredAt ?? '')
}
