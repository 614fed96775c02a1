import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appContent, builtInViews, defineMarketplace, defineView } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { sqliteStore } from '@vitrine/store-sqlite'
import { staffOf } from '@vitrine/testing'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import {
  ada,
  allEvents,
  approve,
  day,
  defaultRules,
  done,
  draftIn,
  handClock,
  liveIn,
  loggedBy,
  luc,
  open,
  publisherIn,
} from '../test/stage.js'
import { openMarketplace } from './index.js'

const region = defineMarketplace({
  baseUrl: 'https://market.example',
  kinds: { tool: { content: appContent.pick({ name: true, headline: true }), checks: { content: 'required' } } },
})

describe('a marketplace in a service', () => {
  it('types commands, answers and views by its kinds and its own views', async () => {
    const perKind = defineView({
      name: 'per-kind',
      version: 1,
      empty: { kind: '', count: 0 },
      on: { Created: (event) => [event.data.kind] },
      apply: ({ count }, _event, kind) => ({ kind, count: count + 1 }),
    })
    const market = await openMarketplace({ rules: region, store: memoryStore(), staff: staffOf, views: { perKind } })
    const publisherId = await publisherIn(market)
    const created = await market.execute({ type: 'Create', publisherId, kind: 'tool', name: 'Hammer' }, { by: luc })
    if ('refused' in created) throw new Error(created.refused.message)
    expectTypeOf(created.state.kind).toEqualTypeOf<'tool'>()
    const { id: listingId, working } = created.state
    if (working.status === 'draft') expectTypeOf(working.content.headline).toEqualTypeOf<string | undefined>()
    const revised = await market.execute(
      { type: 'Revise', listingId, changes: { headline: 'Hits nails' } },
      { by: luc },
    )
    if ('refused' in revised) throw new Error(revised.refused.message)
    const [event] = revised.events
    if (event?.type === 'Revised') expectTypeOf(event.data.changes.headline).toEqualTypeOf<string | null | undefined>()
    const registered = await market.execute({ type: 'Register', name: 'Other' }, { by: ada })
    if ('events' in registered) expectTypeOf(registered.state.rights.autoPublish).toEqualTypeOf<boolean>()
    const found = await market.asOperator.views.perKind.get('tool', { after: revised.position })
    expectTypeOf(found).toEqualTypeOf<{ kind: string; count: number } | undefined>()
    expect(found).toEqual({ kind: 'tool', count: 1 })
    const entry = await market.views.catalogue.get(listingId)
    if (entry) expectTypeOf(entry.content.headline).toEqualTypeOf<string | undefined>()
    if (entry) expectTypeOf(entry.kind).toEqualTypeOf<'tool'>()
    // @ts-expect-error it matters who asks
    await expect(market.views.publisherListings.get(listingId)).rejects.toMatchObject({ code: 'person-needed' })
    // @ts-expect-error there is no such kind
    await market.execute({ type: 'Create', publisherId, kind: 'app', name: 'Hammer' }, { by: luc })
    // @ts-expect-error the kind has no such field
    await market.execute({ type: 'Revise', listingId, changes: { keywords: ['nails'] } }, { by: luc })
  })

  it('gives answers that are plain JSON', async () => {
    const market = await open()
    const { listingId } = await liveIn(market)
    const answer = await market.execute({ type: 'StartRevision', listingId }, { by: luc })
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
  })

  it('knows what a view shows that is declared where the marketplace is opened', async () => {
    const market = await openMarketplace({
      rules: defaultRules,
      store: memoryStore(),
      staff: staffOf,
      views: {
        registrations: defineView({
          name: 'registrations',
          version: 1,
          audience: 'public',
          empty: { count: 0 },
          on: { Registered: () => ['all'] },
          apply: ({ count }) => ({ count: count + 1 }),
        }),
      },
    })
    await publisherIn(market)
    await market.catchUp()
    expect((await market.views.registrations.get('all'))?.count).toBe(1)
    expectTypeOf(await market.asOperator.views.registrations.get('all')).toEqualTypeOf<{ count: number } | undefined>()
  })

  it('refuses two views of one name', async () => {
    const views = { mine: { ...builtInViews.catalogue } }
    await expect(open({ views })).rejects.toMatchObject({ code: 'invalid-options' })
    await expect(open({ views: { catalogue: builtInViews.links } })).rejects.toMatchObject({ code: 'invalid-options' })
  })

  it('closes the store that it opened when it cannot be opened itself', async () => {
    const store = memoryStore()
    let closed = 0
    const opening = {
      open: async () => {
        const opened = await store.open()
        const views = { ...opened.views, open: () => Promise.reject(new Error('No views today')) }
        const close = async () => {
          closed += 1
        }
        return { ...opened, views, close }
      },
    }
    await expect(open({ store: opening })).rejects.toThrow('No views today')
    expect(closed).toBe(1)
  })

  it('A41 is closed once, refuses what comes after, and starts no more', async () => {
    const market = await open()
    const publisherId = await publisherIn(market)
    market.start()
    market.start()
    await Promise.all([market.close(), market.close()])
    market.start()
    await market.close()
    const late = market.execute({ type: 'ApprovePublisher', publisherId }, { by: ada })
    await expect(late).rejects.toMatchObject({ code: 'closed' })
    await expect(market.catchUp()).rejects.toMatchObject({ code: 'closed' })
  })

  it('goes on in the background after the store was out of reach, and says so', async () => {
    const store = memoryStore()
    let down = false
    const flaky = {
      open: async () => {
        const opened = await store.open()
        const readAll: typeof opened.log.readAll = (options) => {
          if (down) throw Object.assign(new Error('No connection'), { code: 'unavailable' })
          return opened.log.readAll(options)
        }
        return { ...opened, log: { ...opened.log, readAll } }
      },
    }
    const logger = loggedBy()
    const market = await open({ store: flaky, logger })
    const publisherId = await publisherIn(market)
    market.start()
    await market.ready()
    down = true
    const listingId = await draftIn(market, publisherId)
    const { position } = await approve(market, listingId)
    await new Promise((resolve) => setTimeout(resolve, 20))
    down = false
    const { documents } = await market.asOperator.views.deadlines.find({ after: position })
    expect(documents).toHaveLength(1)
    expect(logger.lines.some((line) => line.startsWith('error The views could not go on'))).toBe(true)
    await market.close()
  })

  it('keeps few streams in memory when it is told to, and decides the same', async () => {
    const market = await open({ limits: { cachedStreams: 1 } })
    const { listingId } = await liveIn(market)
    const again = await market.execute({ type: 'Publish', listingId, revision: 1 }, { by: luc })
    expect(again).toMatchObject({ events: [] })
  })

  it('says how far views are behind', async () => {
    const clock = handClock()
    const market = await open({ clock })
    await market.catchUp()
    await publisherIn(market)
    clock.wait(3_000)
    const { views } = await market.health()
    expect(views[0]?.lag).toEqual({ events: 5, seconds: 3 })
  })
})

