import { EventStoreDBClient } from '@eventstore/db-client'
import { memoryStore } from '@vitrine/store-memory'
import { startEventStoreDb } from '@vitrine/testing/eventstoredb-server'
import { describe, expect, it } from 'vitest'
import { eventStoreDbStore } from '../src/index.js'
import { append, codeOf, event, eventsOf } from './event.js'
import { clientOf, faultyServer, openStore, paths } from './server.js'

/** Milliseconds: short, since what never answers is waited for. */
const patience = 500

for (const appends of paths) {
  const staged = async (options: Parameters<typeof faultyServer>[0] = {}) => {
    const server = await faultyServer(options)
    const store = await openStore(server.connectionString, { appends, patience })
    return { server, store, log: store.log }
  }

  describe(`a server with a fault, appended to on the ${appends} path`, { timeout: 120_000 }, () => {
    it('observed 9: who is never answered hears of an unknown outcome in time, and repeats without harm', async () => {
      const { server, log } = await staged()
      server.faults.begin({ kind: 'reply-hangs', on: ['write'], times: 1 })
      const one = append('s', 'none', event({ n: 1 }))
      expect(await codeOf(log.append(one))).toBe('unknown-outcome')
      server.faults.end()
      expect(await log.append(one)).toMatchObject({ versions: [0], duplicate: true })
      expect(await eventsOf(log)).toHaveLength(1)
    })

    it('observed 10, 11: a write that timed out is an unknown outcome, stored or not', async () => {
      const { server, log } = await staged()
      for (const [n, written] of [true, false].entries()) {
        server.faults.begin({ kind: 'timed-out', written, times: 1 })
        const one = append(`s-${n}`, 'none', event(), event())
        expect(await codeOf(log.append(one))).toBe('unknown-outcome')
        server.faults.end()
        expect((await log.readStream(`s-${n}`)).head).toBe(written ? 1 : 'none')
        expect(await log.append(one)).toMatchObject({ versions: [1] })
        expect((await log.readStream(`s-${n}`)).events).toHaveLength(2)
      }
    })

    it('A32 a connection that drops instead of an answer is an unknown outcome, and a retry resolves it', async () => {
      const { server, log } = await staged()
      server.faults.begin({ kind: 'reply-lost', on: ['write'], times: 1 })
      const one = append('s', 'none', event())
      expect(await codeOf(log.append(one))).toBe('unknown-outcome')
      server.faults.end()
      expect(await log.append(one)).toMatchObject({ versions: [0], duplicate: true })
      expect(await eventsOf(log)).toHaveLength(1)
    })

    it('A13 a retry with another body under the same ids is refused, though the server takes it for a repeat', async () => {
      const { server, log } = await staged()
      server.faults.begin({ kind: 'reply-lost', on: ['write'], times: 1 })
      const one = event({ n: 1 })
      await codeOf(log.append(append('s', 'none', one)))
      server.faults.end()
      expect(await codeOf(log.append(append('s', 'none', { ...one, data: { n: 2 } })))).toBe('event-id-reused')
    })

    it('observed 21: a server that is not there is said to be unavailable, and nothing was written', async () => {
      const server = await startEventStoreDb()
      const store = await openStore(server.connectionString, { appends, patience })
      await store.log.append(append('s', 'none', event()))
      await server.stop()
      const codes = [await codeOf(store.log.append(append('s', 0, event())))]
      codes.push(await codeOf(store.log.append(append('s', 0, event()))), await codeOf(store.log.readStream('s')))
      expect(codes.slice(1)).toEqual(['unavailable', 'unavailable'])
      expect(['unavailable', 'unknown-outcome']).toContain(codes[0])
      expect(await codeOf(openStore(server.connectionString, { appends, patience }))).toBe('unavailable')
    })

    it('observed 15: who may do nothing hears that it needs credentials', async () => {
      const { server, log } = await staged()
      server.faults.begin({ kind: 'access-denied' })
      const attempts = [() => log.append(append('s', 'none', event())), () => log.readStream('s'), () => eventsOf(log)]
      for (const attempt of attempts) {
        const message = expect.stringContaining('credentials')
        await expect(attempt()).rejects.toMatchObject({ code: 'unavailable', message })
      }
    })

    it('observed 16: a node without a leader is not read from, since it may be behind', async () => {
      const { server, log } = await staged()
      await log.append(append('s', 'none', event()))
      server.faults.begin({ kind: 'not-ready' })
      expect(await codeOf(log.readStream('s'))).toBe('unavailable')
      expect(await codeOf(eventsOf(log))).toBe('unavailable')
      expect(['unavailable', 'unknown-outcome']).toContain(await codeOf(log.append(append('s', 0, event()))))
      server.faults.end()
      expect((await log.readStream('s')).head).toBe(0)
    })

    it('a read that hangs ends in time, and gives its place back', async () => {
      const { server, log } = await staged()
      server.faults.begin({ kind: 'hang', on: ['read'] })
      const reads = Array.from({ length: 60 }, () => codeOf(log.readStream('s')))
      expect(new Set(await Promise.all(reads))).toEqual(new Set(['unavailable']))
      server.faults.end()
      expect((await log.readStream('s')).head).toBe('none')
    })

    it('B15 a reader that follows goes on after its connection was cut, with no gap and nothing twice', async () => {
      const { server, log } = await staged()
      const seen: unknown[] = []
      const stop = new AbortController()
      const following = (async () => {
        for await (const { events } of log.readAll({ follow: true, signal: stop.signal })) {
          seen.push(...events.map(({ data }) => data.n))
        }
      })()
      for (let n = 0; n < 6; n += 1) {
        await appendSurely(log, n)
        if (n % 2) server.faults.dropConnections()
      }
      await until(() => seen.length >= 6)
      stop.abort()
      await following
      expect(seen).toEqual([0, 1, 2, 3, 4, 5])
    })
  })
}

