import { appContent, defineMarketplace, type StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  allEvents,
  approve,
  day,
  done,
  draftIn,
  handClock,
  liveIn,
  luc,
  olaf,
  open,
  publisherIn,
  refusal,
  typesIn,
  withLog,
  zoe,
} from './stage.js'

const revise = (listingId: string, headline: string) => ({ type: 'Revise', listingId, changes: { headline } })

/** Ids that are the same each time the same is done. */
function countedIds() {
  let made = 0
  const next = () => {
    made += 1
    return String(made).padStart(12, '0')
  }
  return { uuid: () => `0190a000-0000-7000-8000-${next()}`, token: () => next().repeat(4) }
}

describe('an approval that expired', () => {
  it('T4 is written under one command id, whether the sweep or somebody’s command comes first', async () => {
    const expiredBy = async (first: (market: object, listingId: string) => Promise<unknown>) => {
      const [store, clock] = [memoryStore(), handClock()]
      const market = await open({ store, clock, ids: countedIds() })
      const listingId = await draftIn(market, await publisherIn(market))
      await approve(market, listingId)
      clock.wait(60 * day + 1)
      await first(market, listingId)
      const events = await allEvents((await store.open()).log)
      return events.find(({ type }) => type === 'AutoRejected')?.metadata.command.id
    }
    const bySweep = await expiredBy((market) => (market as { catchUp(): Promise<void> }).catchUp())
    const byCommand = await expiredBy((market, listingId) => done(market, revise(listingId, 'New'), { by: luc }))
    expect(bySweep).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
    expect(byCommand).toBe(bySweep)
  })
})

describe('a command that wrote nothing', () => {
  it('T28 is decided anew under the same command id, once it was refused and once it held already', async () => {
    const market = await open()
    const publisherId = await publisherIn(market)
    const listingId = await draftIn(market, publisherId)
    const submit = { type: 'Submit', listingId, publishMode: 'manual' }
    await done(market, { type: 'SuspendPublisher', publisherId, reason: 'Unpaid' }, { by: olaf })
    expect(await refusal(market, submit, { by: luc, commandId: 'c-1' })).toBe('publisher-suspended')
    await done(market, { type: 'ReinstatePublisher', publisherId }, { by: olaf })
    expect((await done(market, submit, { by: luc, commandId: 'c-1' })).events).toHaveLength(1)

    await done(market, { type: 'RecallSubmission', listingId }, { by: luc })
    await done(market, revise(listingId, 'One'), { by: luc })
    expect((await done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-2' })).events).toEqual([])
    await done(market, revise(listingId, 'Two'), { by: luc })
    expect((await done(market, revise(listingId, 'One'), { by: luc, commandId: 'c-2' })).events).toHaveLength(1)
  })
})

describe('a decision that throws', () => {
  it('D7 throws the very fault, once, and nothing is written', async () => {
    const fault = new Error('A bug in a schema of the service')
    let asked = 0
    const region = z.string().transform(() => {
      asked += 1
      throw fault
    })
    const content = appContent.pick({ name: true }).extend({ region: region.optional() })
    const kinds = { tool: { content, checks: { content: 'required' } } } as const
    const store = memoryStore()
    const market = await open({ store, rules: defineMarketplace({ baseUrl: 'https://market.example', kinds }) })
    const publisherId = await publisherIn(market)
    const { state } = await done(market, { type: 'Create', publisherId, kind: 'tool', name: 'Hammer' }, { by: luc })
    const bad = { type: 'Revise', listingId: state.id, changes: { region: 'eu' } }
    await expect(market.execute(bad as never, { by: luc })).rejects.toBe(fault)
    expect([asked, await typesIn(store)]).toEqual([1, ['Created']])
  })
})

describe('the state that is kept in memory', () => {
  it('lets a command cost one append and no reading', async () => {
    const calls: string[] = []
    const market = await open({
      store: withLog(memoryStore(), (log) => ({
        append: (...given) => {
          calls.push('append')
          return log.append(...given)
        },
        readStream: (...given) => {
          calls.push('readStream')
          return log.readStream(...given)
        },
      })),
    })
    const listingId = await draftIn(market, await publisherIn(market))
    calls.length = 0
    for (const headline of ['One', 'Two', 'Three']) await done(market, revise(listingId, headline), { by: luc })
    expect(calls).toEqual(['append', 'append', 'append'])
  })
})

describe('what a marketplace makes by itself', () => {
  it('event ids are UUIDv7, each another one', async () => {
    const store = memoryStore()
    const market = await open({ store })
    await liveIn(market)
    const ids = (await allEvents((await store.open()).log)).map(({ id }: StoredEvent) => id)
    const v7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(ids.filter((id) => !v7.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('T19 a private link holds 32 random bytes', async () => {
    const market = await open()
    const { listingId } = await liveIn(market)
    await done(market, { type: 'MakePrivate', listingId }, { by: luc })
    const tokens: string[] = []
    for (let n = 0; n < 200; n += 1) {
      const { events } = await done(market, { type: 'RenewPrivateLink', listingId }, { by: luc })
      tokens.push((events[0]!.data as { token: string }).token)
    }
    const bytes = tokens.map((token) => Buffer.from(token, 'base64url'))
    expect(new Set(bytes.map(({ length }) => length))).toEqual(new Set([32]))
    // Of 200 random values of one byte, some differ: none of the 32 is the same each time.
    const varied = Array.from({ length: 32 }, (_, at) => new Set(bytes.map((one) => one[at])).size)
    expect(Math.min(...varied)).toBeGreaterThan(50)
  })
})
describe('who a caller says they are', () => {
  it('T34 counts for nothing: roles come from the log, and staff from the service’s own function', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const publisherId = await publisherIn(market)
    const boast = { role: 'operator', staff: 'operator', member: 'administrator', system: false }
    const suspend = { type: 'SuspendPublisher', publisherId, reason: 'Unpaid' }
    const pose = (person: object) => ({ by: { ...person, ...boast } as never })
    expect(await refusal(market, suspend, pose(zoe))).toBe('unknown-publisher')
    expect(await refusal(market, suspend, pose(luc))).toBe('role-may-not')
    expect(await refusal(market, { type: 'UpdateProfile', publisherId, name: 'Mine' }, pose(luc))).toBe('role-may-not')
    const { state } = await done(market, { type: 'Create', publisherId, kind: 'app', name: 'Mine' }, pose(luc))
    const created = (await allEvents((await store.open()).log)).find(({ stream }) => stream === `listing-${state.id}`)
    expect(created?.metadata.actor).toEqual({ ...luc, role: 'lister' })
  })
})
