import { defineView, type StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { documentsOf } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { allEvents, done, draftIn, luc, open, publisherIn } from './stage.js'

interface Owner {
  readonly owner: string
}

interface Revisions {
  readonly publisherId: string
  readonly revised: number
}

/** How often each publisher revised its listings: whose a listing is, only its first event says. */
function revisionsByPublisher(options: { breaks?: () => boolean } = {}) {
  return defineView<Owner | Revisions, 'Created' | 'Revised', Revisions>({
    name: 'revisions-by-publisher',
    version: 1,
    empty: { owner: '' },
    on: { Created: ({ stream }) => [stream], Revised: ({ stream }) => [stream] },
    alsoTouches: (document, { type }) => {
      if (options.breaks?.()) throw new Error('A bug in the view')
      return type === 'Revised' && 'owner' in document ? [document.owner] : []
    },
    apply: (document, event, key, others) => {
      if (event.type === 'Created') return { owner: event.data.publisherId }
      if (key === event.stream) return document
      const { owner } = others(event.stream) as Owner
      return { publisherId: owner, revised: 'revised' in document ? document.revised + 1 : 1 }
    },
    show: (document) => ('revised' in document ? document : undefined),
  })
}

const view = revisionsByPublisher()
const revise = (listingId: string, headline: string) => ({ type: 'Revise', listingId, changes: { headline } })

async function countedMarket(store = memoryStore(), revisions = view) {
  const market = await open({ store, views: { revisions } })
  const publisherId = await publisherIn(market)
  const listings = [await draftIn(market, publisherId, 'One'), await draftIn(market, publisherId, 'Two')]
  const counted = async (among = market) =>
    ((await among.asOperator.views.revisions?.get(publisherId)) as Revisions | undefined)?.revised
  return { store, market, publisherId, listings, counted }
}

describe('documents that only another one can tell to be touched', () => {
  it('are folded with it, in the batch in which it began as in any later one', async () => {
    const { store, market, publisherId, listings, counted } = await countedMarket()
    await market.catchUp()
    expect(await counted()).toBe(2)
    for (const [at, listingId] of [...listings, ...listings].entries()) {
      await done(market, revise(listingId, `Headline ${at}`), { by: luc })
      if (at % 2 === 0) await market.catchUp()
    }
    const again = await open({ store, views: { revisions: view } })
    await again.catchUp()
    expect(await counted(again)).toBe(6)
    const folded = documentsOf(view, (await allEvents((await store.open()).log)) as readonly StoredEvent[])
    expect(folded.get(publisherId)).toEqual({ publisherId, revised: 6 })
  })

  it('come out of a rebuild as they were', async () => {
    const { market, counted } = await countedMarket()
    await market.catchUp()
    await market.rebuild('revisions')
    await market.catchUp()
    expect(await counted()).toBe(2)
  })

  it('are no fault as long as they were not loaded: the fold begins anew with them', async () => {
    let isThere = false
    const strict: typeof view = {
      ...view,
      apply: (document, event, key, others) => {
        if (isThere && key !== event.stream && !('revised' in document)) throw new Error('It was counted before')
        return view.apply(document, event, key, others)
      },
    }
    const { market, listings, counted } = await countedMarket(memoryStore(), strict)
    await market.catchUp()
    isThere = true
    await done(market, revise(listings[0]!, 'Headline'), { by: luc })
    await market.catchUp()
    expect(await counted()).toBe(3)
  })

  it('B5 stop the view when it cannot tell them, and nothing of the batch counts', async () => {
    let broken = true
    const { market, counted } = await countedMarket(memoryStore(), revisionsByPublisher({ breaks: () => broken }))
    await market.catchUp()
    const { views } = await market.health()
    expect(views.find(({ name }) => name === 'revisions-by-publisher')?.stopped).toMatchObject({
      code: 'view-stopped',
      reason: 'A bug in the view',
      event: { type: 'Created' },
    })
    broken = false
    await market.catchUp()
    expect(await counted()).toBe(2)
  })
})
