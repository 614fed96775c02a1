import { messageRowOf, type StoredEvent } from '@vitrine/core'
import { type By, begin, people, type World } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import type { Telling } from '../../test/tellings.js'
import {
  type Act,
  about,
  aboutReview,
  approval,
  claim,
  current,
  lastQuestion,
  pass,
  play,
  revise,
  rules,
  said,
  staff,
  submit,
  told,
  toPublisher,
} from '../../test/told.js'

const { luc, rita, olaf } = people

describe('when a listing is handed in', () => {
  it('P8 the reviewers are told, with the comment; a first revision differs from nothing', () => {
    expect(told('draft', submit('manual'))).toMatchObject([
      {
        event: { type: 'Submitted' },
        draft: { key: 'listing-submitted', kind: 'listing-submitted', to: { are: 'reviewers' } },
        facts: { ...aboutReview, comment: 'Ready to be read', revision: 1, unchanged: false },
      },
    ])
    expect(told('draft', submit('manual'))[0]?.facts).not.toHaveProperty('differs')
  })

  it('P8 they read what differs from live, the slug among it', () => {
    const [{ facts }] = told('live', [luc, 'StartRevision'], revise, claim, submit('manual')) as [Telling]
    expect(facts).toMatchObject({
      ...aboutReview,
      listingName: 'Ledgerline 2',
      revision: 2,
      differs: ['name', 'headline', 'slug'],
    })
    const again = told('live', [luc, 'StartRevision'], submit('manual'))
    expect(again[0]?.facts).toMatchObject({ differs: [], unchanged: true })
  })

  it('P8 of a suspended listing, what differs from what was live', () => {
    const [one] = told('update', [olaf, 'Suspend', { reason: 'A complaint' }], submit('manual'))
    expect(one?.facts).toMatchObject({ differs: ['headline'] })
  })

  it('P8 it is settled once the submission waits for no review: decided, recalled, or handed in again', () => {
    const row = messageRowOf('Submitted', 'listing-submitted')
    const settledAfter = (...acts: readonly Act[]) => {
      const start = begin(rules, 'submitted')
      const submitted = start.events.findLast(({ type }) => type === 'Submitted')
      const { listing } = acts.reduce(play, start)
      return row?.settled?.(submitted as StoredEvent, { listing } as never)
    }
    const recall: Act = [luc, 'RecallSubmission']
    expect([settledAfter(), settledAfter([rita, 'StartReview'])]).toEqual([false, false])
    expect([settledAfter(...approval), settledAfter(recall), settledAfter(recall, submit('manual'))]).toEqual([
      true,
      true,
      true,
    ])
  })

  it('P8 a recall is told to nobody', () => expect(told('submitted', [luc, 'RecallSubmission'])).toEqual([]))
})

describe('during a review', () => {
  it('P8 the publisher is told what is asked, suggested and wanted, and where to answer', () => {
    const tellings = told(
      'submitted',
      [rita, 'AskQuestion', { text: 'Which banks?', blocking: true }],
      [rita, 'SuggestChanges', { field: 'headline', text: 'Say for whom.' }],
      [rita, 'RequestEvidence', { check: 'content', text: 'Who uses it?' }],
    )
    expect(tellings.map(({ draft }) => draft)).toEqual([
      { key: 'question-asked', kind: 'question-asked', to: toPublisher },
      { key: 'changes-suggested', kind: 'changes-suggested', to: toPublisher },
      { key: 'evidence-requested', kind: 'evidence-requested', to: toPublisher },
    ])
    expect(tellings.map(({ facts }) => facts)).toEqual([
      { ...about, text: 'Which banks?', blocking: true },
      { ...about, field: 'headline', text: 'Say for whom.' },
      { ...about, check: 'content', text: 'Who uses it?' },
    ])
  })

  it('P8 an answer goes to the reviewer who asked that very question', () => {
    const first = ({ listing }: World) => ({ questionId: listing.questionsAsked[0], text: 'All of them.' })
    const tellings = told(
      'submitted',
      [rita, 'AskQuestion', { text: 'Which banks?', blocking: true }],
      [olaf, 'AskQuestion', { text: 'Is there a trial?', blocking: false }],
      (world) => [luc, 'AnswerQuestion', first(world)],
      (world) => [luc, 'AnswerQuestion', { ...lastQuestion(world), text: 'Yes.' }],
    ).slice(2)
    expect(tellings.map(({ draft }) => draft)).toEqual([
      { key: 'question-answered', kind: 'question-answered', to: staff(rita.id) },
      { key: 'question-answered', kind: 'question-answered', to: staff(olaf.id) },
    ])
    expect(tellings.map(({ facts }) => facts)).toEqual([
      { ...aboutReview, question: 'Which banks?', answer: 'All of them.' },
      { ...aboutReview, question: 'Is there a trial?', answer: 'Yes.' },
    ])
  })

  it('P8 evidence goes to the reviewer who asked for it, or asked last; contacts are not in it', () => {
    const reference = { customer: 'Northwind', engagement: 'Twelve months' }
    const wanted = (by: By, check: string): Act => [by, 'RequestEvidence', { check, text: 'Who uses it?' }]
    const provided = (check: string): Act => [
      luc,
      'ProvideEvidence',
      { check, references: [{ ...reference, contact: 'Nora West' }], links: ['https://n.example'], text: 'Ask them.' },
    ]
    const tellings = told(
      'submitted',
      wanted(rita, 'security'),
      wanted(olaf, 'content'),
      wanted(rita, 'content'),
      wanted(olaf, 'demo'),
      ...['content', 'security', 'demo'].map(provided),
    ).slice(4)
    expect(tellings.map(({ draft }) => draft.to)).toEqual([rita.id, rita.id, olaf.id].map(staff))
    expect(tellings[0]?.facts).toEqual({
      ...aboutReview,
      check: 'content',
      references: [reference],
      links: ['https://n.example'],
      text: 'Ask them.',
    })
  })

  it('P8 what the marketplace notes for itself is told to nobody', () => {
    const silent: readonly Act[] = [
      [rita, 'StartReview'],
      pass,
      [rita, 'HoldReview', { reason: 'Waiting for legal' }],
      [rita, 'ResumeReview'],
      [rita, 'RecordCheck', { check: 'security', verdict: 'failed', note: 'Not convincing' }],
    ]
    expect(told('submitted', ...silent)).toEqual([])
  })

  it('P8 a closed question is told to nobody', () => {
    const asked: Act = [rita, 'AskQuestion', { text: 'Which banks?', blocking: true }]
    expect(said('submitted', asked, (world) => [rita, 'CloseQuestion', lastQuestion(world)])).toHaveLength(1)
  })

  it('P8 a rejection says every reason and how to fix it', () => {
    const reasons = [
      { field: 'icon', guideline: 'icon-sharp', seen: 'A blurred icon', howToFix: 'Use a sharper one' },
      { seen: 'No terms', howToFix: 'Add them' },
    ]
    expect(told('submitted', (world) => [rita, 'Reject', { ...current(world), reasons }])).toMatchObject([
      { draft: { key: 'rejected', kind: 'rejected', to: toPublisher }, facts: { ...about, reasons } },
    ])
  })
})
