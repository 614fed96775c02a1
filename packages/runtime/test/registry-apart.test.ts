import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { type Fuse, fuseAt, fused } from './fuse.js'
import { singleStreams } from './single-streams.js'
import {
  allEvents,
  approve,
  done,
  draftIn,
  handClock,
  luc,
  olaf,
  open,
  publisherIn,
  refusal,
  typesIn,
} from './stage.js'

describe('where an append writes one stream and guards none', () => {
  it('T17 a claim reserves the slug, is written to the listing, and is confirmed', async () => {
    const { store, market, listings } = await twoDrafts()
    await claim(market, listings[0])
    expect(await typesIn(store, 'vanity-')).toEqual(['SlugReserved', 'SlugTaken'])
    expect(await typesIn(store)).toContain('VanityUrlClaimed')
    expect(await refusal(market, claiming(listings[1]), { by: luc })).toBe('slug-taken')
    await market.close()
  })

  it('T17 a slug that the listing lets go is freed, by whatever lets it go', async () => {
    const { store, market, listings } = await twoDrafts()
    const [listingId] = listings
    await claim(market, listingId)
    await done(market, { type: 'ReleaseVanityUrl', listingId }, { by: luc })
    await claim(market, listings[1])
    await done(market, { type: 'ClaimVanityUrl', listingId: listings[1], slug: 'another-one' }, { by: luc })
    await claim(market, listingId)
    await done(market, { type: 'Delete', listingId }, { by: luc })
    expect(await holders(store)).toEqual({ ledgerline: undefined, 'another-one': listings[1] })
    await market.close()
  })

  it('T17 of two claims at once one wins, in one process and in two', async () => {
    const { store, market, listings } = await twoDrafts()
    const there = await open({ store })
    for (let round = 0; round < 20; round += 1) {
      const slug = `ledgerline-${round}`
      const claims = listings.map((listingId, at) =>
        (at && round % 2 ? there : market).execute({ type: 'ClaimVanityUrl', listingId, slug }, { by: luc }),
      )
      const answers = (await Promise.all(claims)).map((one) => ('refused' in one ? one.refused.code : 'claimed'))
      expect(answers.filter((answer) => answer === 'claimed').length).toBeLessThanOrEqual(1)
      expect(answers).toContain('slug-taken')
    }
    await Promise.all([market.close(), there.close()])
    await expectSettled(store)
  })

  it('T17 whoever dies at any step of a claim leaves a slug that is held or comes free', async () => {
    const clock = handClock()
    let fuse: Fuse
    let at = 0
    do {
      const { store, market, listings } = await twoDrafts(clock)
      await market.close()
      fuse = fuseAt(at)
      const dying = await open({ store: fused(store, fuse), clock })
      fuse.arm()
      await dying.execute(claiming(listings[0]), { by: luc, commandId: 'c-1' }).catch(() => undefined)
      await dying.close().catch(() => undefined)
      const later = await open({ store, clock })
      clock.wait(61_000)
      await later.catchUp()
      await expectSettled(store)
      const retried = await later.execute(claiming(listings[0]), { by: luc, commandId: 'c-1' })
      expect('refused' in retried).toBe(false)
      await later.close()
      await expectSettled(store)
      at += 1
    } while (fuse.isBlown)
    expect(at).toBeGreaterThan(10)
  })

  it('T17 a claim that comes after its reservation was given up is not written', async () => {
    const clock = handClock()
    const { store, market, listings } = await twoDrafts(clock)
    const late = Promise.withResolvers<void>()
    const reserved = Promise.withResolvers<void>()
    const slow = await open({
      clock,
      store: {
        open: async () => {
          const opened = await store.open()
          const append: typeof opened.log.append = async (one, options) => {
            const isClaim = one.writes[0]?.events[0]?.type === 'VanityUrlClaimed'
            if (isClaim) reserved.resolve()
            if (isClaim) await late.promise
            return opened.log.append(one, options)
          }
          return { ...opened, log: { ...opened.log, append } }
        },
      },
    })
    const claimed = slow.execute(claiming(listings[0]), { by: luc })
    await reserved.promise
    clock.wait(61_000)
    await market.catchUp()
    await claim(market, listings[1])
    late.resolve()
    expect(await claimed).toHaveProperty('refused.code', 'slug-taken')
    await Promise.all([slow.close(), market.close()])
    expect(await holders(store)).toEqual({ ledgerline: listings[1] })
  })

  it('A50 a right that another process has revoked is not used, however warm the cache', async () => {
    const store = singleStreams(memoryStore())
    const [here, there] = await Promise.all([open({ store }), open({ store })])
    const publisherId = await publisherIn(here)
    const listingId = await draftIn(here, publisherId)
    await approve(here, listingId)
    await done(there, { type: 'SuspendPublisher', publisherId, reason: 'Unpaid' }, { by: olaf })
    expect(await refusal(here, { type: 'Publish', listingId, revision: 1 }, { by: luc })).toBe('publisher-suspended')
    await Promise.all([here.close(), there.close()])
  })

  it('D25 all that settles the registry, run again a year later, writes nothing', async () => {
    const clock = handClock()
    const { store, market, listings } = await twoDrafts(clock)
    await claim(market, listings[0])
    await market.catchUp()
    await done(market, { type: 'ReleaseVanityUrl', listingId: listings[0] }, { by: luc })
    await market.catchUp()
    const before = (await typesIn(store, '')).length
    clock.wait(365 * 24 * 60 * 60 * 1000)
    await market.catchUp()
    expect((await typesIn(store, '')).length).toBe(before)
    await market.close()
  })
})

const claiming = (listingId: string) => ({ type: 'ClaimVanityUrl' as const, listingId, slug: 'ledgerline' })

function claim(market: object, listingId: string) {
  return done(market, claiming(listingId), { by: luc })
}

async function twoDrafts(clock = handClock()) {
  const store = singleStreams(memoryStore())
  const market = await open({ store, clock })
  const publisherId = await publisherIn(market)
  const listings = [await draftIn(market, publisherId), await draftIn(market, publisherId, 'Other')] as const
  return { store, market, listings }
}

type Opened = Parameters<typeof allEvents>[0]

/** Who holds each slug, by the registry. */
async function holders(store: { open(): Promise<{ log: Opened }> }) {
  const found: { [slug: string]: string | undefined } = {}
  for (const { stream, type, data } of await allEvents((await store.open()).log)) {
    if (!stream.startsWith('vanity-')) continue
    if (type === 'SlugTaken') found[stream.slice('vanity-'.length)] = textOf(data.listingId)
    if (type === 'SlugFreed') found[stream.slice('vanity-'.length)] = undefined
  }
  return found
}

/** The registry says of every slug what the listings say. */
async function expectSettled(store: { open(): Promise<{ log: Opened }> }) {
  const claimed: { [listing: string]: string | undefined } = {}
  for (const { stream, type, data } of await allEvents((await store.open()).log)) {
    if (type === 'VanityUrlClaimed') claimed[stream.slice('listing-'.length)] = textOf(data.slug)
    if (type === 'VanityUrlReleased') claimed[stream.slice('listing-'.length)] = undefined
  }
  const held = Object.entries(await holders(store)).filter(([, listing]) => listing !== undefined)
  const said = Object.entries(claimed).filter(([, slug]) => slug !== undefined)
  expect(new Map(held)).toEqual(new Map(said.map(([listing, slug]) => [slug, listing])))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
