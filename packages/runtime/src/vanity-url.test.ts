import { defineMarketplace, type EventStore, type Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { people, staffOf } from '@vitrine/testing'
import { expect, it } from 'vitest'
import { openMarketplace } from './open-marketplace.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, olaf } = people

it('T17 of two claims at once one wins, in one process and in two', async () => {
  const store = memoryStore()
  const [here, there] = await Promise.all([open(store), open(store)])
  const publisherId = '0190a000-0000-7000-8000-0000000000aa'
  await here.execute({ type: 'Register', publisherId, name: 'Marsh Software' }, { by: ada })
  await here.execute({ type: 'ApprovePublisher', publisherId }, { by: olaf })
  for (let round = 0; round < 30; round += 1) {
    const ids = [`0190a000-0000-7000-8000-00000001${hex(round)}`, `0190a000-0000-7000-8000-00000002${hex(round)}`]
    for (const listingId of ids)
      await here.execute({ type: 'Create', listingId, publisherId, kind: 'app', name: 'Ledgerline' }, { by: ada })
    const slug = `ledgerline-${round}`
    const claims = ids.map((listingId, at) =>
      (round % 2 === 0 || at === 0 ? here : there).execute({ type: 'ClaimVanityUrl', listingId, slug }, { by: ada }),
    )
    const answers = (await Promise.all(claims)).map((answer) => ('refused' in answer ? answer.refused.code : 'claimed'))
    expect(answers.toSorted()).toEqual(['claimed', 'slug-taken'])
  }
  await Promise.all([here.close(), there.close()])
})

it('T17 a claim that was decided before another one was written is decided again', async () => {
  const store = memoryStore()
  let first: (() => Promise<void>) | undefined
  const market = await open(delayed(store, () => first?.()))
  const publisherId = '0190a000-0000-7000-8000-0000000000aa'
  const [one, two] = ['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002'] as const
  await market.execute({ type: 'Register', publisherId, name: 'Marsh Software' }, { by: ada })
  await market.execute({ type: 'ApprovePublisher', publisherId }, { by: olaf })
  for (const listingId of [one, two])
    await market.execute({ type: 'Create', listingId, publisherId, kind: 'app', name: 'Ledgerline' }, { by: ada })
  first = async () => {
    first = undefined
    await market.execute({ type: 'ClaimVanityUrl', listingId: two, slug: 'ledgerline' }, { by: ada })
  }
  const late = await market.execute({ type: 'ClaimVanityUrl', listingId: one, slug: 'ledgerline' }, { by: ada })
  expect(late).toHaveProperty('refused.code', 'slug-taken')
  await market.close()
})

/** The store, with something that happens just before an append. */
function delayed(store: Store, before: () => Promise<void> | undefined): Store {
  return {
    open: async () => {
      const opened = await store.open()
      const log: EventStore = {
        ...opened.log,
        append: async (append, options) => {
          await before()
          return opened.log.append(append, options)
        },
      }
      return { ...opened, log }
    },
  }
}

function open(store: Store) {
  return openMarketplace({ rules, store, staff: staffOf })
}

function hex(round: number): string {
  return round.toString(16).padStart(4, '0')
}
