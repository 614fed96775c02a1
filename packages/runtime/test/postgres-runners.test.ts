import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundled, endAll, start } from '@vitrine/child-processes'
import type { Store, ViewBatch, ViewStore } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { postgresStore } from '@vitrine/store-postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectFreshFolds } from './fresh-folds.js'
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

const folder = mkdtempSync(join(tmpdir(), 'vitrine-runners-'))
const lease = 1_000
let program = ''
let connectionString = ''
beforeAll(async () => {
  connectionString = await postgresForTests()
  program = await bundled('runtime/test/worker-child.ts', folder)
}, 60_000)
afterAll(() => {
  endAll()
  rmSync(folder, { recursive: true })
})

const revise = (listingId: string, headline: string) => ({ type: 'Revise', listingId, changes: { headline } })

describe('two processes on PostgreSQL that run everything in the background', () => {
  it('B3 one of them runs the views; when it is killed the other takes over, and nothing is missing', async () => {
    const { store, schema } = fresh()
    const market = await open({ store, limits: { lease: 0 } })
    const worker = start(program, connectionString, schema, String(lease))
    await worker.said
    const standby = await open({ store, limits: { lease, sweepEvery: 100 } })
    standby.start()
    const listingId = await draftIn(market, await publisherIn(market))
    const { position } = await done(market, revise(listingId, 'Before'), { by: luc })
    await standby.asOperator.views.publisherListings.find({ after: position })
    await worker.kill()
    await approve(market, listingId, 'auto')
    expect(await until(async () => (await typesIn(store)).includes('Published'))).toBe(true)
    await standby.ready()
    await expectFreshFolds(store)
    await Promise.all([standby.close(), market.close()])
  }, 60_000)

  it('B4 C23 one that stood still for twice its lease writes nothing over what the other wrote', async () => {
    const { store, schema } = fresh()
    const market = await open({ store, limits: { lease: 0 } })
    const publisherId = await publisherIn(market)
    const listingId = await draftIn(market, publisherId)
    const worker = start(program, connectionString, schema, String(lease))
    await worker.said
    const clock = Object.assign(() => new Date(Date.now() - 300_000), { wait: () => undefined })
    const other = await open({ store, clock, limits: { lease, sweepEvery: 100 } })
    other.start()
    const write = headlines(market, listingId)
    for (let round = 0; round < 3; round += 1) {
      const writing = Array.from({ length: 20 }, write)
      await pause(Math.random() * 20)
      worker.child.kill('SIGSTOP')
      await Promise.all(writing)
      await pause(2 * lease)
      const { position } = await write()
      await other.asOperator.views.publisherListings.find({ after: position })
      worker.child.kill('SIGCONT')
      await Promise.all(Array.from({ length: 20 }, write))
      await other.ready()
    }
    await pause(lease)
    await expectFreshFolds(store)
    await worker.kill()
    await Promise.all([other.close(), market.close()])
  }, 90_000)
})

describe('two runtimes on PostgreSQL', () => {
  it('B23 a runner that is overtaken in the middle of a batch is refused, and goes on from where the other stands', async () => {
    const { store } = fresh()
    const market = await open({ store })
    const listingId = await draftIn(market, await publisherIn(market))
    await market.catchUp()
    for (let n = 0; n < 10; n += 1) await done(market, revise(listingId, `${n}`), { by: luc })
    const gate = Promise.withResolvers<void>()
    const codes: string[] = []
    const slow = await open({ store: heldAt(store, gate.promise, codes) })
    const catchingUp = slow.catchUp()
    await market.catchUp()
    for (let n = 10; n < 20; n += 1) await done(market, revise(listingId, `${n}`), { by: luc })
    await market.catchUp()
    gate.resolve()
    await catchingUp
    expect(codes).toContain('checkpoint-moved')
    await expectFreshFolds(store)
    await Promise.all([slow.close(), market.close()])
  }, 60_000)

  it('D22 a cached state on which the effect holds, or which forbids it, is not trusted', async () => {
    const { store } = fresh()
    const [one, two] = [await open({ store }), await open({ store })]
    const publisherId = await publisherIn(one)
    const listingId = await draftIn(one, publisherId)
    await done(one, revise(listingId, 'Mine'), { by: luc })
    await done(two, revise(listingId, 'Other'), { by: luc })
    expect((await done(one, revise(listingId, 'Mine'), { by: luc })).events).toHaveLength(1)
    await done(two, { type: 'RevokeAutoPublish', publisherId }, { by: olaf })
    const submit = { type: 'Submit', listingId, publishMode: 'auto' }
    expect(await refusal(one, submit, { by: luc })).toBe('auto-publish-not-granted')
    await done(two, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    expect(await refusal(one, revise(listingId, 'Third'), { by: luc })).toBe('not-from-here')
    await Promise.all([one.close(), two.close()])
  }, 60_000)

  it('D23 that retry one command id at once write once and answer alike', async () => {
    const { store } = fresh()
    const [one, two] = [await open({ store }), await open({ store })]
    const listingId = await draftIn(one, await publisherIn(one))
    for (let round = 0; round < 20; round += 1) {
      const ask = (market: object) =>
        done(market, revise(listingId, `Round ${round}`), { by: luc, commandId: `c-${round}` })
      const [a, b] = await Promise.all([ask(one), ask(two)])
      expect({ ...a, duplicate: true }).toEqual({ ...b, duplicate: true })
    }
    expect(await typesIn(store)).toHaveLength(22)
    await Promise.all([one.close(), two.close()])
  }, 60_000)

  it('D24 time never runs backwards in a stream, whatever their clocks say', async () => {
    const { store } = fresh()
    const ahead = await open({ store, clock: handClock('2026-01-05T09:05:00.000Z') })
    const behind = await open({ store, clock: handClock('2026-01-05T09:00:00.000Z') })
    const listingId = await draftIn(ahead, await publisherIn(ahead))
    for (let round = 0; round < 4; round += 1)
      await done(round % 2 ? ahead : behind, revise(listingId, `${round}`), { by: luc })
    const opened = await store.open()
    for (const [stream, ofStream] of Map.groupBy(await allEvents(opened.log), (event) => event.stream)) {
      const times = ofStream.map(({ metadata }) => metadata.occurredAt)
      expect({ stream, times }).toEqual({ stream, times: times.toSorted() })
    }
    await Promise.all([opened.close(), ahead.close(), behind.close()])
  }, 60_000)
})

/** Writes one headline after the other, each another one. */
function headlines(market: object, listingId: string) {
  let written = 0
  return () => {
    written += 1
    return done(market, revise(listingId, `${written}`), { by: luc })
  }
}

function fresh(): { readonly store: Store; readonly schema: string } {
  const schema = `runners ${randomUUID()}`
  return { schema, store: postgresStore({ connectionString, schema, connections: 4 }) }
}

/** A store whose views are written only when the gate opens; notes with which codes writes were refused. */
function heldAt(store: Store, gate: Promise<void>, codes: string[]): Store {
  const held = (views: ViewStore): ViewStore => ({
    ...views,
    open: async (shape) => {
      const table = await views.open(shape)
      const write = async (batch: ViewBatch) => {
        await gate
        await table.write(batch).catch((fault: Error & { readonly code: string }) => {
          codes.push(fault.code)
          throw fault
        })
      }
      return { ...table, write }
    },
  })
  return {
    open: async () => {
      const opened = await store.open()
      return { ...opened, views: held(opened.views) }
    },
  }
}

async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + 30_000
  while (performance.now() < end) {
    if (await isSo()) return true
    await pause(50)
  }
  return false
}