describe('appends on the plain path', { timeout: 120_000 }, () => {
  it('observed 27: go to the leader when the node that was asked is none', async () => {
    const server = await faultyServer()
    const { log } = await openStore(server.connectionString, { patience })
    server.faults.begin({ kind: 'not-leader', leader: { host: '127.0.0.1', port: server.port }, times: 1 })
    expect(await log.append(append('s', 'none', event()))).toMatchObject({ versions: [0], duplicate: false })
  })

  it('observed 4, 5: are not hurt by another client of the process whose batch call breaks', async () => {
    const [ours, theirs] = [await faultyServer(), await startEventStoreDb()]
    const { log } = await openStore(ours.connectionString)
    const other = await openStore(theirs.connectionString, { appends: 'batch' })
    ours.faults.begin({ kind: 'slow', milliseconds: 300, on: ['write'] })
    const inFlight = Array.from({ length: 8 }, (_, n) => codeOf(log.append(append(`s-${n}`, 'none', event()))))
    const broken = codeOf(other.log.append(append('s', 'none', event())))
    await theirs.stop()
    expect(new Set(await Promise.all(inFlight))).toEqual(new Set(['stored']))
    await broken
    ours.faults.end()
    expect(await codeOf(log.append(append('t', 'none', event())))).toBe('stored')
  })

  it('observed 4: what the server would refuse twice never reaches the client', async () => {
    const server = await faultyServer()
    for (const appends of paths) {
      const { log } = await openStore(server.connectionString, { appends })
      server.faults.begin({ kind: 'hang' })
      for (const bad of [{ id: 'no-uuid' }, { type: '' }, { type: '$system' }, { data: { n: 1n } as never }]) {
        expect(await codeOf(log.append(append('s', 'none', { ...event(), ...bad })))).toBe('invalid')
      }
      server.faults.end()
      expect(await codeOf(log.append(append('s', 'none', event())))).toBe('stored')
    }
  })

  it('observed 14: fit into what a server of any version takes, whatever it counts', async () => {
    const server = await faultyServer({ appendLimit: { bytes: 1024 * 1024, counts: 'everything' } as never })
    const { log } = await openStore(server.connectionString)
    const large = event({ text: 'x'.repeat(440_000) })
    const metadata = { ...large.metadata, rules: 'r'.repeat(440_000) }
    expect(await codeOf(log.append(append('s', 'none', { ...large, metadata })))).toBe('stored')
    expect(await codeOf(log.append(append('s', 0, { ...event({ text: 'x'.repeat(470_000) }), metadata })))).toBe(
      'invalid',
    )
  })
})

describe('the connection', { timeout: 120_000 }, () => {
  it('observed 7: is not used up by readings that are left in the middle, nor by many at once', async () => {
    const server = await faultyServer()
    const { log } = await openStore(server.connectionString)
    for (let n = 0; n < 20; n += 1) await log.append(append(`s-${n}`, 'none', event(), event()))
    for (let n = 0; n < 130; n += 1) for await (const _page of log.readAll({ limit: 1 })) break
    const stop = new AbortController()
    const followers = Array.from({ length: 130 }, async () => {
      for await (const _page of log.readAll({ follow: true, signal: stop.signal }));
    })
    const reads = Array.from({ length: 200 }, (_, n) => log.readStream(`s-${n % 20}`))
    expect((await Promise.all(reads)).every(({ head }) => head === 1)).toBe(true)
    expect(await codeOf(log.append(append('t', 'none', event())))).toBe('stored')
    stop.abort()
    await Promise.all(followers)
  })

  it('observed 6: is never asked for nothing, nor forwards from the end', async () => {
    const server = await faultyServer()
    const { log } = await openStore(server.connectionString)
    await log.append(append('s', 'none', event()))
    expect(await codeOf(log.readStream('s', { limit: 0 }))).toBe('invalid')
    expect(await log.readStream('s', { from: Number.MAX_SAFE_INTEGER })).toMatchObject({
      head: 0,
      events: [],
      atEnd: true,
    })
    const pages = []
    for await (const page of log.readAll({ after: Number.MAX_SAFE_INTEGER - 1 })) pages.push(page)
    expect(pages).toMatchObject([{ events: [], atHead: true }])
  })

  it('of a client that is handed in stays open when the store is closed', async () => {
    const server = await faultyServer()
    const client = clientOf(server.connectionString)
    const store = await eventStoreDbStore({ client, beside: memoryStore() }).open()
    await store.log.append(append('s', 'none', event()))
    await store.close()
    let seen = 0
    for await (const _event of client.readStream('vitrine:log:s')) seen += 1
    expect(seen).toBe(1)
    expect(client).toBeInstanceOf(EventStoreDBClient)
  })
})

async function appendSurely(log: Parameters<typeof eventsOf>[0], n: number): Promise<void> {
  const one = append('s', n === 0 ? 'none' : n - 1, event({ n }))
  while ((await codeOf(log.append(one))) !== 'stored') await new Promise((resolve) => setTimeout(resolve, 20))
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20))
}
