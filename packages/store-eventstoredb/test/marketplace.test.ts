import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { defineMarketplace, defineView, type EventNamed, type Person, type Store } from '@vitrine/core'
import { openMarketplace } from '@vitrine/runtime'
import { sqliteStore } from '@vitrine/store-sqlite'
import { appSample, people, staffOf } from '@vitrine/testing'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { append, event, eventsOf } from './event.js'
import { canRestart, newStore, restartableServer, testServer } from './server.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { ada, luc, olaf, rita } = people
const folder = mkdtempSync(join(tmpdir(), 'vitrine-market-'))
afterAll(() => rmSync(folder, { recursive: true }))

const beside = () => sqliteStore(join(folder, `${randomUUID()}.db`))

// Of several that want a real server one has it at a time: so there is one for the file.
const restartable = canRestart ? await restartableServer() : undefined
const server = restartable ?? (await testServer())
afterAll(server.dispose)

describe('a marketplace whose log is in EventStoreDB and whose views are in SQLite', { timeout: 120_000 }, () => {
  it('is run by two at once in the background: what is approved is published, shown and linked by its slug', async () => {
    const store = newStore(server.connectionString, { beside: beside() })
    const [market, other] = await Promise.all([opened(store), opened(store)])
    for (const one of [market, other]) one.start()
    const listingId = await approvedIn(market, 'ledgerline', 'auto')
    await until(async () => (await other.resolveLink('https://market.example/ledgerline'))?.listingId === listingId)
    const types = (await market.history(listingId, { for: olaf })).map(({ type }) => type)
    expect(types.filter((type) => type === 'Published')).toHaveLength(1)
    expect(types).not.toContain('ClaimLapsed')
    expect((await market.health()).well).toBe(true)
  })

  it('T17 gives a slug to one of two who claim it at once, in two processes, each round', async () => {
    const store = newStore(server.connectionString, { beside: beside() })
    const [market, other] = await Promise.all([opened(store), opened(store)])
    const publisherId = await publisherIn(market)
    const listings = await Promise.all(['One', 'Two'].map((name) => draftIn(market, publisherId, name)))
    for (let round = 0; round < 8; round += 1) {
      const slug = `ledgerline-${round}`
      const answers = await Promise.all(
        listings.map((listingId, at) =>
          (at ? other : market).execute({ type: 'ClaimVanityUrl', listingId, slug }, { by: luc }),
        ),
      )
      expect(answers.filter((answer) => !('refused' in answer)).length).toBeLessThanOrEqual(1)
    }
    await market.catchUp()
    const states = await Promise.all(listings.map((listingId) => market.asOperator.listing(listingId)))
    const slugs = states.flatMap((one) => (one && 'slug' in one.state.working ? (one.state.working.slug ?? []) : []))
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  it('B13 A42 folds a long log into a view with flat memory, stopped and resumed without loss', async () => {
    const store = newStore(server.connectionString, { beside: beside() })
    await fill(store, long)
    const first = await opened(store)
    const ready = first.ready()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await first.close()
    await ready.catch(() => undefined)
    const again = await opened(store)
    const before = heapInUse()
    let most = before
    const looking = setInterval(() => {
      most = Math.max(most, heapInUse())
    }, 1_000)
    await again.ready().finally(() => clearInterval(looking))
    expect(Math.max(most, heapInUse()) - before).toBeLessThan(48 * 2 ** 20)
    const found = await again.asOperator.views.notes.find({ limit: 100 })
    expect(found.documents.reduce((sum, { count }) => sum + count, 0)).toBe(long)
  }, 3_600_000)
})

describe.runIf(restartable)('a marketplace whose server dies and comes back', { timeout: 120_000 }, () => {
  it('B15 D15 goes on by itself: every command that was acknowledged is in the log once, and the views show it', async () => {
    const store = newStore(server.connectionString, { beside: beside(), patience: 5_000 })
    const market = await opened(store)
    market.start()
    const publisherId = await publisherIn(market)
    const names: string[] = []
    for (const end of [restartable!.kill, restartable!.stop]) {
      for (let n = 0; n < 5; n += 1)
        names.push(await surely(() => draftIn(market, publisherId, `Listing ${names.length}`)))
      await end()
      const during = surely(() => draftIn(market, publisherId, `Listing ${names.length}`))
      await restartable!.start()
      names.push(await during)
    }
    await until(async () => {
      const { documents } = await market.views.publisherListings.find({ for: olaf, where: { publisherId }, limit: 100 })
      return names.every((id) => documents.some(({ listingId }) => listingId === id))
    })
    const created = (await eventsOf((await store.open()).log)).filter(({ type }) => type === 'Created')
    for (const id of names) expect(created.filter(({ stream }) => stream === `listing-${id}`)).toHaveLength(1)
  })
})

/** Events of the long log; a million where `VITRINE_LONG` is set. */
const long = process.env.VITRINE_LONG ? 1_000_000 : 3_000

const notes = defineView({
  name: 'notes',
  version: 1,
  empty: { count: 0 },
  on: { ClaimLapsed: ({ stream }: EventNamed<'ClaimLapsed'>) => [String(Number(stream.slice(-2)) % 50)] },
  apply: ({ count }) => ({ count: count + 1 }),
  indexes: [['count']],
})

async function opened(store: Store) {
  const market = await openMarketplace({ rules, store, staff: staffOf, views: { notes } })
  onTestFinished(() => market.close())
  return market
}

async function fill(store: Store, count: number): Promise<void> {
  const { log, close } = await store.open()
  for (let done = 0; done < count; done += 500) {
    const size = Math.min(500, count - done)
    const events = Array.from({ length: size }, (_, at) => event({ slug: `s-${done + at}` }, 'ClaimLapsed'))
    await log.append(
      append(`listing-0190a000-0000-7000-8000-${String(done / 500).padStart(12, '0')}`, 'none', ...events),
    )
  }
  await close()
}

type Market = Awaited<ReturnType<typeof opened>>

type Answer = { readonly refused: { readonly message: string } } | { readonly state: { readonly id: string } }

async function done(market: Market, command: { readonly type: string; readonly [field: string]: unknown }, by: Person) {
  const answer = (await market.execute(command as never, { by })) as Answer
  if ('refused' in answer) throw new Error(answer.refused.message)
  return answer.state.id
}

async function publisherIn(market: Market): Promise<string> {
  const publisherId = await done(market, { type: 'Register', name: 'Marsh Software' }, ada)
  await done(market, { type: 'ApprovePublisher', publisherId }, olaf)
  await done(market, { type: 'GrantAutoPublish', publisherId }, olaf)
  await done(market, { type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'lister' }, ada)
  return publisherId
}

function draftIn(market: Market, publisherId: string, name: string): Promise<string> {
  return done(market, { type: 'Create', publisherId, kind: 'app', name }, luc)
}

async function approvedIn(market: Market, slug: string, publishMode: 'auto' | 'manual'): Promise<string> {
  const listingId = await draftIn(market, await publisherIn(market), 'Ledgerline')
  await done(market, { type: 'Revise', listingId, changes: appSample }, luc)
  await done(market, { type: 'ClaimVanityUrl', listingId, slug }, luc)
  const submitted = await market.execute({ type: 'Submit', listingId, publishMode }, { by: luc })
  if ('refused' in submitted) throw new Error(submitted.refused.message)
  const { submissionId, contentHash } = submitted.events[0]!.data as { submissionId: string; contentHash: string }
  await done(market, { type: 'RecordCheck', listingId, check: 'content', verdict: 'passed' }, rita)
  await done(market, { type: 'Approve', listingId, submissionId, contentHash }, rita)
  return listingId
}

/** What is reachable: garbage is collected first. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** Tries until the server is back; of several that came through, the last one counts. */
async function surely<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50))
}
