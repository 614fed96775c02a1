import { createHash } from 'node:crypto'
import { appContent, defineMarketplace } from '@vitrine/core'
import {
  answerOf,
  approvedListing,
  approvedPublisher,
  ask,
  begin,
  event,
  listingId,
  listingInReview,
  people,
  type Step,
  scenario,
  submittedListing,
} from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { luc, rita } = people
const reject = {
  by: rita,
  ask: { type: 'Reject', reasons: [{ seen: 'A blurred icon', howToFix: 'Use a sharper one' }] },
}
const recall = { by: luc, ask: { type: 'RecallSubmission' } }
const again = { by: luc, ask: { type: 'Submit', publishMode: 'manual', comment: 'Once more' } }
const waived = {
  by: rita,
  ask: { type: 'RecordCheck', check: 'security', verdict: 'waived', note: 'A known customer' },
}

const content = appContent.pick({ name: true, headline: true, supportContacts: true })
const kind = { content, checks: { content: 'required' } } as const
const anyContent = defineMarketplace({ baseUrl: 'https://market.example', kinds: { plain: kind, other: kind } })

/** Everything that a review may leave open. */
const leftOpen: readonly Step[] = [
  { by: rita, ask: { type: 'AskQuestion', text: 'Why?', blocking: false } },
  { by: rita, ask: { type: 'SuggestChanges', field: 'headline', text: 'Shorter' } },
  { by: rita, ask: { type: 'RequestEvidence', check: 'security', text: 'Which tests?' } },
  { by: rita, ask: { type: 'RecordCheck', check: 'demo', verdict: 'failed' } },
]

async function submissionAfter(...given: readonly Step[]) {
  const { listing } = await scenario(rules, { given, when: [], expect: [] })
  return 'submission' in listing.working ? listing.working.submission : undefined
}

describe('what belongs to a submission', () => {
  it('T13 ends with it, without events of its own: questions, suggestions, requests and verdicts', async () => {
    for (const end of [reject, recall]) {
      const given = [...listingInReview(), ...leftOpen]
      await scenario(rules, {
        given,
        when: [end, again],
        expect: [event(end === reject ? 'Rejected' : 'SubmissionRecalled'), event('Submitted')],
      })
      expect(await submissionAfter(...given)).toMatchObject({ suggestions: [{}], madeRequired: ['security', 'demo'] })
      expect(await submissionAfter(...given, end, again)).toMatchObject({
        questions: {},
        suggestions: [],
        evidenceRequests: {},
        madeRequired: [],
        verdicts: {},
      })
    }
  })

  it('T13 a question of an earlier submission stays closed while the next one has a question open', () => {
    const question = { type: 'AskQuestion', listingId, text: 'Why?', blocking: true }
    const asked = ask(begin(rules, 'submitted'), rita, question)
    const [questionId] = asked.listing.questionsAsked
    const recalled = ask(asked, luc, { type: 'RecallSubmission', listingId })
    const next = ask(ask(recalled, luc, { ...again.ask, listingId }), rita, question)
    const answer = answerOf(ask(next, luc, { type: 'AnswerQuestion', listingId, questionId, text: 'Because.' }))
    expect(next.listing.questionsAsked).toHaveLength(2)
    expect(answer).toHaveProperty('refused.code', 'question-closed')
  })

  it('T15 a waived check carries over with the same content, and with no other', async () => {
    const decided = [...listingInReview(), waived, reject]
    const other = { by: luc, ask: { type: 'Revise', changes: { headline: 'New' } } }
    expect(await submissionAfter(...decided, again)).toMatchObject({
      verdicts: { security: { verdict: 'waived', carried: true } },
    })
    expect(await submissionAfter(...decided, other, again)).toMatchObject({ verdicts: {} })
  })
})

describe('the content hash', () => {
  it('T14 is the SHA-256 of kind, content and slug, with their keys in order', async () => {
    const written = { supportContacts: [{ name: 'Help', email: 'help@publisher.example' }], headline: 'Books' }
    const hashOf = (canonical: string) => createHash('sha256').update(canonical).digest('hex')
    const said =
      '"headline":"Books","name":"Ledgerline","supportContacts":[{"email":"help@publisher.example","name":"Help"}]'
    for (const [name, claims, canonical] of [
      ['plain', [], `{"content":{${said}},"kind":"plain"}`],
      ['other', [], `{"content":{${said}},"kind":"other"}`],
      [
        'plain',
        [{ by: luc, ask: { type: 'ClaimVanityUrl', slug: 'ledger' } }],
        `{"content":{${said}},"kind":"plain","slug":"ledger"}`,
      ],
    ] as const) {
      const { listing } = await scenario(anyContent, {
        given: [
          ...approvedPublisher(),
          { by: luc, ask: { type: 'Create', kind: name, name: 'Ledgerline' } },
          { by: luc, ask: { type: 'Revise', changes: written } },
          ...claims,
        ],
        when: { type: 'Submit', publishMode: 'manual', comment: 'Ready' },
        by: luc,
        expect: [event('Submitted', { contentHash: hashOf(canonical) })],
      })
      expect(listing.working.status).toBe('submitted')
    }
  })
})

describe('an approval that expired', () => {
  it('T16 differs from a rejection in event, cause and actor', async () => {
    const { events } = await scenario(rules, {
      given: approvedListing(),
      after: { days: 61 },
      when: [{ catchUp: true }],
      expect: [event('AutoRejected', { cause: 'publication-overdue' }, 'system')],
    })
    expect(events[0]?.metadata.actor).toEqual({ id: 'system', name: 'Vitrine', role: 'system' })
    await scenario(rules, { given: submittedListing(), when: [reject], expect: [event('Rejected', {}, 'reviewer')] })
  })
})
