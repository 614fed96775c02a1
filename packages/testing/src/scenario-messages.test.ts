import { defineMarketplace } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { event, nothingSent, sent } from './expectations.js'
import { approvedListing, draftListing, listingInReview } from './given.js'
import { people } from './people.js'
import { scenario } from './scenario.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, rita } = people
const catchUp = { catchUp: true } as const
const asked = [{ by: rita, ask: { type: 'AskQuestion', text: 'Which banks?', blocking: true } }, catchUp]
const toBoth = sent('question-asked', { to: [ada.id, luc.id], facts: { text: 'Which banks?' } })
const questionAsked = event('QuestionAsked')

describe('a scenario that expects messages', () => {
  it('P8 sees to whom they went, and what they say', async () => {
    const { messages } = await scenario(rules, {
      given: listingInReview(),
      when: asked,
      expect: [questionAsked, toBoth],
    })
    expect(messages.map(({ to }) => to).toSorted()).toEqual([ada.id, luc.id])
  })

  it('sees nothing of what was told of before it, though it goes out meanwhile', () =>
    scenario(rules, { given: approvedListing(), when: [catchUp], expect: [nothingSent] }))

  it('sees what policies have done', () =>
    scenario(rules, {
      given: approvedListing({ publishMode: 'auto', slug: 'ledgerline' }),
      when: [catchUp],
      expect: [
        event('Published'),
        sent('approved-and-live', { to: ada.id, facts: { link: 'https://market.example/ledgerline' } }),
        sent('approved-and-live', { to: luc.id }),
      ],
    }))

  it.each([
    ['Message question-asked to u-vic is missing.', [sent('question-asked', { to: ['u-ada', 'u-luc', 'u-vic'] })]],
    ['A message was not expected: question-asked to u-luc.', [sent('question-asked', { to: ada.id })]],
    ['A message was not expected: question-asked to u-ada.', [nothingSent]],
    ['Message rejected is missing.', [toBoth, sent('rejected')]],
    [
      '.text is "Which banks?", not "Why?".',
      [sent('question-asked', { facts: { text: 'Why?' } }), sent('question-asked')],
    ],
    ['question-asked to u-ada {"', [sent('rejected')]],
  ])('says what came out otherwise: %s', async (line, expected) => {
    const played = scenario(rules, { given: listingInReview(), when: asked, expect: [questionAsked, ...expected] })
    await expect(played).rejects.toThrow(line)
  })

  it('looks when everything has come to rest, though no step says so', async () => {
    const submitted = { given: draftListing(), when: { type: 'Submit', publishMode: 'manual' }, by: luc } as const
    const told = sent('listing-submitted', { to: rita.id })
    await scenario(rules, { ...submitted, expect: [event('Submitted'), told] })
    const untold = scenario(rules, { ...submitted, expect: [event('Submitted'), nothingSent] })
    await expect(untold).rejects.toThrow('A message was not expected: listing-submitted to u-rita.')
  })

  it('that expects none does not look at them', () =>
    scenario(rules, {
      given: draftListing(),
      when: { type: 'Submit', publishMode: 'manual' },
      by: luc,
      expect: [event('Submitted')],
    }))
})
