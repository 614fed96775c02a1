import { defineMarketplace, isRefused } from '@vitrine/core'
import { answerOf, ask, type By, begin, listingId, people, publisherId, type World, wait } from '@vitrine/testing'
import { expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, rita, olaf } = people
const day = 24 * 60 * 60 * 1000
const another = '0190a000-0000-7000-8000-0000000000ff'

const of = (world: World, by: By, type: string, payload: object = {}) =>
  ask(wait(world, 1000), by, { type, listingId, ...payload })
const current = ({ listing: { working } }: World) =>
  'submission' in working
    ? { submissionId: working.submission.id, contentHash: working.submission.contentHash }
    : { submissionId: '', contentHash: '' }

const draft = begin(rules, 'draft')
const submitted = begin(rules, 'submitted')
const inReview = of(submitted, rita, 'StartReview')
const approved = begin(rules, 'approved')
const live = begin(rules, 'live')
const update = of(live, luc, 'StartRevision')
const { submissionId } = current(approved)
const { submissionId: waiting, contentHash } = current(submitted)
const publishBy = approved.listing.working.status === 'approved' ? approved.listing.working.approval.publishBy : ''
const asked = of(submitted, rita, 'AskQuestion', { text: 'Since when?', blocking: true })
const [questionId] = asked.listing.questionsAsked
const given = { check: 'security', text: 'See page 3.' }
const wanted = of(submitted, rita, 'RequestEvidence', { check: 'security', text: 'A report, please.' })
const passed = of(submitted, rita, 'RecordCheck', { check: 'content', verdict: 'passed' })
const long = 'x'.repeat(100)
const revoked = ask(draft, olaf, { type: 'RevokeAutoPublish', publisherId })
const reminder = { submissionId, publishBy, threshold: 14 }

function refusalOf(world: World): object {
  const answer = answerOf(world)
  if (!isRefused(answer)) throw new Error('Nothing was refused.')
  return answer.refused
}

type Refusal = [code: string, world: World, message: string, facts: object]

