import { defaultKinds, defineMarketplace, defineView, type Policy, type StoredListingEvent } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import * as z from 'zod'

// A kind of one's own: its fields are typed wherever they appear, and its checks are those of the review.
const dataset = {
  content: z.object({ name: z.string(), summary: z.string(), rows: z.int(), region: z.enum(['eu', 'us']).optional() }),
  checks: { content: 'required', licence: 'optional' },
} as const

const rules = defineMarketplace({
  baseUrl: 'https://data.example',
  kinds: { ...defaultKinds, dataset },
  guidelines: ({ hard }) => [
    hard('enough-rows', ['rows'], ({ rows }) => rows >= 100 || `${rows} rows are a sample. List 100 at least.`),
  ],
})

// A view of one's own: which documents an event touches, and how each of them changes.
const approvalsByMonth = defineView({
  name: 'approvals-by-month',
  version: 1,
  empty: { month: '', approvals: 0 },
  on: { Approved: ({ metadata }) => [metadata.occurredAt.slice(0, 7)] },
  apply: ({ approvals }, _event, month) => ({ month, approvals: approvals + 1 }),
  indexes: ['month'],
})

// A policy of one's own: from what happened to what is asked. It asks in the system's name, and the rules still decide:
// what is to be published by hand stays as it is, and what the built-in policy has published is not published twice.
const publishAtOnce: Policy<StoredListingEvent> = {
  name: 'publish-at-once',
  on: {
    Approved: ({ stream, data: { submissionId } }) => [
      { key: submissionId, command: { type: 'Publish', listingId: stream.slice('listing-'.length), submissionId } },
    ],
  },
}

const market = await openMarketplace({
  rules,
  store: memoryStore(),
  staff: (actorId) => (actorId === 'u-olaf' ? 'operator' : undefined),
  views: { approvalsByMonth },
  policies: [publishAtOnce],
  clock: () => new Date('2026-03-02T09:00:00Z'),
})
const ada = { id: 'u-ada', name: 'Ada Marsh' }
const olaf = { id: 'u-olaf', name: 'Olaf Brandt' }

const company = await market.execute({ type: 'Register', name: 'Marsh Data' }, { by: ada })
if ('refused' in company) throw new Error(company.refused.message)
const publisherId = company.state.id
await market.execute({ type: 'ApprovePublisher', publisherId }, { by: olaf })
await market.execute({ type: 'GrantAutoPublish', publisherId }, { by: olaf })

for (const [name, publishMode] of [
  ['Bus stops', 'auto'],
  ['Post boxes', 'manual'],
] as const) {
  const draft = await market.execute({ type: 'Create', publisherId, kind: 'dataset', name }, { by: ada })
  if ('refused' in draft) throw new Error(draft.refused.message)
  const listingId = draft.state.id
  await market.execute({ type: 'Revise', listingId, changes: { summary: `All ${name}`, rows: 12 } }, { by: ada })

  const early = await market.execute({ type: 'Submit', listingId, publishMode }, { by: ada })
  if ('refused' in early) console.log(`${name}: ${early.refused.message}`)

  await market.execute({ type: 'Revise', listingId, changes: { rows: 4_812, region: 'eu' } }, { by: ada })
  const submitted = await market.execute({ type: 'Submit', listingId, publishMode }, { by: ada })
  if ('refused' in submitted || !('submission' in submitted.state.working)) throw new Error('It should be submitted.')
  const { id: submissionId, contentHash } = submitted.state.working.submission
  await market.execute({ type: 'RecordCheck', listingId, check: 'content', verdict: 'passed' }, { by: olaf })
  await market.execute({ type: 'Approve', listingId, submissionId, contentHash }, { by: olaf })
}

await market.catchUp()
const { documents: live } = await market.views.catalogue.find()
const march = await market.asOperator.views.approvalsByMonth.get('2026-03')
console.log(`Approved in March: ${march?.approvals}. Live: ${live.map(({ name }) => name).join(', ')}.`)
await market.close()
