import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundled, endAll, start } from '@vitrine/child-processes'
import type { Store } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuseAt, fused } from './fuse.js'
import { begin, messagesIn, telling } from './message-stage.js'
import { type Noted, notedIn, receiver } from './receiver.js'
import { done, handClock, luc } from './stage.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-deliver-'))
let program = ''
beforeAll(async () => {
  program = await bundled('runtime/test/deliver-child.ts', folder)
}, 60_000)
afterAll(() => {
  endAll()
  rmSync(folder, { recursive: true })
})

const realClock = Object.assign(() => new Date(), { wait: () => undefined })
const boxes = ['u-ada@mail.example', 'u-luc@mail.example']

/** Every message arrived at least once, none was tried more often than was claimed, and repeats have the same id. */
async function expectAllTold(store: Store, received: string, names: readonly string[], by = ''): Promise<void> {
  const notes = notedIn(received)
  const messages = await messagesIn(store)
  const types = Map.groupBy(messages, ({ type }) => type)
  expect(types.get('MessageRequested')?.length, by).toBe(names.length)
  expect(types.get('MessageDelivered')?.length, by).toBe(names.length * boxes.length)
  const attempts = notes.filter(({ what }) => what === 'begun')
  expect(attempts.length).toBeLessThanOrEqual(types.get('MessageAttempted')?.length ?? 0)
  const taken = Map.groupBy(
    notes.filter(({ what }) => what === 'taken'),
    ({ name, mailbox }) => `${name} ${mailbox}`,
  )
  expect([...taken.keys()].toSorted()).toEqual(names.flatMap((name) => boxes.map((box) => `${name} ${box}`)).toSorted())
  for (const [told, of] of taken) {
    const ids = new Set(of.map(({ id }) => id))
    expect(ids.size, told).toBe(1)
    const tried = attempts.filter(({ id }) => ids.has(id)).length
    expect(of.length, told).toBeLessThanOrEqual(tried)
  }
}

describe('C1 C2 C5 a receiver that fails at random, and whoever sends ends at random', () => {
  it('in 160 rounds on SQLite that end at any step: all arrives, none more often than it was tried, under one id', async () => {
    const [file, received] = [join(folder, 'steps.db'), join(folder, 'steps.txt')]
    const store = sqliteStore(file, { synchronous: 'NORMAL' })
    const clock = handClock()
    const seed = Math.floor(Math.random() * 2 ** 31)
    const chance = chances(seed)
    const notifiers = [receiver(received, chance)]
    const messages = { sendWithin: 25, firstPause: 10, longestPause: 1_000, attempts: 100_000 }
    const { market, publisherId, again } = await telling({ store, clock, notifiers, messages, chance })
    const names: string[] = []
    let ended = 0
    for (let round = 0; round < 160; round += 1) {
      names.push(`R${round}`)
      await begin(market, publisherId, `R${round}`)
      const fuse = fuseAt(Math.floor(chance() * 150))
      const runner = await again({ store: fused(store, fuse) })
      fuse.arm()
      await runner.catchUp().catch((error: unknown) => expect(error).toMatchObject({ code: 'closed' }))
      if (fuse.isBlown) ended += 1
      await runner.close()
      clock.wait(chance() * 100)
    }
    expect(ended, `seed ${seed}`).toBeGreaterThan(60)
    const rest = await again()
    for (let n = 0; n < 300 && (await isOpen(rest)); n += 1) {
      clock.wait(1_000)
      await rest.catchUp()
    }
    await Promise.all([rest.close(), market.close()])
    await expectAllTold(store, received, names, `seed ${seed}`)
  }, 180_000)

  it('in 40 rounds of processes that are killed: all arrives, none more often than it was tried, under one id', async () => {
    const [file, received] = [join(folder, 'killed.db'), join(folder, 'killed.txt')]
    const store = sqliteStore(file)
    const { market, publisherId } = await telling({ store, notifiers: [], clock: realClock })
    const names: string[] = []
    for (let round = 0; round < 40; round += 1) {
      const child = start(program, file, received, '300')
      await child.said
      for (const name of [`R${round}a`, `R${round}b`]) {
        names.push(name)
        await begin(market, publisherId, name)
        await pause(Math.random() * 60)
      }
      await child.kill()
      expect(await child.ended).toBe('SIGKILL')
    }
    writeFileSync(`${received}.end`, '')
    const last = start(program, file, received, '300')
    expect(await last.ended).toBe(0)
    await market.close()
    await expectAllTold(store, received, names)
  }, 180_000)
})

describe('two processes that deliver at the same time', () => {
  it('C1 C5 make one attempt at a time, deliver each message once, and keep the order of what is about one listing', async () => {
    const [file, received] = [join(folder, 'two.db'), join(folder, 'two.txt')]
    const store = sqliteStore(file)
    const { market, publisherId } = await telling({ store, notifiers: [], policies: [], clock: realClock })
    const children = [1, 2].map(() => start(program, file, received, '10000', 'calmly'))
    await Promise.all(children.map(({ said }) => said))
    const listings = await Promise.all(Array.from({ length: 8 }, (_, n) => begin(market, publisherId, `N${n}`)))
    for (let revision = 0; revision < 6; revision += 1) {
      for (const listingId of listings)
        await done(market, { type: 'Revise', listingId, changes: { headline: `H${revision}` } }, { by: luc })
    }
    writeFileSync(`${received}.end`, '')
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0])
    await market.close()
    const notes = notedIn(received)
    const inOrder = Array.from({ length: 7 }, (_, version) => version)
    for (const listingId of listings) {
      const [begun, taken] = ['begun', 'taken'].map((what) => versionsNoted(notes, what, listingId))
      expect([begun, taken]).toEqual([inOrder, inOrder])
    }
    expect((await messagesIn(store)).filter(({ type }) => type === 'MessageAttempted').length).toBe(7 * listings.length)
  }, 60_000)
})

function versionsNoted(notes: readonly Noted[], what: string, listingId: string): readonly number[] {
  const about = notes.filter((note) => note.what === what && note.name.startsWith(`listing-${listingId} `))
  return about.map(({ name }) => Number(name.split(' ')[1]))
}

async function isOpen(market: Awaited<ReturnType<typeof telling>>['market']): Promise<boolean> {
  const { due, underWay, waiting } = (await market.health()).messages
  return due + underWay + waiting > 0
}

/** Numbers from 0 up to 1 that follow from a seed. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}