it.each<Refusal>([
  [
    'listing-suspended',
    of(of(live, olaf, 'Suspend', { reason: 'A complaint' }), luc, 'MakePrivate'),
    'The live revision is suspended by the marketplace; only an operator can change that.',
    {},
  ],
  [
    'approval-expired',
    of(wait(approved, 61 * day), luc, 'Publish', { revision: 1 }),
    `The approval has expired: it had to be published by ${publishBy}. Submit the revision again.`,
    { until: publishBy },
  ],
  ['revision-needed', of(approved, luc, 'Publish'), 'Publish names the revision: 1 is approved.', { revision: 1 }],
  [
    'another-revision',
    of(approved, luc, 'Publish', { revision: 2 }),
    'Revision 1 is approved, not revision 2.',
    { revision: 1 },
  ],
  [
    'submission-outdated',
    of(approved, luc, 'Publish', { submissionId: another }),
    'Another submission is current.',
    { submissionId },
  ],
  [
    'publish-mode-manual',
    of(approved, 'system', 'Publish', { submissionId }),
    'The publisher publishes this revision by hand.',
    {},
  ],
  [
    'deadline-moved',
    of(wait(approved, 50 * day), 'system', 'RemindPublication', { ...reminder, submissionId: another }),
    `The deadline is now ${publishBy}.`,
    { until: publishBy },
  ],
  ['not-due', of(approved, 'system', 'RemindPublication', reminder), 'The threshold of 14 days is not due yet.', {}],
  [
    'not-due',
    of(approved, 'system', 'ExpireApproval', { submissionId, publishBy }),
    'The approval is not due yet.',
    {},
  ],
  [
    'deadline-not-later',
    of(approved, olaf, 'ExtendDeadline', { until: publishBy, reason: 'Trade fair' }),
    `The deadline is ${publishBy}; an extension must be later.`,
    {},
  ],
  [
    'review-held',
    of(of(inReview, rita, 'HoldReview', { reason: 'Legal' }), rita, 'Approve', { submissionId: waiting, contentHash }),
    'The review is held; resume it first.',
    {},
  ],
  [
    'unknown-check',
    of(submitted, rita, 'RecordCheck', { check: long, verdict: 'passed' }),
    `"${long.slice(0, 80)}" is no check of the kind app; its checks are content, architecture, security, demo.`,
    { checks: ['content', 'architecture', 'security', 'demo'] },
  ],
  [
    'unknown-question',
    of(asked, rita, 'CloseQuestion', { questionId: another }),
    'There is no question with this id.',
    {},
  ],
  [
    'evidence-not-requested',
    of(of(wanted, rita, 'RequestEvidence', { check: 'demo', text: 'Show it.' }), luc, 'ProvideEvidence', {
      check: long,
      text: 'Here.',
    }),
    `No evidence for "${long.slice(0, 80)}" is asked for; it is for security, demo.`,
    { open: ['security', 'demo'] },
  ],
  ['evidence-not-requested', of(inReview, luc, 'ProvideEvidence', given), 'No evidence is asked for.', {}],
  [
    'evidence-empty',
    of(wanted, luc, 'ProvideEvidence', { check: 'security' }),
    'Evidence needs a customer reference, a link or a text.',
    {},
  ],
  [
    'unknown-evidence',
    of(of(wanted, luc, 'ProvideEvidence', given), luc, 'EraseEvidence', { evidenceId: another }),
    'There is no evidence with this id.',
    {},
  ],
  ...[submitted, of(asked, rita, 'CloseQuestion', { questionId })].map(
    (world): Refusal => [
      'question-closed',
      of(world, luc, 'AnswerQuestion', { questionId, text: 'Since May.' }),
      'The question is not open: it was answered or closed, or its submission has ended.',
      {},
    ],
  ),
  [
    'unknown-field',
    of(submitted, rita, 'SuggestChanges', { field: long, text: 'Shorter.' }),
    `A app has no field "${long.slice(0, 80)}".`,
    { fields: expect.arrayContaining(['name', 'headline']) },
  ],
  [
    'note-needed',
    of(submitted, rita, 'RecordCheck', { check: 'content', verdict: 'waived' }),
    'Waiving content needs a note that says why.',
    {},
  ],
  [
    'question-open',
    of(asked, rita, 'Approve', { submissionId: waiting, contentHash }),
    'A blocking question is open.',
    { questions: asked.listing.questionsAsked },
  ],
  [
    'checks-open',
    of(wanted, rita, 'Approve', { submissionId: waiting, contentHash }),
    'These checks have neither passed nor been waived: content, security.',
    { checks: ['content', 'security'] },
  ],
  [
    'submission-outdated',
    of(passed, rita, 'Approve', { submissionId: another, contentHash }),
    'Another submission is current. Read it before deciding.',
    { submissionId: waiting },
  ],
  [
    'content-changed',
    of(passed, rita, 'Approve', { submissionId: waiting, contentHash: '0'.repeat(64) }),
    'The content is not what the hash says. Read it again before deciding.',
    { contentHash },
  ],
  [
    'auto-publish-not-granted',
    of(revoked, luc, 'Submit', { publishMode: 'auto', comment: 'Please' }),
    'The marketplace has not granted this publisher the right to publish automatically.',
    {},
  ],
  [
    'incomplete',
    of(of(draft, luc, 'Revise', { changes: { headline: null, icon: null } }), luc, 'Submit', { publishMode: 'manual' }),
    'Submit needs 2 more things: a headline; an icon.',
    { missing: ['headline', 'icon'] },
  ],
  [
    'guidelines',
    of(of(draft, luc, 'Revise', { changes: { demoUrl: 'soon' } }), luc, 'Submit', { publishMode: 'manual' }),
    '1 guideline is not met. demoUrl: "soon" is no secure link. Give a whole one that begins with https://.',
    {},
  ],
  [
    'not-live',
    of(submitted, 'system', 'Approve', { submissionId: waiting, contentHash }),
    'Nothing is live that this could be an update of.',
    {},
  ],
])('%s says why, and names what it is about (%#)', (code, world, message, facts) => {
  expect(refusalOf(world)).toMatchObject({ code, message, ...facts })
})

it('T19 visibility-stays: an update stays as the listing was, and the command that changes it is named', () => {
  const pass = (world: World) =>
    of(of(world, luc, 'Submit', { publishMode: 'manual' }), rita, 'RecordCheck', {
      check: 'content',
      verdict: 'passed',
    })
  const ready = pass(of(update, luc, 'Revise', { changes: { headline: 'Better' } }))
  const approvedUpdate = of(ready, rita, 'Approve', current(ready))
  expect(refusalOf(of(approvedUpdate, luc, 'Publish', { revision: 2, visibility: 'private' }))).toMatchObject({
    code: 'visibility-stays',
    message: 'An update stays public, as the listing was; use MakePrivate afterwards.',
  })
})
