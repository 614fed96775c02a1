import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  defineMarketplace,
  defineView,
  fold,
  type Listing,
  listingAggregate,
  type StoredEvent,
  shapeOf,
  type ViewStore,
} from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { sqliteStore } from '@vitrine/store-sqlite'
import { appSample } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import {
  allEvents,
  approve,
  defaultRules,
  done,
  draftIn,
  handClock,
  liveIn,
  loggedBy,
  luc,
  open,
  publisherIn,
  withLog,
} from '../test/stage.js'

const revise = (listingId: string, headline: string) => ({ type: 'Revise', listingId, changes: { headline } })

interface Revisions {
  readonly listingId: string
  readonly versions: readonly number[]
}

/** A view that tells whether each event was folded once and in order, and that can be broken. */
function revisionsView(options: { version?: number; throwAt?: () => number } = {}) {
  const { version = 1, throwAt = () => -1 } = options
  return defineView<Revisions, 'Created' | 'Revised'>({
    name: 'revisions',
    version,
    empty: { listingId: '', versions: [] },
    on: { Created: ({ stream }) => [stream], Revised: ({ stream }) => [stream] },
    apply: ({ versions }, event, key) => {
      if (event.version === throwAt()) throw new Error('A bug in the view')
      return { listingId: key, versions: [...versions, event.version] }
    },
    indexes: ['listingId'],
  })
}

interface Own {
  readonly id: string
}

/** What a view does wrong. */
interface Faults {
  readonly text?: () => string
  readonly stored?: () => object
  readonly key?: string
}

function fails(): never {
  throw new Error('A bug in the words')
}

function ownView(now: () => Faults) {
  const keyOf = ({ stream }: { readonly stream: string }) => [now().key ?? stream]
  return defineView<Own, 'Created' | 'Revised'>({
    name: 'own',
    version: 1,
    empty: { id: '' },
    on: { Created: keyOf, Revised: keyOf },
    apply: (_document, { stream }) => ({ id: stream }),
    stored: (document) => (now().stored?.() ?? document) as Own,
    text: () => now().text?.() ?? 'words',
    indexes: ['id'],
  })
}

async function withRevisions(store = memoryStore(), throwAt?: () => number) {
  const market = await open({ store, views: { revisions: revisionsView(throwAt ? { throwAt } : {}) } })
  const listingId = await draftIn(market, await publisherIn(market))
  const seen = async (asking: object = {}) => (await revisionsOf(market).get(`listing-${listingId}`, asking))?.versions
  return { market, listingId, seen }
}

function revisionsOf(market: object) {
  const { asOperator } = market as {
    asOperator: { views: { revisions: { get(key: string, asking?: object): Promise<Revisions | undefined> } } }
  }
  return asOperator.views.revisions
}

/** A store whose view tables do some things otherwise. */
function withTables(
  store: ReturnType<typeof memoryStore>,
  write: (write: () => Promise<void>, name: string) => Promise<void>,
) {
  return {
    open: async () => {
      const opened = await store.open()
      const views: ViewStore = {
        ...opened.views,
        open: async (shape) => {
          const table = await opened.views.open(shape)
          return { ...table, write: (batch) => write(() => table.write(batch), shape.name) }
        },
      }
      return { ...opened, views }
    },
  }
}

