import { defineView, type Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { expect, it } from 'vitest'
import { done, draftIn, luc, open, publisherIn } from './stage.js'

const revised = defineView({
  name: 'revised',
  version: 1,
  empty: { times: 0 },
  on: { Revised: ({ stream }) => [stream] },
  apply: ({ times }) => ({ times: times + 1 }),
})

interface Calls {
  loads: (readonly string[])[]
  writes: (readonly string[])[]
}

it('a batch asks for all its documents in one question, and writes each of them once', async () => {
  const calls: Calls = { loads: [], writes: [] }
  const market = await open({ store: noting(calls), views: { revised } })
  const publisherId = await publisherIn(market)
  const listings = [await draftIn(market, publisherId, 'One'), await draftIn(market, publisherId, 'Two')]
  await market.ready()
  for (let n = 0; n < 30; n += 1) {
    const changes = { headline: `Edition ${n}` }
    await done(market, { type: 'Revise', listingId: listings[n % 2], changes }, { by: luc })
  }
  Object.assign(calls, { loads: [], writes: [] })
  await market.catchUp()
  const streams = listings.map((id) => `listing-${id}`)
  expect(calls).toEqual({ loads: [streams], writes: [streams] })
})

/** Notes what is asked of the view's table and written to it. */
function noting(calls: Calls): Store {
  const store = memoryStore()
  return {
    open: async () => {
      const opened = await store.open()
      const openTable: typeof opened.views.open = async (shape) => {
        const table = await opened.views.open(shape)
        if (shape.name !== revised.name) return table
        return {
          ...table,
          load: (keys) => {
            calls.loads.push([...keys])
            return table.load(keys)
          },
          write: (batch) => {
            calls.writes.push(batch.put.map(({ key }) => key))
            return table.write(batch)
          },
        }
      }
      return { ...opened, views: { ...opened.views, open: openTable } }
    },
  }
}