describe('a marketplace over SQLite', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-runtime-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('runs everything, also by two at once and after a restart', async () => {
    const file = join(folder, 'market.db')
    const clock = handClock()
    const [one, two] = [
      await open({ store: sqliteStore(file), clock }),
      await open({ store: sqliteStore(file), clock }),
    ]
    one.start()
    two.start()
    const publisherId = await publisherIn(one)
    const listingId = await draftIn(two, publisherId)
    await done(two, { type: 'ClaimVanityUrl', listingId, slug: 'ledgerline' }, { by: luc })
    await approve(one, listingId, 'auto')
    const rejected = await draftIn(one, publisherId, 'Forgotten')
    const { position } = await approve(two, rejected)
    await Promise.all([one.views.catalogue.find({ after: position }), two.views.catalogue.find({ after: position })])
    await Promise.all([one.catchUp(), two.catchUp()])
    clock.wait(61 * day)
    await Promise.all([one.catchUp(), two.catchUp()])
    expect((await two.health()).well).toBe(true)
    await Promise.all([one.close(), two.close()])

    const restarted = await open({ store: sqliteStore(file), clock })
    await restarted.ready()
    expect((await restarted.views.catalogue.find()).documents).toMatchObject([{ listingId, path: '/ledgerline' }])
    expect(await restarted.resolveLink('ledgerline')).toMatchObject({ listingId })
    const types = (await allEvents({ readAll: restarted.events })).map(({ type }) => type)
    expect(types.filter((type) => type === 'Published' || type === 'AutoRejected')).toEqual([
      'Published',
      'AutoRejected',
    ])
    expect((await restarted.asOperator.history(rejected)).at(-1)?.type).toBe('AutoRejected')
    await restarted.close()
  })
})