describe('a view', () => {
  it('shows what was written when it is asked after it, with nothing running', async () => {
    const { market, listingId, seen } = await withRevisions()
    const { position } = await done(market, revise(listingId, 'One'), { by: luc })
    expect(await seen({ after: position })).toEqual([0, 1, 2])
    await done(market, revise(listingId, 'Two'), { by: luc })
    expect(await seen()).toEqual([0, 1, 2])
    await market.catchUp()
    expect(await seen()).toEqual([0, 1, 2, 3])
  })

  it('shows it also while everything runs in the background', async () => {
    const { market, listingId, seen } = await withRevisions()
    market.start()
    for (let at = 0; at < 20; at += 1) {
      const { position } = await done(market, revise(listingId, `${at}`), { by: luc })
      expect((await seen({ after: position }))?.at(-1)).toBe(at + 2)
    }
    await market.close()
  })

  it('B1 is written with its checkpoint, so that after a crash every event counts once', async () => {
    const store = memoryStore()
    let crash = true
    const crashing = withTables(store, async (write, name) => {
      if (crash && name === 'revisions') throw new Error('The process died')
      await write()
    })
    const views = { revisions: revisionsView() }
    const market = await open({ store: crashing, views })
    const listingId = await draftIn(market, await publisherIn(market))
    await expect(market.catchUp()).rejects.toThrow('The process died')
    crash = false
    const restarted = await open({ store: crashing, views })
    await restarted.catchUp()
    expect((await revisionsOf(restarted).get(`listing-${listingId}`))?.versions).toEqual([0, 1])
  })

  it('B5 that throws stops alone and whole, says at which event and why, and goes on when mended', async () => {
    let broken = 3
    const logger = loggedBy()
    const store = memoryStore()
    const market = await open({ store, logger, views: { revisions: revisionsView({ throwAt: () => broken }) } })
    const listingId = await draftIn(market, await publisherIn(market))
    await market.catchUp()
    await done(market, revise(listingId, 'One'), { by: luc })
    const { position } = await done(market, revise(listingId, 'Two'), { by: luc })
    await market.catchUp()

    const health = await market.health()
    expect(health.well).toBe(false)
    const standing = health.views.filter(({ stopped }) => stopped)
    expect(standing).toMatchObject([
      {
        name: 'revisions',
        lag: { events: 2 },
        stopped: { reason: 'A bug in the view', event: { version: 3, type: 'Revised' } },
      },
    ])
    expect(logger.lines).toContain('error View revisions stands still.')
    expect((await revisionsOf(market).get(`listing-${listingId}`))?.versions).toEqual([0, 1])
    await expect(revisionsOf(market).get(`listing-${listingId}`, { after: position })).rejects.toMatchObject({
      code: 'view-stopped',
      message: expect.stringContaining('A bug in the view'),
    })

    broken = -1
    await market.mend('revisions' as never)
    expect((await revisionsOf(market).get(`listing-${listingId}`, { after: position }))?.versions).toEqual([0, 1, 2, 3])
    expect((await market.health()).well).toBe(true)
  })

  describe.each([
    ['memory', () => memoryStore()],
    ['SQLite', () => sqliteStore(join(mkdtempSync(join(tmpdir(), 'vitrine-')), 'log.db'))],
  ])('B5 whose documents cannot be stored in %s', (_, newStore) => {
    it.each<[string, Faults, string]>([
      ['since it fails to say their words', { text: fails }, ': A bug in the words'],
      ['since it fails to say how they are stored', { stored: fails }, ': A bug in the words'],
      ['since JSON cannot hold them', { stored: () => ({ id: 1n }) }, ': it.id is a bigint, which JSON cannot hold'],
      ['since they have no key', { key: '' }, '"" is no key for a document of view own.'],
    ])('stops alone, in the first fill and later, %s', async (_why, faults, sentence) => {
      for (const isLive of [false, true]) {
        let current: Faults = isLive ? {} : faults
        const own = ownView(() => current)
        const market = await open({ store: newStore(), views: { own } })
        const listingId = await draftIn(market, await publisherIn(market))
        if (isLive) await market.catchUp()
        current = faults
        await done(market, revise(listingId, 'One'), { by: luc })
        await market.catchUp()
        const { views } = await market.health()
        const standing = views.filter(({ stopped }) => stopped)
        expect(standing).toMatchObject([
          { name: 'own', stopped: { code: 'view-stopped', reason: expect.stringContaining(sentence) } },
        ])
        if (!('key' in faults)) expect(standing[0]?.stopped?.reason).toContain(`document listing-${listingId}`)
        expect(views.filter(({ lag }) => lag.events > 0)).toEqual(standing)

        current = {}
        await market.catchUp()
        expect((await market.health()).well).toBe(true)
        await market.close()
      }
    })
  })

  it('B8 passes over foreign streams, whatever their events are called, and counts them', async () => {
    const store = memoryStore()
    const { market, listingId, seen } = await withRevisions(store)
    const { log } = await store.open()
    const [event] = (await log.readStream(`listing-${listingId}`, { limit: 1 })).events
    const { stream: _s, version: _v, position: _p, ...created } = event!
    await log.append({ writes: [{ stream: 'orders-1', expected: 'none', events: [created] }] })
    await log.append({
      writes: [{ stream: 'orders-2', expected: 'none', events: [{ ...created, type: 'OrderPlaced' }] }],
    })
    await market.catchUp()
    expect(await seen()).toEqual([0, 1])
    expect(await revisionsOf(market).get('orders-1')).toBeUndefined()
    expect((await market.health()).views.find(({ name }) => name === 'revisions')).toMatchObject({
      foreign: 2,
      lag: { events: 0 },
    })
    expect((await market.health()).well).toBe(true)
  })

  it("of one's own may read the events of one's own streams", async () => {
    const store = memoryStore()
    const orders = defineView({
      name: 'orders',
      version: 1,
      empty: { placed: 0 },
      on: { OrderPlaced: () => ['all'] },
      apply: ({ placed }) => ({ placed: placed + 1 }),
    })
    const market = await open({ store, views: { orders } })
    await publisherIn(market)
    const { log } = await store.open()
    const [event] = await allEvents(log)
    const { stream: _s, version: _v, position: _p, ...placed } = event!
    await log.append({
      writes: [{ stream: 'orders-1', expected: 'none', events: [{ ...placed, type: 'OrderPlaced' }] }],
    })
    await market.catchUp()
    const { views } = market.asOperator as object as { views: { orders: { get(key: string): Promise<unknown> } } }
    expect(await views.orders.get('all')).toEqual({ placed: 1 })
  })

  it('B22 of ours stops at an event of ours that is newer than this code, with the reason', async () => {
    const store = memoryStore()
    const { market, listingId } = await withRevisions(store)
    await market.catchUp()
    const { log } = await store.open()
    const [event] = (await log.readStream(`listing-${listingId}`, { limit: 1 })).events
    const { stream, version: _v, position: _p, ...created } = event!
    await log.append({
      writes: [
        {
          stream,
          expected: 1,
          events: [{ ...created, id: '00000000-0000-7000-8000-00000000000b', type: 'Embargoed' }],
        },
      ],
    })
    await market.catchUp()
    const health = await market.health()
    expect(new Set(health.views.map(({ stopped }) => stopped?.code))).toEqual(new Set(['newer-than-this-code']))
    expect(health.views[0]?.stopped?.event).toMatchObject({ stream, version: 2, type: 'Embargoed' })
  })

  it('B22 does not stop at a newer shape of what it does not read', async () => {
    const store = memoryStore()
    const { market, listingId, seen } = await withRevisions(store)
    const { log } = await store.open()
    const [event] = (await log.readStream(`listing-${listingId}`, { limit: 1 })).events
    const { stream, version: _v, position: _p, ...created } = event!
    const metadata = { ...created.metadata, schemaVersion: 2 }
    const submitted = { ...created, id: '00000000-0000-7000-8000-00000000000b', type: 'Submitted', metadata }
    await log.append({ writes: [{ stream, expected: 1, events: [submitted] }] })
    await market.catchUp()
    expect(await seen()).toEqual([0, 1])
    const standing = (await market.health()).views.filter(({ stopped }) => stopped).map(({ name }) => name)
    expect(standing).toContain('review-queue')
    expect(standing).not.toContain('revisions')
    expect(standing).not.toContain('catalogue')
  })

  it('D10 gets content of an older version lifted', async () => {
    const store = memoryStore()
    const old = await open({ store })
    await liveIn(old)
    const rules = defineMarketplace({
      baseUrl: 'https://market.example',
      contentVersion: 2,
      upcastContent: (content, { kind }) => ({ ...content, headline: `An ${kind}` }),
    })
    const market = await open({ store, rules })
    await market.catchUp()
    expect((await market.views.catalogue.find()).documents).toMatchObject([{ headline: 'An app' }])
  })
})

