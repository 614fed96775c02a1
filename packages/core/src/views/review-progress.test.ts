import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, outsider, run, staff } from '../../test/run-view.js'
import { clock, logOf, minute, otto, rita, type Step } from '../../test/stored-event.js'
import { reviewProgress } from './review-progress.js'

const { on, ...story } = listingStory()
const submitted = [story.created(), story.revised({ name: 'Ledger Pro', headline: 'Books' }), story.submitted()]
const started = [...submitted, story.reviewStarted()]
const asked = [...started, on('QuestionAsked', { questionId: 'q-1', text: 'Why?', blocking: false }, rita)]
const wanted = [...started, on('EvidenceRequested', { check: 'security', text: 'A report, please.' }, rita)]
const passed = on('CheckPassed', { check: 'content', note: 'SECRET' }, rita)
const failed = on('CheckFailed', { check: 'security', note: 'SECRET' }, rita)
const ran = (...steps: Step[]) => run(reviewProgress, logOf(...steps))
const seen = (...steps: Step[]) => ran(...steps).get('l-1', member)

describe('when submitted', () => {
  it('the publisher watches it, and waits for the marketplace', () => {
    expect(seen(...submitted)).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      kind: 'app',
      name: 'Ledger Pro',
      submissionId: 's-1',
      revision: 1,
      comment: 'Please.',
      publishMode: 'manual',
      submittedAt: minute(3),
      unchanged: false,
      status: 'submitted',
      held: false,
      waitsFor: 'marketplace',
      checks: [],
      questions: [],
      suggestions: [],
      evidenceRequests: [],
      evidence: [],
      basis: null,
      publishBy: null,
      rejection: null,
      updatedAt: minute(3),
    })
    expect(ran(...submitted).index('publisherId', 'waitsFor', 'submittedAt')).toEqual([
      `p-1 marketplace ${minute(3)} l-1`,
    ])
  })
})

describe('what is kept for it', () => {
  const content = { name: 'Ledger', headline: 'Books that balance' }
  const kept = (...steps: Step[]) => ran(...steps).documents.get('l-1')

  it('holds no content but names', () => {
    const written = [story.created(), story.revised({ headline: content.headline }), story.submitted()]
    const published = [...written, story.approved(), story.published(1, content)]
    for (const steps of [written, published, [...published, story.withdrawn(), story.republished(1, content)]])
      expect(JSON.stringify(kept(...steps))).not.toContain(content.headline)
    expect(seen(...written)?.name).toBe('Ledger')
    expect(kept(...published)).toMatchObject({ kept: { listing: { live: { status: 'public', revision: 1 } } } })
    expect(kept(...published, story.withdrawn(), story.republished(1, content))).toMatchObject({
      kept: { listing: { live: { status: 'public', revision: 1 } } },
    })
  })

  it('stays as it was while the next is made of it', () => {
    const answered = on('QuestionAnswered', { questionId: 'q-1', text: 'So.' })
    const held = [on('ReviewHeld', { reason: 'Legal' }, rita), on('ReviewResumed', {}, rita)]
    const log = logOf(
      ...asked,
      answered,
      passed,
      ...held,
      story.approved(),
      story.published(1, content),
      story.withdrawn(),
    )
    log.reduce<object>((document, event) => {
      const before = frozen(structuredClone(document))
      return reviewProgress.apply(before, event as never, 'l-1', () => undefined) ?? reviewProgress.empty
    }, reviewProgress.empty)
  })
})

function frozen<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part)
  return Object.freeze(value)
}

describe('when in review', () => {
  it('an answered question stays answered when the review ends', () => {
    const answered = [...asked, on('QuestionAnswered', { questionId: 'q-1', text: 'So.' })]
    expect(seen(...answered, story.approved())?.questions).toMatchObject([{ status: 'answered', answer: 'So.' }])
    expect(seen(...asked, story.approved())?.questions).toMatchObject([{ status: 'closed' }])
  })

  it('a question makes the marketplace wait for the publisher, an answer the other way round', () => {
    expect(seen(...asked)).toMatchObject({
      status: 'inReview',
      waitsFor: 'publisher',
      questions: [{ questionId: 'q-1', text: 'Why?', blocking: false, status: 'open' }],
    })
    const answered = [...asked, on('QuestionAnswered', { questionId: 'q-1', text: 'So.' })]
    expect(seen(...answered)).toMatchObject({
      waitsFor: 'marketplace',
      questions: [{ status: 'answered', answer: 'So.' }],
    })
  })

  it('a request for evidence does too, and makes the check a required one', () => {
    expect(seen(...wanted)).toMatchObject({
      waitsFor: 'publisher',
      evidenceRequests: [{ check: 'security', text: 'A report, please.' }],
      checks: [{ check: 'security', verdict: null, carried: false }],
    })
    const data = { check: 'security', references: [], links: [], text: 'Here.' }
    expect(seen(...wanted, on('EvidenceProvided', data))).toMatchObject({
      waitsFor: 'marketplace',
      evidenceRequests: [],
      evidence: [data],
    })
  })

  it('verdicts and suggestions are seen', () => {
    const suggested = on('ChangesSuggested', { field: 'headline', text: 'Shorter.' }, rita)
    expect(seen(...started, passed, failed, suggested)).toMatchObject({
      checks: [
        { check: 'content', verdict: 'passed', carried: false },
        { check: 'security', verdict: 'failed', carried: false },
      ],
      suggestions: [{ field: 'headline', text: 'Shorter.' }],
    })
  })

  it('T30 that it is held is seen by the publisher; why, by whom, and the notes by staff alone', () => {
    const held = ran(...started, passed, on('ReviewHeld', { reason: 'SECRET' }, rita))
    expect(held.get('l-1', member)?.held).toBe(true)
    expect(JSON.stringify(held.get('l-1', member))).not.toContain('SECRET')
    expect(held.get('l-1', staff)?.staffOnly).toMatchObject({
      reviewer: rita.id,
      holdReason: 'SECRET',
      notes: { content: 'SECRET' },
    })
    expect(held.get('l-1', outsider)).toBeUndefined()
  })
})

