import { defineMarketplace, defineView } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { openMarketplace } from './open-marketplace.js'

const ada = { id: 'u-ada', name: 'Ada Marsh' }
const eve = { id: 'u-eve', name: 'Eve' }
const otto = { id: 'u-otto', name: 'Otto' }

const counts = defineView({
  name: 'counts',
  version: 1,
  empty: { kind: '', count: 0 },
  on: { Created: (event) => [event.data.kind] },
  apply: (document, _event, key) => ({ kind: key, count: document.count + 1 }),
  indexes: ['kind'],
})

it('answers for whom asks, after what they wrote (T34)', async () => {
  const market = await openMarketplace({
    rules: defineMarketplace({ baseUrl: 'https://market.example' }),
    store: memoryStore(),
    staff: (id) => (id === 'u-otto' ? 'operator' : undefined),
    views: { counts },
  })
  const registered = await market.execute({ type: 'Register', name: 'Acme' }, { by: ada })
  if ('refused' in registered) throw new Error(registered.refused.message)
  const publisherId = registered.state.id
  await market.execute({ type: 'ApprovePublisher', publisherId }, { by: otto })
  const created = await market.execute({ type: 'Create', publisherId, kind: 'app', name: 'Ledger' }, { by: ada })
  if ('refused' in created) throw new Error(created.refused.message)
  const after = created.position
  const mine = await market.views.publisherListings.find({ where: { publisherId }, for: ada, after })
  expect(mine.documents.map((d) => d.name)).toEqual(['Ledger'])
  expect((await market.views.publisherListings.find({ where: { publisherId }, for: eve, after })).documents).toEqual([])
  const c = await market.asOperator.views.counts.get('app', { after })
  expect(c?.count).toBe(1)
  await market.catchUp()
  const h = await market.health()
  expect(h.well).toBe(true)
    h.views.map((v) => [v.name, v.position, v.lag]),
    h.policies,
  )
  await market.close()
})