describe('a view that is built', () => {
  it('B24 says how far it is when it is asked, and is ready when it has caught up', async () => {
    const store = memoryStore()
    const { listingId } = await withRevisions(store)
    const market = await open({ store, views: { revisions: revisionsView({ version: 2 }) } })
    const key = `listing-${listingId}`
    await expect(revisionsOf(market).get(key)).rejects.toMatchObject({
      code: 'view-building',
      facts: { position: 0, head: 7 },
    })
    await market.ready()
    expect((await revisionsOf(market).get(key))?.versions).toEqual([0, 1])
  })

  it('is filled beside all others from one tail of the log, which is read once', async () => {
    const store = memoryStore()
    const { market: old, listingId } = await withRevisions(store)
    for (let at = 0; at < 1_200; at += 1) await done(old, revise(listingId, `${at}`), { by: luc })
    const pages: number[] = []
    const counted = withLog(store, ({ readAll }) => ({
      async *readAll(options) {
        for await (const page of readAll(options)) {
          pages.push(page.events.length)
          yield page
        }
      },
    }))
    const market = await open({ store: counted, views: { revisions: revisionsView({ version: 2 }) } })
    await market.ready()
    const { log } = await store.open()
    expect(pages.reduce((sum, events) => sum + events, 0)).toBe((await allEvents(log)).length)
    expect((await revisionsOf(market).get(`listing-${listingId}`))?.versions).toHaveLength(1_202)
  })

  it('B10 B12 stands beside the older version, which goes on for older processes', async () => {
    const store = memoryStore()
    const { market: old, listingId, seen } = await withRevisions(store)
    await old.catchUp()
    const next = await open({ store, views: { revisions: revisionsView({ version: 2 }) } })
    await next.catchUp()
    await done(old, revise(listingId, 'One'), { by: luc })
    await Promise.all([old.catchUp(), next.catchUp()])
    const key = `listing-${listingId}`
    expect(await seen()).toEqual([0, 1, 2])
    expect(await revisionsOf(next).get(key)).toEqual({ listingId: key, versions: [0, 1, 2] })
    const { views } = await store.open()
    expect((await views.list()).filter(({ name }) => name === 'revisions')).toEqual([
      { name: 'revisions', version: 1, live: true },
      { name: 'revisions', version: 2, live: true },
    ])
  })

  it('B10 B11 C3 anew, while commands arrive, comes to the same and writes nothing to the log', async () => {
    const store = memoryStore()
    const { market, listingId, seen } = await withRevisions(store)
    market.start()
    const writing = (async () => {
      for (let at = 0; at < 200; at += 1) await done(market, revise(listingId, `${at}`), { by: luc })
    })()
    await market.rebuild('revisions' as never)
    await writing
    await market.ready()
    expect(await seen()).toEqual(Array.from({ length: 202 }, (_, version) => version))
    const { log } = await store.open()
    expect(await allEvents(log)).toHaveLength(5 + 202)
    await market.close()
  })

  it('B13 stops and resumes in the middle without loss', async () => {
    const store = memoryStore()
    const { market, listingId } = await withRevisions(store)
    for (let at = 0; at < 1000; at += 1) await done(market, revise(listingId, `${at}`), { by: luc })
    const views = { revisions: revisionsView({ version: 2 }) }
    const first = await open({ store, views })
    first.start()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await first.close()
    const second = await open({ store, views })
    await second.ready()
    expect((await revisionsOf(second).get(`listing-${listingId}`))?.versions).toHaveLength(1002)
  })
})

