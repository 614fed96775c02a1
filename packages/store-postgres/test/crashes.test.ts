import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bundled, endAll, start } from '@vitrine/child-processes'
import type { Append, Appended, OpenStore, StoredEvent } from '@vitrine/core'
import { type PostgresServer, startPostgres } from '@vitrine/embedded-postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresStore } from '../src/index.js'
import { append, event, eventsOf } from './event.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-postgres-processes-'))
let program = ''
let server: PostgresServer
beforeAll(async () => {
  const starting = startPostgres()
  program = await bundled('store-postgres/test/child.ts', folder)
  server = await starting
}, 60_000)
afterAll(async () => {
  endAll()
  await server.close()
  rmSync(folder, { recursive: true })
})

describe('several processes on one schema', () => {
  it('A50 a right revoked by another process is never used afterwards', async () => {
    const store = await opened('guards')
    await store.log.append(append('publisher', 'none', event('Granted')))
    const publishers = ['one', 'two'].map((name) => start(program, 'publish', server.url, 'guards', name))
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
  }, 60_000)

  it('A33 two append under load while a third reads: each event once, in order, no append in part', async () => {
    const store = await opened('load')
    const writers = ['one', 'two'].map((name) => start(program, 'append', server.url, 'load', name, '30'))
    const seen: StoredEvent[] = []
    const over = Promise.all(writers.map(({ ended }) => ended))
    let isOver = false
    void over.then(() => {
      isOver = true
    })
    for (let after = 0; ; ) {
      const last = isOver
      for await (const { events, through } of store.log.readAll({ after, limit: 7 })) {
        seen.push(...events)
        after = through?.position ?? 0
      }
      if (last) break
    }
    expect(await over).toEqual([0, 0])
    expectWhole(
      seen,
      writers.flatMap((writer) => idsSaid(writer.lines())),
    )
    expect(seen).toEqual(await eventsOf(store.log))
    await store.close()
  }, 60_000)

  it('A41 a process that opened and closed ends by itself, and a waiting reader keeps none alive', async () => {
    const processes = [start(program, 'open', server.url, 'ends'), start(program, 'linger', server.url, 'ends', 'a')]
    const ended = Promise.all(processes.map((each) => each.ended))
    expect(await Promise.race([ended, pause(20_000, 'still there')])).toEqual([0, 0])
    expect(processes[1]!.lines()).toEqual(['waiting'])
  }, 60_000)
})

describe('a writer that is killed', () => {
  it('A24 in the middle of its transaction: nothing of it is read, and the next one goes on', async () => {
    const store = await opened('killed')
    const holder = start(program, 'hold', server.url, 'killed', 'held')
    await holder.said
    const next = store.log.append(append('next', 'none', event('Noted')))
    await holder.kill()
    expect((await next).versions).toEqual([0])
    expect((await eventsOf(store.log)).map(({ stream }) => stream)).toEqual(['next'])
    await store.close()
  }, 60_000)

  it('A30 at any moment, many times: what it was told is there, once, and no append in part', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < 6; round += 1) {
      const writers = [0, 1, 2].map((n) => start(program, 'append', server.url, 'rounds', `w-${round}-${n}`, '100000'))
      await Promise.all(
        writers.map(async (writer) => {
          await writer.said
          await pause(Math.random() * 60)
          await writer.kill()
          acknowledged.push(...idsSaid(writer.lines()))
        }),
      )
    }
    const store = await opened('rounds')
    expect(acknowledged.length).toBeGreaterThanOrEqual(36)
    expectWhole(await eventsOf(store.log), acknowledged)
    await store.close()
  }, 90_000)
})

describe('a server that crashes', () => {
  it('A31 under load, three times: what was acknowledged is there, each append whole; what was unsure is resolved', async () => {
    const store = await opened('crash')
    const known: Appended[] = []
    for (let round = 0; round < 3; round += 1) {
      let crashed = false
      const lanes = Array.from({ length: 8 }, async (_, lane) => {
        const stream = `s-${round}-${lane}`
        for (let n = 0; !crashed; n += 1) {
          const events = [event('First', { n }), event('Second', { n })]
          known.push(await surely(store, append(stream, n === 0 ? 'none' : 2 * n - 1, ...events)))
        }
      })
      await pause(200)
      await server.stop('immediate')
      crashed = true
      await server.start()
      await Promise.all(lanes)
    }
    const events = await eventsOf(store.log)
    expect(events.length).toBe(known.length * 2)
    for (const { position, positions } of known) {
      expect(positions).toEqual([[position - 1, position]])
      const [first, second] = events.filter((each) => each.position === position - 1 || each.position === position)
      expect([first?.type, second?.type]).toEqual(['First', 'Second'])
    }
    expectWhole(events, [])
    await store.close()
  }, 120_000)
})

describe('a dump', () => {
  it('A28 restored into another cluster: a consumer goes on from its checkpoint, nothing is lost or repeated', async () => {
    const before = await opened('market')
    for (let n = 0; n < 30; n += 1) {
      await before.log.append(append(`s-${n % 4}`, n < 4 ? 'none' : Math.floor(n / 4) - 1, event('Noted', { n })))
    }
    const pages = before.log.readAll({ limit: 10 })[Symbol.asyncIterator]()
    const { through } = (await pages.next()).value!
    const kept = await eventsOf(before.log)
    await before.close()

    const copy = await startPostgres({ max_connections: '20' })
    await copied(server.url, copy.url, 'market')
    const after = await postgresStore({ connectionString: copy.url, schema: 'market' }).open()
    const added = await after.log.append(append('s-0', 7, event('Noted', { n: 30 })))
    await after.log.append(append('new', 'none', event('Another', { n: 31 })))
    expect(added.position).toBeGreaterThan(kept.at(-1)!.position)
    const rest: StoredEvent[] = []
    for await (const { events } of after.log.readAll({ after: through })) rest.push(...events)
    expect(rest.map(({ data }) => data.n)).toEqual(Array.from({ length: 22 }, (_, n) => n + 10))
    expect((await eventsOf(after.log)).slice(0, 30)).toEqual(kept)
    await after.close()
    await copy.close()
  }, 60_000)
})

function opened(schema: string): Promise<OpenStore> {
  return postgresStore({ connectionString: server.url, schema }).open()
}

/** Appends until it is known what became of it, as a runtime does. */
async function surely({ log }: OpenStore, one: Append): Promise<Appended> {
  for (;;) {
    try {
      return await log.append(one)
    } catch (fault) {
      expect(fault).toMatchObject({ code: expect.stringMatching(/^(unknown-outcome|unavailable)$/) })
      await pause(50)
    }
  }
}

/** Table by table, into a schema that the store itself has made. */
async function copied(from: string, to: string, schema: string): Promise<void> {
  await (await postgresStore({ connectionString: to, schema }).open()).close()
  const [source, target] = [new Client(from), new Client(to)]
  await Promise.all([source.connect(), target.connect()])
  await target.query(`DELETE FROM ${schema}.facts`)
  for (const table of ['facts', 'log_streams', 'log_types', 'log_events', 'log_erasures']) {
    const file = join(server.data, '..', `${table}.copy`)
    await source.query(`COPY ${schema}.${table} TO '${file}'`)
    await target.query(`COPY ${schema}.${table} FROM '${file}'`)
  }
  await Promise.all([source.end(), target.end()])
}

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
  }
}

function idsSaid(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' ').slice(1))
}
