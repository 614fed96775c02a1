import { defineMarketplace } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { openMarketplace } from './open-marketplace.js'

const ada = { id: 'u-ada', name: 'Ada Marsh' }
const otto = { id: 'u-otto', name: 'Otto' }

it('works', async () => {
  const market = await openMarketplace({
    rules: defineMarketplace({ baseUrl: 'https://market.example' }),
    store: memoryStore(),
    staff: (id) => (id === 'u-otto' ? 'operator' : undefined),
  })
  const registered = await market.execute({ type: 'Register', name: 'Acme' }, { by: ada, commandId: 'c-1' })
  if ('refused' in registered) throw new Error(registered.refused.message)
  const publisherId = registered.state.id
  expect(registered.events.map((event) => event.type)).toEqual(['Registered', 'MemberJoined'])
  const approved = await market.execute({ type: 'ApprovePublisher', publisherId }, { by: otto })
  expect(approved).toMatchObject({ version: 2 })
  const created = await market.execute({ type: 'Create', publisherId, kind: 'app', name: 'Ledger' }, { by: ada })
  if ('refused' in created) throw new Error(created.refused.message)
  expect(created.state.working.status).toBe('draft')
  const t = created.events[0]
  if (t?.type === 'Revised') t.data.changes.headline
  const listingId = created.state.id
  const revised = await market.execute({ type: 'Revise', listingId, changes: { headline: 'Keeps books' } }, { by: ada })
  if ('refused' in revised) throw new Error(revised.refused.message)
  expect(revised).toMatchObject({ version: 1 })
  console.log(
    JSON.stringify(revised, null, 1),
    (await market.nextActions(listingId, { by: ada })).filter((a) => !a.refused),
  )
  const claimed = await market.execute({ type: 'ClaimVanityUrl', listingId, slug: 'ledger' }, { by: ada })
  console.log(claimed)
  const again = await market.execute({ type: 'Register', name: 'Acme' }, { by: ada, commandId: 'c-1' })
  expect(again).toEqual({ ...registered, duplicate: true })
  for await (const page of market.events())
    console.log(page.events.map((event) => [event.position, event.stream, event.type]))

  const n = 20000
  for (let r = 0; r < 3; r++) {
    const t0 = performance.now()
    for (let i = 0; i < n; i++)
      await market.execute({ type: 'Revise', listingId, changes: { headline: `Keeps books ${i} ${r}` } }, { by: ada })
    console.log('us per command', ((performance.now() - t0) / n) * 1000)
  }
})
