import { type AnyMessageRow, draftsOf, listingAggregate, type StoredEvent } from '@vitrine/core'
import { expect, it } from 'vitest'
import { listingStory } from '../../test/listing-story.js'
import { logOf } from '../../test/stored-event.js'

const toReviewers = { are: 'reviewers' } as const
const row = (more: Partial<AnyMessageRow>): AnyMessageRow => ({
  on: 'Submitted',
  kind: 'listing-submitted',
  to: () => toReviewers,
  facts: () => ({}),
  ...more,
})
const submitted = logOf(listingStory().submitted('s-1', 1, 'h-1')).at(-1) as StoredEvent
const listing = listingAggregate.decider.initial()
const stood = { before: listing, listings: [{ ...listing, id: 'l-2' }] }

it('the table asks for the messages of its rows, each under its kind, and of no row of another event', () => {
  const rows = [row({}), row({ kind: 'other', when: () => true }), row({ on: 'Approved' })]
  expect(draftsOf(rows, submitted, stood)).toEqual([
    { key: 'listing-submitted', kind: 'listing-submitted', to: toReviewers },
    { key: 'other', kind: 'other', to: toReviewers },
  ])
})

it('a row that does not hold as things stood asks for none', () => {
  expect(
    draftsOf([row({ when: (event, { before }) => before !== stood.before && event !== submitted })], submitted, stood),
  ).toEqual([])
})

it('a row may name the listings that its message is about', () => {
  const about = (_event: StoredEvent, { listings }: typeof stood) => listings.map(({ id }) => id)
  expect(draftsOf([row({ about: about as never })], submitted, stood)).toMatchObject([{ about: ['l-2'] }])
})