describe('questions that wait', () => {
  it('B14 end with a typed error when the view does not come so far in time', async () => {
    const store = memoryStore()
    let slow = false
    const stuck = withTables(store, async (write) => (slow ? new Promise(() => {}) : write()))
    const market = await open({ store: stuck, limits: { waitForView: 30 } })
    const publisherId = await publisherIn(market)
    market.start()
    await market.ready()
    slow = true
    const listingId = await draftIn(market, publisherId)
    const { position } = await approve(market, listingId)
    const asked = market.views.catalogue.find({ after: position })
    await expect(asked).rejects.toMatchObject({ code: 'not-caught-up', facts: { wanted: position } })
  })

  it('B14 end at once when nobody can have written so far', async () => {
    const { market, seen } = await withRevisions()
    await expect(seen({ after: 1_000 })).rejects.toMatchObject({ code: 'not-caught-up' })
    await market.close()
    await expect(market.execute({ type: 'Register', name: 'Late' }, { by: luc })).rejects.toMatchObject({
      code: 'closed',
    })
  })
})

describe('two runners of one view', () => {
  it('B23 one that was paused in the middle of a batch writes nothing over what the other wrote', async () => {
    const store = memoryStore()
    const { market, listingId, seen } = await withRevisions(store)
    await market.catchUp()
    for (let at = 0; at < 10; at += 1) await done(market, revise(listingId, `${at}`), { by: luc })
    const gate = Promise.withResolvers<void>()
    const paused = withTables(store, async (write) => {
      await gate.promise
      await write()
    })
    const other = await open({ store: paused, views: { revisions: revisionsView() } })
    const catchingUp = other.catchUp()
    await market.catchUp()
    for (let at = 0; at < 10; at += 1) await done(market, revise(listingId, `more ${at}`), { by: luc })
    await market.catchUp()
    gate.resolve()
    await catchingUp
    expect(await seen()).toEqual(Array.from({ length: 22 }, (_, version) => version))
    expect((await revisionsOf(other).get(`listing-${listingId}`))?.versions).toHaveLength(22)
  })

  it('B23 one that was overtaken by who stands short of the head goes on to the head', async () => {
    const store = memoryStore()
    const { listingId } = await withRevisions(store)
    const gate = Promise.withResolvers<void>()
    const paused = withTables(store, async (write, name) => {
      if (name === 'revisions') await gate.promise
      await write()
    })
    const views = { revisions: revisionsView() }
    const market = await open({ store: paused, views })
    const { log, views: tables } = await store.open()
    const events = await allEvents(log)
    const first = events.find(({ stream }) => stream === `listing-${listingId}`)!
    const asked = revisionsOf(market).get(first.stream, { after: events.at(-1)!.position })
    const table = await tables.open(shapeOf(views.revisions))
    const to = { logId: log.logId, position: first.position, id: first.id }
    const put = [{ key: first.stream, document: { listingId: first.stream, versions: [0] } }]
    await table.write({ from: undefined, to, put, remove: [] })
    gate.resolve()
    expect((await asked)?.versions).toEqual([0, 1])
  })
})

