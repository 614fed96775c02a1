import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { bundled, endAll, start } from '@vitrine/child-processes'
import type { StoredEvent } from '@vitrine/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteStore } from '../src/index.js'
import { append, event, eventsOf } from './event.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-processes-'))
let program = ''
beforeAll(async () => {
  program = await bundled('store-sqlite/test/child.ts', folder)
})
afterAll(() => {
  endAll()
  rmSync(folder, { recursive: true })
})

describe('several processes on one file', () => {
  it('A33 two append under load: nobody hears of a lock, and the order is intact', async () => {
    const file = join(folder, 'load.db')
    const writers = ['one', 'two'].map((name) => start(program, 'append', file, name, '60'))
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0])
    const events = await eventsIn(file)
    const acknowledged = writers.flatMap((writer) => idsSaid(writer.lines()))
    expect(acknowledged.length).toBeGreaterThan(1000)
    expectWhole(events, acknowledged)
  })

  it('A37 six cold boots at once make one schema', async () => {
    const file = join(folder, 'boots.db')
    const boots = Array.from({ length: 6 }, () => start(program, 'open', file))
    expect(await Promise.all(boots.map(({ ended }) => ended))).toEqual(Array(6).fill(0))
    expect(new Set(boots.flatMap((boot) => boot.lines())).size).toBe(1)
  })

  it('A50 a right revoked by another process is never used afterwards', async () => {
    const file = join(folder, 'guards.db')
    const store = await sqliteStore(file).open()
    await store.log.append(append('publisher', 'none', event('Granted')))
    const publishers = ['one', 'two'].map((name) => start(program, 'publish', file, name))
    await Promise.all(publishers.map(({ said }) => said))
    for (let version = 0; version < 200; version += 1) {
      await pause(Math.random() * 8)
      const type = version === 199 ? 'Closed' : version % 2 === 0 ? 'Revoked' : 'Granted'
      await store.log.append(append('publisher', version, event(type)))
    }
    expect(await Promise.all(publishers.map((publisher) => publisher.ended))).toEqual([0, 0])
    let granted = false
    let published = 0
    for (const { type } of await eventsOf(store.log)) {
      if (type === 'Published') expect(granted).toBe(true)
      if (type === 'Published') published += 1
      else granted = type === 'Granted'
    }
    expect(published).toBeGreaterThan(5)
    await store.close()
  })

  it('A54 another holds the lock for two seconds: timers keep firing, and the append succeeds after it', async () => {
    const file = join(folder, 'held.db')
    const store = await sqliteStore(file).open()
    const holder = start(program, 'hold', file, '-', '2000')
    await holder.said
    const ticks = [performance.now()]
    const ticking = setInterval(() => ticks.push(performance.now()), 10)
    const before = performance.now()
    await store.log.append(append('s', 'none', event('Noted')))
    const waited = performance.now() - before
    clearInterval(ticking)
    expect(waited).toBeGreaterThan(1500)
    const pauses = ticks.slice(1).map((tick, at) => tick - ticks[at]!)
    expect(ticks.length).toBeGreaterThan(80)
    expect(pauses.filter((length) => length > 100)).toEqual([])
    await Promise.all([store.close(), holder.ended])
  })

  it('A41 a process that opened and closed ends by itself, and a waiting reader keeps none alive', async () => {
    const file = join(folder, 'ends.db')
    const processes = [start(program, 'open', file), start(program, 'linger', file, 'a')]
    expect(
      await Promise.race([Promise.all(processes.map(({ ended }) => ended)), pause(10_000, 'still there')]),
    ).toEqual([0, 0])
    expect(processes[1]!.lines()).toEqual(['waiting'])
  })

  it('A31 a writer killed 60 times loses nothing acknowledged, and leaves no half append', {
    timeout: 60_000,
  }, async () => {
    const file = join(folder, 'killed.db')
    const acknowledged: string[] = []
    for (let round = 0; round < 20; round += 1) {
      const writers = [0, 1, 2].map((n) => start(program, 'append', file, `w-${round}-${n}`, '100000'))
      await Promise.all(
        writers.map(async (writer, n) => {
          await (n < 2 ? writer.said : pause(Math.random() * 400))
          await pause(Math.random() * 60)
          writer.child.kill('SIGKILL')
          expect(await writer.ended).toBe('SIGKILL')
          acknowledged.push(...idsSaid(writer.lines()))
        }),
      )
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(80)
    expectWhole(await eventsIn(file), acknowledged)
    const database = new DatabaseSync(file)
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    database.close()
  })
})

/** Nothing acknowledged is missing, nothing stands twice, no append is there in part, no stream has a hole. */
function expectWhole(events: readonly StoredEvent[], acknowledged: readonly string[]): void {
  const ids = new Set(events.map(({ id }) => id))
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
  expect(ids.size).toBe(events.length)
  expect(new Set(events.map(({ position }) => position)).size).toBe(events.length)
  const heads = new Map<string, number>()
  for (const [at, { stream, version, type, data }] of events.entries()) {
    expect(version).toBe((heads.get(stream) ?? -1) + 1)
    heads.set(stream, version)
    if (type === 'First') expect(events[at + 1]).toMatchObject({ type: 'Second', stream, data })
    if (type === 'Third') expect(events[at - 1]).toMatchObject({ type: 'Second', data })
    if (type === 'Second' && Number(data.n) % 4 === 0) expect(events[at + 1]).toMatchObject({ type: 'Third', data })
  }
}

function idsSaid(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' ').slice(1))
}

async function eventsIn(file: string): Promise<readonly StoredEvent[]> {
  const { log, close } = await sqliteStore(file).open()
  const events = await eventsOf(log)
  await close()
  return events
}
