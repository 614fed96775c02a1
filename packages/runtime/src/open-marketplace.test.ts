import { defineMarketplace } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { openMarketplace } from './open-marketplace.js'

const ada = { id: 'u-ada', name: 'Ada Marsh' }
const otto = { id: 'u-otto', name: 'Otto' }

it('takes commands from the first registration to a claimed vanity URL, and repeats its answers (T28)', async () => {
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
  const listingId = created.state.id
  const revised = await market.execute({ type: 'Revise', listingId, changes: { headline: 'Keeps books' } }, { by: ada })
  if ('refused' in revised) throw new Error(revised.refused.message)
  expect(revised).toMatchObject({ version: 1 })
  const possible = (await market.nextActions(listingId, { by: ada })).filter(({ refused }) => !refused)
  expect(possible.map(({ command }) => command)).toEqual(['Revise', 'ClaimVanityUrl', 'ReleaseVanityUrl', 'Delete'])
  const claimed = await market.execute({ type: 'ClaimVanityUrl', listingId, slug: 'ledger' }, { by: ada })
  expect(claimed).toMatchObject({ version: 2, state: { working: { slug: 'ledger' } } })
  const again = await market.execute({ type: 'Register', name: 'Acme' }, { by: ada, commandId: 'c-1' })
  expect(again).toEqual({ ...registered, duplicate: true })
})
