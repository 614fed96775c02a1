import { describe, expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { member, run } from '../../test/run-view.js'
import { logOf, minute, rita, type Step } from '../../test/stored-event.js'
import { reviewQueue } from './review-queue.js'

const { on, ...story } = listingStory()
const submitted = [story.created(), story.revised({ name: 'Ledger Pro' }), story.submitted()]
const started = [...submitted, story.reviewStarted()]
const asked = [...started, on('QuestionAsked', { questionId: 'q-1', text: 'Why?', blocking: true }, rita)]
const queue = (...steps: Step[]) => run(reviewQueue, logOf(...steps))
const queued = (...steps: Step[]) => queue(...steps).get('l-1')

describe('when submitted', () => {
  it('stands in the queue since then', () => {
    expect(queued(...submitted)).toEqual({
      listingId: 'l-1',
      publisherId: 'p-1',
      kind: 'app',
      name: 'Ledger Pro',
      submissionId: 's-1',
      revision: 1,
      submittedAt: minute(3),
      status: 'submitted',
      reviewer: null,
      reviewerName: null,
      held: false,
      openQuestions: 0,
    })
  })

  it('the queue is in the order of submission', () => {
    const other = listingStory('l-2')
    const ran = queue(story.created(), other.created(), other.submitted('s-2'), story.submitted())
    expect([...ran.index('submittedAt')].sort()).toEqual([`${minute(3)} l-2`, `${minute(4)} l-1`])
  })
})

describe('when in review', () => {
  it('counts the questions that are open, each for itself', () => {
    const second = on('QuestionAsked', { questionId: 'q-2', text: 'How?', blocking: false }, rita)
    const answered = on('QuestionAnswered', { questionId: 'q-1', text: 'So.' })
    expect(queued(...asked, second)?.openQuestions).toBe(2)
    expect(queued(...asked, second, answered)?.openQuestions).toBe(1)
    expect(queued(...asked, second, answered, on('QuestionClosed', { questionId: 'q-2' }, rita))?.openQuestions).toBe(0)
  })

  it('names its reviewer, and is found by them', () => {
    expect(queued(...started)).toMatchObject({ status: 'inReview', reviewer: rita.id, reviewerName: rita.name })
    expect(queue(...started).index('reviewer', 'submittedAt')).toEqual([`${rita.id} ${minute(3)} l-1`])
  })

  it('counts the questions that are open', () => {
    expect(queued(...asked)?.openQuestions).toBe(1)
    expect(queued(...asked, on('QuestionAnswered', { questionId: 'q-1', text: 'So.' }))?.openQuestions).toBe(0)
    expect(queued(...asked, on('QuestionClosed', { questionId: 'q-1' }, rita))?.openQuestions).toBe(0)
  })

  it('says when it is held', () => {
    const held = [...started, on('ReviewHeld', { reason: 'SECRET' }, rita)]
    expect(queued(...held)?.held).toBe(true)
    expect(queued(...held, on('ReviewResumed', {}, rita))?.held).toBe(false)
  })

  it('T20 stays when what is live is withdrawn or republished', () => {
    expect(queued(...started, story.republished())).toMatchObject({ submissionId: 's-1' })
  })
})

describe('when nothing is submitted', () => {
  it.each<[string, Step[]]>([
    ['a draft', [story.created()]],
    ['recalled', [...started, on('SubmissionRecalled', { submissionId: 's-1' })]],
    ['approved', [...started, story.approved()]],
    ['rejected', [...started, story.rejected()]],
  ])('%s stands in no queue', (_, steps) => {
    expect(queued(...steps)).toBeUndefined()
    expect(queue(...steps).index('submittedAt')).toEqual([])
  })

  it('T32 nothing is left of a deleted draft', () => {
    expect(queue(story.created(), story.deleted()).documents.size).toBe(0)
  })

  it('T13 a question that comes without a submission changes nothing', () => {
    const late = on('QuestionAsked', { questionId: 'q-1', text: 'Why?', blocking: true }, rita)
    expect(queued(story.created(), late)).toBeUndefined()
  })
})

it('T27 T30 is for staff that is not on the team', () => {
  expect(queue(...started).get('l-1', member)).toBeUndefined()
  expect(queue(...started).get('l-1', { actorId: 'u-rita', staff: true, member: true })).toBeUndefined()
})
