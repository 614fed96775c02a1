import type { AnyPolicy, Reaction, StoredListingEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import {
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
  refusal,
  typesIn,
  withLog,
} from '../test/stage.js'

const revise = (listingId: string, headline: string) => ({ type: 'Revise', listingId, changes: { headline } })

/** A policy that notes what it saw, and throws where it is told to. It asks for nothing. */
function watching(seen: string[], throws: (event: StoredListingEvent) => boolean = () => false): AnyPolicy {
  const watch = (event: StoredListingEvent): readonly Reaction[] => {
    if (throws(event)) throw new Error('A bug in the policy')
    seen.push(`${event.stream.slice(-4)} ${event.version}`)
    return []
  }
  return { name: 'watching', on: { Revised: watch } }
}

async function parkedMarket() {
  let broken = true
  const seen: string[] = []
  const policies = [watching(seen, ({ version, stream }) => broken && version === 2 && stream === bad.stream)]
  const bad = { stream: '' }
  const logger = loggedBy()
  const store = memoryStore()
  const market = await open({ store, policies, logger })
  const publisherId = await publisherIn(market)
  const [poor, fine] = [await draftIn(market, publisherId), await draftIn(market, publisherId, 'Fine')]
  bad.stream = `listing-${poor}`
  for (const headline of ['One', 'Two']) {
    await done(market, revise(poor, headline), { by: luc })
    await done(market, revise(fine, headline), { by: luc })
  }
  await market.catchUp()
  const names = { poor: poor.slice(-4), fine: fine.slice(-4) }
  return {
    store,
    market,
    seen,
    poor,
    names,
    logger,
    policies,
    mend: () => {
      broken = false
    },
  }
}

/** Hands in the next revision of what is live, in mode auto. */
async function update(market: object, listingId: string, changes: object) {
  await done(market, { type: 'StartRevision', listingId }, { by: luc })
  await done(market, { type: 'Revise', listingId, changes }, { by: luc })
  await done(market, { type: 'Submit', listingId, publishMode: 'auto' }, { by: luc })
}

describe('a policy', () => {
  it("P1 publishes what was approved in mode auto, in the system's name, because of the approval", async () => {
    const store = memoryStore()
    const market = await open({ store })
    const listingId = await draftIn(market, await publisherIn(market))
    await approve(market, listingId, 'auto')
    await market.catchUp()
    const events = await allEvents((await store.open()).log)
    const [approved, published] = ['Approved', 'Published'].map((type) => events.find((event) => event.type === type))
    expect(published?.metadata).toMatchObject({
      actor: { id: 'system', role: 'system' },
      causationId: approved?.id,
      correlationId: approved?.metadata.correlationId,
      hops: 1,
    })
    expect((await market.views.catalogue.find()).documents).toMatchObject([{ listingId }])
  })

  it('does so in the background while nobody asks', async () => {
    const market = await open()
    market.start()
    const listingId = await draftIn(market, await publisherIn(market))
    await approve(market, listingId, 'auto')
    for (let wait = 0; wait < 200; wait += 1) {
      if ((await market.views.catalogue.find()).documents.length > 0) break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect((await market.views.catalogue.find()).documents).toMatchObject([{ listingId }])
    await market.close()
  })

  it('C4 that is new begins at the end of the log when the marketplace opens, and is not lost by a restart', async () => {
    const store = memoryStore()
    const before = await open({ store })
    const listingId = await draftIn(before, await publisherIn(before))
    const seen: string[] = []
    const opened = await open({ store, policies: [watching(seen)] })
    await opened.close()
    await done(before, revise(listingId, 'One'), { by: luc })
    const restarted = await open({ store, policies: [watching(seen)] })
    await restarted.catchUp()
    expect(seen).toEqual([`${listingId.slice(-4)} 2`])
  })

  it('C4 on an empty log begins with the first event', async () => {
    const store = memoryStore()
    const seen: string[] = []
    await (await open({ store, policies: [watching(seen)] })).close()
    const before = await open({ store })
    await draftIn(before, await publisherIn(before))
    await (await open({ store, policies: [watching(seen)] })).catchUp()
    expect(seen).toHaveLength(1)
  })

  it('acts once, however many runners there are and whenever they crash', async () => {
    const store = memoryStore()
    const dying = {
      open: async () => {
        const opened = await store.open()
        const progress = {
          ...opened.progress,
          open: async (shape: never) => {
            const table = await opened.progress.open(shape)
            return {
              ...table,
              write: async (batch: Parameters<typeof table.write>[0]) => {
                if (batch.from) throw new Error('The process died')
                await table.write(batch)
              },
            }
          },
        }
        return { ...opened, progress }
      },
    }
    const market = await open({ store: dying })
    const others = [await open({ store }), await open({ store })]
    const listingId = await draftIn(market, await publisherIn(market))
    await approve(market, listingId, 'auto')
    await expect(market.catchUp()).rejects.toThrow('The process died')
    await Promise.all(others.map((other) => other.catchUp()))
    expect((await typesIn(store)).filter((type) => type === 'Published')).toHaveLength(1)
  })

  it('C17 notes what was refused, and does not try it again', async () => {
    const store = memoryStore()
    let asked = 0
    const hopeless: AnyPolicy = {
      name: 'hopeless',
      on: {
        Submitted: ({ stream }: StoredListingEvent) => {
          asked += 1
          return [
            {
              key: 'x',
              command: {
                type: 'ExpireApproval',
                listingId: stream.slice(8),
                submissionId: stream.slice(8),
                publishBy: '2026-01-01T00:00:00.000Z',
              },
            },
          ]
        },
      },
    }
    const market = await open({ store, policies: [hopeless] })
    const listingId = await draftIn(market, await publisherIn(market))
    await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    await market.catchUp()
    await market.catchUp()
    expect(asked).toBe(1)
    expect((await market.health()).well).toBe(true)
    const { progress } = await store.open()
    const table = await progress.open({ name: 'policy:hopeless', version: 1, indexes: [['is']], text: false })
    const { documents } = await table.find({ where: { is: 'refused' } })
    expect(documents).toMatchObject([
      { document: { stream: `listing-${listingId}`, code: 'not-from-here', command: 'ExpireApproval' } },
    ])
  })

  it('C18 that answers itself without end is stopped by a typed error, and its stream is parked', async () => {
    const toggling: AnyPolicy = {
      name: 'toggling',
      on: {
        RemindedTooOften: () => [],
        PublishModeChanged: ({ stream, data, id }: Extract<StoredListingEvent, { type: 'PublishModeChanged' }>) => [
          {
            key: id,
            command: {
              type: 'ChangePublishMode',
              listingId: stream.slice(8),
              mode: data.mode === 'auto' ? 'manual' : 'auto',
            },
          },
        ],
      },
    }
    const store = memoryStore()
    const market = await open({ store, policies: [toggling] })
    const listingId = await draftIn(market, await publisherIn(market))
    await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    const hop = async (hops: number) => {
      const { log } = await store.open()
      const { events, head } = await log.readStream(`listing-${listingId}`, { backwards: true, limit: 1 })
      const { stream, version: _v, position: _p, ...last } = events[0]!
      const id = `00000000-0000-7000-8000-0000000000${10 + hops}`
      const command = { ...last.metadata.command, id }
      const changed = {
        ...last,
        id,
        type: 'PublishModeChanged',
        data: { mode: 'auto' },
        metadata: { ...last.metadata, command, hops },
      }
      await log.append({ writes: [{ stream, expected: head, events: [changed] }] })
    }
    await hop(15)
    await market.catchUp()
    expect(await market.parked()).toEqual([])
    await hop(16)
    await market.catchUp()
    expect(await market.parked()).toMatchObject([
      { policy: 'toggling', code: 'too-many-hops', stream: `listing-${listingId}` },
    ])
  })

  it('waits while the store is out of reach: nothing is parked for that', async () => {
    const store = memoryStore()
    let down = true
    const seen: string[] = []
    const flaky = withLog(store, (log) => ({
      append: (append) => {
        const { type } = append.writes[0]!.events[0]!
        if (down && type === 'Published')
          return Promise.reject(Object.assign(new Error('No connection'), { code: 'unavailable' }))
        return log.append(append)
      },
    }))
    const market = await open({ store: flaky, policies: [watching(seen)] })
    const listingId = await draftIn(market, await publisherIn(market))
    await approve(market, listingId, 'auto')
    await expect(market.catchUp()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await market.parked()).toEqual([])
    expect((await market.health()).policies.find(({ stopped }) => stopped)).toMatchObject({ stopped: 'No connection' })
    down = false
    await market.catchUp()
    expect((await typesIn(store)).at(-1)).toBe('Published')
    expect((await market.health()).well).toBe(true)
  })
})

describe('a right that is revoked while a policy acts on it', () => {
  it('A50 T9 is never used after it was revoked, in one process and in two', async () => {
    for (let round = 0; round < 60; round += 1) {
      const store = memoryStore()
      const market = await open({ store })
      const publisherId = await publisherIn(market)
      const listingId = await draftIn(market, publisherId)
      await approve(market, listingId, 'auto')
      const other = round % 2 ? market : await open({ store })
      const revoke = done(other, { type: 'RevokeAutoPublish', publisherId }, { by: olaf })
      await Promise.all([revoke, market.catchUp()])
      await market.catchUp()
      const types = await typesIn(store, '')
      const ends = types.filter((type) => ['AutoPublishRevoked', 'Published', 'PublishModeChanged'].includes(type))
      expect([
        ['Published', 'AutoPublishRevoked'],
        ['AutoPublishRevoked', 'PublishModeChanged'],
      ]).toContainEqual(ends)
    }
  })
})

describe('an event that a policy cannot handle', () => {
  it('B5 parks its stream for that policy, visibly; the others go on', async () => {
    const { market, seen, names, poor, logger } = await parkedMarket()
    expect(seen).toEqual([`${names.poor} 1`, `${names.fine} 1`, `${names.fine} 2`, `${names.fine} 3`])
    expect(await market.parked()).toMatchObject([
      {
        policy: 'watching',
        stream: `listing-${poor}`,
        version: 2,
        type: 'Revised',
        reason: 'A bug in the policy',
        code: 'policy-threw',
      },
    ])
    const health = await market.health()
    expect(health.well).toBe(false)
    expect(health.policies.every(({ lag }) => lag.events === 0)).toBe(true)
    expect(logger.lines.some((line) => line.includes('watching'))).toBe(true)
  })

  it('B6 goes on in order after a retry, up to where the policy stands, also after a restart', async () => {
    const { market, store, seen, names, poor, policies, mend } = await parkedMarket()
    const which = { policy: 'watching', stream: `listing-${poor}` }
    seen.length = 0
    expect(await market.retry(which)).toMatchObject({ version: 2, reason: 'A bug in the policy' })
    mend()
    const restarted = await open({ store, policies })
    expect(await restarted.retry(which)).toBeUndefined()
    expect(seen).toEqual([`${names.poor} 2`, `${names.poor} 3`])
    expect(await market.parked()).toEqual([])
    await done(market, revise(poor, 'Three'), { by: luc })
    await market.catchUp()
    expect(seen).toContain(`${names.poor} 4`)
    await expect(market.retry(which)).rejects.toMatchObject({ code: 'not-parked' })
    await expect(market.retry({ ...which, policy: 'nobody' })).rejects.toMatchObject({ code: 'unknown-name' })
  })

  it('B7 is left out when somebody says so, who and why is kept, and what waited is handled', async () => {
    const { market, store, seen, names, poor } = await parkedMarket()
    seen.length = 0
    const which = { policy: 'watching', stream: `listing-${poor}` }
    expect(await market.skip({ ...which, by: olaf, why: 'It is about a test listing' })).toBeUndefined()
    expect(seen).toEqual([`${names.poor} 3`])
    expect(await market.parked()).toEqual([])
    const { progress } = await store.open()
    const table = await progress.open({ name: 'policy:watching', version: 1, indexes: [['is']], text: false })
    expect((await table.find({ where: { is: 'skipped' } })).documents).toMatchObject([
      { document: { version: 2, by: olaf, why: 'It is about a test listing', reason: 'A bug in the policy' } },
    ])
  })
})

describe('a finished history', () => {
  it('D25 C3 all policies, run again from the beginning a year later, write nothing to the log', async () => {
    const store = memoryStore()
    const clock = handClock()
    const market = await open({ store, clock })
    const { publisherId, listingId } = await liveIn(market)
    const automatic = await draftIn(market, publisherId, 'Automatic')
    await approve(market, automatic, 'auto')
    await market.catchUp()
    await done(market, { type: 'GrantAutoApproval', publisherId }, { by: olaf })
    await update(market, automatic, { headline: 'Trusted' })
    await update(market, listingId, { pricing: { model: 'free' } })
    await market.catchUp()
    await done(market, { type: 'RecallSubmission', listingId }, { by: luc })
    const late = await draftIn(market, publisherId, 'Late')
    await approve(market, late)
    clock.wait(61 * day)
    await market.catchUp()
    await done(market, { type: 'Withdraw', listingId, reason: 'Retired' }, { by: luc })
    expect(await refusal(market, { type: 'Publish', listingId: late, revision: 1 }, { by: luc })).toBe(
      'approval-expired',
    )
    await market.catchUp()
    const before = (await typesIn(store, '')).length
    const written = await allEvents((await store.open()).log)
    expect(written.filter(({ data }) => data.basis === 'trusted-update')).toHaveLength(1)

    clock.wait(365 * day)
    const { log, views } = await store.open()
    const forgotten = memoryStore()
    const { progress } = await forgotten.open()
    const tables = await Promise.all(
      ['approve-trusted-updates', 'publish-on-approval'].map((policy) =>
        progress.open({ name: `policy:${policy}`, version: 1, indexes: [['is']], text: false }),
      ),
    )
    const beginning = { logId: log.logId, position: 0, id: '' }
    for (const table of tables) await table.write({ from: undefined, to: beginning, put: [], remove: [] })
    const again = await open({ store: { open: async () => ({ ...(await forgotten.open()), log, views }) }, clock })
    await again.catchUp()
    for (const table of tables) expect((await table.status()).checkpoint?.position).toBe(before)
    expect((await typesIn(store, '')).length).toBe(before)
  })
})
