import { defineMarketplace, type Store, type ViewShape } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { enquiry, memoryNotifier } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import {
  ada,
  allEvents,
  approve,
  day,
  done,
  draftIn,
  handClock,
  liveIn,
  loggedBy,
  luc,
  olaf,
  open,
  publisherIn,
  typesIn,
  withLog,
} from '../test/stage.js'

const minute = 60_000

async function approvedMarket(options: Parameters<typeof open>[0] = {}) {
  const store = options.store ?? memoryStore()
  const clock = handClock()
  const market = await open({ store, clock, ...options })
  const publisherId = await publisherIn(market)
  const listingId = await draftIn(market, publisherId)
  await approve(market, listingId)
  const ofType = async (type: string) =>
    (await allEvents((await store.open()).log)).filter((event) => event.type === type)
  return { store, clock, market, publisherId, listingId, ofType }
}

describe('an approval that nobody publishes', () => {
  it('T29 is reminded of once for each threshold, and the smallest counts when several are reached', async () => {
    const { clock, market, ofType } = await approvedMarket()
    const thresholds = async () => (await ofType('PublicationReminded')).map(({ data }) => data.threshold)
    await market.catchUp()
    expect(await thresholds()).toEqual([])
    clock.wait(30 * day)
    await market.catchUp()
    await market.catchUp()
    expect(await thresholds()).toEqual([30])
    clock.wait(29.5 * day)
    await market.catchUp()
    expect(await thresholds()).toEqual([30, 1])
  })

  it('T1 C13 is rejected once, late, when nobody was there at the time', async () => {
    const { clock, market, store, ofType, listingId } = await approvedMarket()
    clock.wait(63 * day)
    await (await open({ store, clock })).catchUp()
    await market.catchUp()
    const [rejected, ...more] = await ofType('AutoRejected')
    expect(more).toEqual([])
    expect(rejected).toMatchObject({ stream: `listing-${listingId}`, data: { publishBy: '2026-03-06T09:00:00.000Z' } })
    expect(rejected?.metadata).toMatchObject({ occurredAt: '2026-03-09T09:00:00.000Z', actor: { id: 'system' } })
    expect(await ofType('PublicationReminded')).toEqual([])
  })

  it.each([
    ['alone', 30 * day],
    ['with a reminder that fell due before it', 60 * day],
  ])('C13 that is rejected %s is told of, and shown so, after one catchUp', async (_, wait) => {
    const mail = memoryNotifier()
    const people = { contact: (id: string) => ({ email: `${id}@people.example` }), reviewers: () => [] }
    const { clock, market, listingId } = await approvedMarket({ notifiers: [mail], people })
    clock.wait(60 * day - wait)
    await market.catchUp()
    clock.wait(wait + 1)
    await market.catchUp()
    expect(mail.sent.filter(({ kind }) => kind === 'auto-rejected')).toHaveLength(2)
    expect(await market.views.publisherListings.get(listingId, { for: luc })).toMatchObject({
      working: { status: 'rejected' },
    })
    const { policies } = await market.health()
    expect(policies.filter(({ lag }) => lag.events > 0)).toEqual([])
  })

  it('C14 that was extended is not touched by the deadline from before', async () => {
    const { clock, market, ofType, listingId } = await approvedMarket()
    clock.wait(59 * day)
    const until = '2026-04-01T00:00:00.000Z'
    await done(market, { type: 'ExtendDeadline', listingId, until, reason: 'Holidays' }, { by: olaf })
    clock.wait(2 * day)
    await market.catchUp()
    expect(await ofType('AutoRejected')).toEqual([])
    clock.wait(60 * day)
    await market.catchUp()
    expect((await ofType('AutoRejected')).map(({ data }) => data.publishBy)).toEqual([until])
  })

  it('C15 and that two runners sweep is rejected once', async () => {
    const { clock, market, store, ofType } = await approvedMarket()
    const others = [await open({ store, clock }), await open({ store, clock })]
    clock.wait(60 * day + minute)
    await Promise.all([market, ...others].map((one) => one.catchUp()))
    expect(await ofType('AutoRejected')).toHaveLength(1)
  })

  it('C16 is counted in days of 24 hours in UTC, over every change of clocks', async () => {
    const zone = process.env.TZ
    process.env.TZ = 'America/New_York'
    try {
      const { clock, market, ofType } = await approvedMarket()
      clock.wait(60 * day)
      await market.catchUp()
      expect(await ofType('AutoRejected')).toEqual([])
      clock.wait(1)
      await market.catchUp()
      expect(await ofType('AutoRejected')).toHaveLength(1)
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('is swept in the background', async () => {
    const { clock, market, ofType } = await approvedMarket({ limits: { sweepEvery: 5 } })
    market.start()
    clock.wait(60 * day + minute)
    for (let wait = 0; wait < 200 && (await ofType('AutoRejected')).length === 0; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(await ofType('AutoRejected')).toHaveLength(1)
    await market.close()
  })
})

async function capturedMarket(options: Parameters<typeof open>[0] = {}) {
  const store = options.store ?? memoryStore()
  const clock = handClock()
  const market = await open({ store, clock, ...options })
  const { listingId } = await liveIn(market)
  const capture = { type: 'CaptureLead', listingId, ...enquiry }
  const leadId = (await done(market, capture, { by: 'visitor' })).state.id
  const overdue = async () =>
    (await allEvents((await store.open()).log)).filter(({ type }) => type === 'FirstResponseOverdue')
  return { store, clock, market, leadId, capture, overdue }
}

describe('a lead that nobody answers', () => {
  it('P6 is overdue one millisecond after 48 hours, once', async () => {
    const { clock, market, overdue, leadId } = await capturedMarket()
    clock.wait(2 * day)
    await market.catchUp()
    expect(await overdue()).toEqual([])
    clock.wait(1)
    await market.catchUp()
    await market.catchUp()
    expect(await overdue()).toMatchObject([
      {
        stream: `lead-${leadId}`,
        data: { respondBy: '2026-01-07T09:00:00.000Z' },
        metadata: { actor: { id: 'system' } },
      },
    ])
  })

  it('P6 C13 is overdue once, late, when nobody was there at the time', async () => {
    const { clock, market, store, overdue } = await capturedMarket()
    clock.wait(9 * day)
    await (await open({ store, clock })).catchUp()
    await market.catchUp()
    const [noted, ...more] = await overdue()
    expect(more).toEqual([])
    expect(noted).toMatchObject({
      data: { respondBy: '2026-01-07T09:00:00.000Z' },
      metadata: { occurredAt: '2026-01-14T09:00:00.000Z' },
    })
  })

  it('P6 C15 and that three runners sweep is overdue once', async () => {
    const { clock, market, store, overdue } = await capturedMarket()
    const others = [await open({ store, clock }), await open({ store, clock })]
    clock.wait(2 * day + minute)
    await Promise.all([market, ...others].map((one) => one.catchUp()))
    expect(await overdue()).toHaveLength(1)
  })

  it('P6 that somebody answered before a late sweep came is not overdue any more, and no harm is done', async () => {
    const { clock, market, leadId, overdue } = await capturedMarket()
    clock.wait(3 * day)
    await done(market, { type: 'MarkContacted', leadId }, { by: ada })
    await market.catchUp()
    expect(await overdue()).toEqual([])
  })

  it('P6 T2 keeps the deadline that it was captured with, whatever the rules say by now', async () => {
    const { clock, store, overdue } = await capturedMarket()
    const rules = defineMarketplace({ baseUrl: 'https://market.example', firstResponseWithinHours: 1 })
    const other = await open({ store, clock, rules })
    clock.wait(day)
    await other.catchUp()
    expect(await overdue()).toEqual([])
  })

  it('P6 reopened to new it is not asked about again', async () => {
    const { clock, market, leadId, overdue } = await capturedMarket()
    clock.wait(2 * day + minute)
    await market.catchUp()
    await done(market, { type: 'MarkLost', leadId, reason: 'No answer.' }, { by: ada })
    await done(market, { type: 'ReopenLead', leadId }, { by: ada })
    clock.wait(9 * day)
    await market.catchUp()
    expect(await overdue()).toHaveLength(1)
  })
})

describe('leads of which nothing is due', () => {
  it('P6 are not even read by the sweep, however many there are', async () => {
    const store = memoryStore()
    const read: number[] = []
    const watched: Store = {
      open: async () => {
        const opened = await store.open()
        const views = {
          ...opened.views,
          open: async (shape: ViewShape) => {
            const table = await opened.views.open(shape)
            const find: typeof table.find = async (query) => {
              const page = await table.find(query)
              if (query.order === 'responseDueBy') read.push(page.documents.length)
              return page
            }
            return { ...table, find }
          },
        }
        return { ...opened, views }
      },
    }
    const { clock, market, leadId, capture } = await capturedMarket({ store: watched })
    await done(market, { type: 'MarkContacted', leadId }, { by: ada })
    clock.wait(day)
    await done(market, capture, { by: 'visitor' })
    clock.wait(day + minute)
    await market.catchUp()
    expect(read.length).toBeGreaterThan(0)
    expect(Math.max(...read)).toBe(0)
  })
})

describe('very many deadlines at once', () => {
  it('C19 are worked off a few at a time; one that fails keeps none of the others', async () => {
    const store = memoryStore()
    let under = 0
    let most = 0
    let bad = ''
    const watched = withLog(store, (log) => ({
      append: async (append) => {
        under += 1
        most = Math.max(most, under)
        await new Promise(setImmediate)
        under -= 1
        if (append.writes[0]?.stream === bad) throw new Error('The disk is full')
        return log.append(append)
      },
    }))
    const logger = loggedBy()
    const { clock, market, publisherId, ofType } = await approvedMarket({
      store: watched,
      limits: { sweepAtOnce: 4 },
      logger,
    })
    for (let at = 0; at < 40; at += 1) {
      const listingId = await draftIn(market, publisherId, `Listing ${at}`)
      await approve(market, listingId)
      if (at === 20) bad = `listing-${listingId}`
    }
    clock.wait(60 * day + minute)
    most = 0
    await market.catchUp()
    expect(most).toBe(4)
    expect(await ofType('AutoRejected')).toHaveLength(40)
    expect(logger.lines).toContain('error ExpireApproval was due and could not be decided.')
    bad = ''
    await market.catchUp()
    expect(await ofType('AutoRejected')).toHaveLength(41)
  })

  it('are found on what time has decided already, and then write nothing (T4)', async () => {
    const { store, clock, market, listingId } = await approvedMarket()
    clock.wait(60 * day + minute)
    await market.execute({ type: 'Publish', listingId, revision: 1 }, { by: luc })
    const before = await typesIn(store)
    await market.catchUp()
    expect(await typesIn(store)).toEqual(before)
    expect(before.at(-1)).toBe('AutoRejected')
    await liveIn(market)
  })
})