describe('a log that was replaced', () => {
  it('B17 is noticed and named, in health and to whoever asks, until the view is rebuilt', async () => {
    const [before, restored] = [memoryStore(), memoryStore()]
    const first = await open({ store: before })
    await liveIn(first)
    await first.catchUp()
    const { views } = await before.open()
    const afterRestore = { open: async () => ({ ...(await restored.open()), views }) }
    const other = await open({ store: restored })
    await liveIn(other)
    await liveIn(other)

    const market = await open({ store: afterRestore })
    await market.catchUp()
    const health = await market.health()
    expect(health.views.every(({ stopped }) => stopped?.code === 'log-replaced')).toBe(true)
    await expect(market.views.catalogue.find()).rejects.toMatchObject({ code: 'log-replaced' })
    await market.rebuild('catalogue')
    await market.catchUp()
    expect((await market.views.catalogue.find()).documents).toHaveLength(2)
  })
})

describe('stopping', () => {
  it('B19 A41 lets a batch end, closes once, and can be asked to twice', async () => {
    const store = memoryStore()
    const { market, listingId } = await withRevisions(store)
    market.start()
    const asked = Promise.all(
      Array.from({ length: 50 }, (_, at) => done(market, revise(listingId, `${at}`), { by: luc })),
    )
    await Promise.all([market.close(), market.close()])
    expect(await asked).toHaveLength(50)
    const again = await open({ store, views: { revisions: revisionsView() } })
    await again.catchUp()
    expect((await revisionsOf(again).get(`listing-${listingId}`))?.versions).toHaveLength(52)
  })

  it('A41 B14 ends what waits for a view at once, and says that the marketplace is closed', async () => {
    const store = memoryStore()
    let slow = false
    const stuck = withTables(store, async (write) => (slow ? new Promise(() => {}) : write()))
    const market = await open({ store: stuck, limits: { waitForView: 60_000 } })
    const publisherId = await publisherIn(market)
    market.start()
    await market.ready()
    slow = true
    await draftIn(market, publisherId)
    const asked = () => market.views.catalogue.find({ after: 1_000 })
    const waiting = [asked(), market.ready()]
    void market.close()
    for (const question of [...waiting, asked()]) {
      await expect(question).rejects.toMatchObject({ code: 'closed', message: expect.stringContaining('marketplace') })
    }
  })
})

describe('any order of batches', () => {
  it('B20 comes to the fold of each stream', async () => {
    const store = memoryStore()
    const market = await open({ store, clock: handClock() })
    const publisherId = await publisherIn(market)
    const listings = await Promise.all(
      Array.from({ length: 5 }, (_, at) => draftIn(market, publisherId, `Listing ${at}`)),
    )
    for (let at = 0; at < 200; at += 1) {
      const listingId = listings[(at * 7) % 5]!
      await done(market, revise(listingId, `${at}`), { by: luc })
      if (at % 13 === 0) await market.catchUp()
    }
    await market.catchUp()
    const events = await allEvents((await store.open()).log)
    for (const listingId of listings) {
      const ofListing = events.filter(({ stream }: StoredEvent) => stream === `listing-${listingId}`)
      const listing: Listing = fold(listingAggregate.decider, ofListing)
      const entry = await market.asOperator.views.publisherListings.get(listingId)
      expect(entry).toMatchObject({
        listingId,
        name: 'name' in listing.working ? listing.working.name : expect.any(String),
      })
      expect(JSON.stringify(entry)).toContain(listing.kind)
    }
    expect(defaultRules.kinds.app.checks.content).toBe('required')
    expect(appSample).toBeDefined()
  })

  it('A52 a filter that leaves nothing still moves on', async () => {
    const store = memoryStore()
    const reads: number[] = []
    const counted = withLog(store, (log) => ({
      readAll: (options) => {
        reads.push(typeof options?.after === 'object' ? options.after.position : (options?.after ?? 0))
        return log.readAll(options)
      },
    }))
    const market = await open({ store: counted })
    await publisherIn(market)
    await market.catchUp()
    const standing = (await market.health()).policies.map(({ position, lag }) => [position, lag.events])
    expect(new Set(standing.map(String))).toEqual(new Set(['5,0']))
    expect(Math.max(...reads)).toBe(5)
  })
})