describe('when decided', () => {
  it('T13 what was open is closed with it, and nobody waits', () => {
    expect(seen(...wanted, ...asked.slice(4), story.rejected())).toMatchObject({
      status: 'rejected',
      rejection: { by: 'reviewer', reasons: [{ seen: 'A typo.', howToFix: 'Mend it.' }] },
      waitsFor: 'nobody',
      questions: [{ questionId: 'q-1', status: 'closed' }],
      evidenceRequests: [],
    })
  })

  it('approved: until when it may be published; then that it was', () => {
    const approved = [...started, story.approved()]
    const until = '2026-06-01T00:00:00.000Z'
    expect(seen(...approved)).toMatchObject({ status: 'approved', publishBy: '2026-04-30T00:00:00.000Z' })
    const extended = ran(...approved, on('PublicationDeadlineExtended', { until, reason: 'SECRET' }, otto))
    expect(extended.get('l-1', member)).toMatchObject({ status: 'approved', publishBy: until })
    expect(JSON.stringify(extended.get('l-1', member))).not.toContain('SECRET')
    expect(seen(...approved, story.published())).toMatchObject({ status: 'published', updatedAt: minute(6) })
  })

  it('T23 says what it was approved on: a review, or trust, also when it is published', () => {
    const trusted = on(
      'Approved',
      {
        submissionId: 's-1',
        contentHash: 'h',
        approvedAt: minute(4),
        publishBy: '2026-04-30T00:00:00.000Z',
        publishMode: 'auto',
        basis: 'trusted-update',
      },
      clock,
    )
    expect(seen(...submitted)?.basis).toBeNull()
    expect(seen(...started, story.approved())?.basis).toBe('review')
    expect(seen(...submitted, trusted)).toMatchObject({ status: 'approved', basis: 'trusted-update', checks: [] })
    expect(seen(...submitted, trusted, story.published())?.basis).toBe('trusted-update')
    expect(seen(...started, story.rejected())?.basis).toBeNull()
  })

  it('T16 expired: rejected, by time', () => {
    expect(seen(...started, story.approved(), story.autoRejected())).toMatchObject({
      status: 'rejected',
      rejection: { by: 'system' },
    })
  })

  it('recalled', () => {
    const held = on('ReviewHeld', { reason: 'SECRET' }, rita)
    const recalled = [...asked, held, on('SubmissionRecalled', { submissionId: 's-1' })]
    expect(seen(...recalled)).toMatchObject({ status: 'recalled', held: false, waitsFor: 'nobody' })
  })

  it('what happened to it stays to be seen while the next one is written', () => {
    const rejected = [...started, story.rejected()]
    expect(seen(...rejected, story.revised({ name: 'Ledger 2', headline: null }))).toEqual(seen(...rejected))
  })

  it('T15 a resubmission of the same content carries what passed, and begins anew otherwise', () => {
    const again = on('Submitted', {
      submissionId: 's-2',
      revision: 1,
      contentHash: 'h',
      comment: 'Again.',
      publishMode: 'manual',
      unchanged: true,
    })
    expect(seen(...asked, passed, failed, story.rejected(), again)).toMatchObject({
      submissionId: 's-2',
      status: 'submitted',
      unchanged: true,
      rejection: null,
      questions: [],
      checks: [{ check: 'content', verdict: 'passed', carried: true }],
    })
  })

  it('T15 evidence is shown in later reviews', () => {
    const data = { check: 'security', references: [], links: [], text: 'Here.' }
    const later = [...wanted, on('EvidenceProvided', data), story.rejected(), story.submitted('s-2', 1, 'other')]
    expect(seen(...later)).toMatchObject({ submissionId: 's-2', evidence: [data] })
  })

  it('T12 an approval that was revised is void: no deadline is shown any more', () => {
    for (const voiding of [
      story.revised({ headline: 'Better' }),
      on('VanityUrlClaimed', { slug: 'ledger' }),
      on('VanityUrlReleased', { slug: 'ledger' }),
    ]) {
      const revised = [...started, story.approved(), voiding]
      expect(seen(...revised)).toMatchObject({ submissionId: 's-1', status: 'void', publishBy: null })
      expect(seen(...revised, story.revised({ headline: 'Best' }))).toEqual(seen(...revised))
    }
  })

  it('T21 republishing another revision leaves the review as it was', () => {
    const live = [...started, story.approved(), story.published(), story.revisionStarted(), story.submitted('s-2', 2)]
    expect(seen(...live, story.republished())).toMatchObject({
      submissionId: 's-2',
      status: 'submitted',
    })
  })
})

it('before the first submission there is nothing to see; T32 of a deleted draft nothing is left', () => {
  expect(ran(story.created()).get('l-1', staff)).toBeUndefined()
  expect(ran(story.created()).index('submittedAt')).toEqual([])
  expect(ran(story.created(), story.deleted()).documents.size).toBe(0)
})

it('of what a revision holds, and of what was live, nothing is kept but the name', () => {
  const content = { name: 'Ledger Pro', headline: 'Books that balance' }
  const published = [...submitted, story.approved(), story.published(1, content)]
  const republished = [...published, story.withdrawn(), story.republished(1, content)]
  for (const steps of [submitted, published, republished]) {
    const kept = JSON.stringify([...ran(...steps).documents.values()])
    expect([kept.includes('Ledger Pro'), kept.includes('Books')]).toEqual([true, false])
  }
})
