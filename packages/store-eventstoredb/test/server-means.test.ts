import { type EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { memoryStore } from '@vitrine/store-memory'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { type DbClient, eventStoreDbStore } from '../src/index.js'
import { append, codeOf, event, eventsOf, pagesOf } from './event.js'
import { clientOf, testServer } from './server.js'

const server = await testServer()
afterAll(server.dispose)

describe('a stream that the server’s own means have touched', { timeout: 120_000 }, () => {
  it('A45 was deleted softly: it can be begun again, its versions go on, and nobody folds what does not begin at 0', async () => {
    const { log, client, name } = await staged()
    await log.append(append('s', 'none', event({ n: 0 }), event({ n: 1 })))
    await client.deleteStream(name('s'))
    expect(await log.readStream('s')).toEqual({ head: 'none', events: [], atEnd: true })
    expect(await log.append(append('s', 'none', event({ n: 2 })))).toMatchObject({ versions: [2], duplicate: false })
    for (const options of [{}, { from: 1 }, { from: 2, limit: 1 }, { backwards: true }]) {
      expect(await codeOf(log.readStream('s', options))).toBe('truncated')
    }
    expect(await log.append(append('s', 2, event({ n: 3 })))).toMatchObject({ versions: [3] })
    expect((await log.readStream('s', { from: 3 })).events.map(({ version }) => version)).toEqual([3])
  })

  it('A46 has a tombstone: it is gone, for readers and writers, whatever they expect', async () => {
    const { log, client, name } = await staged()
    const first = append('s', 'none', event())
    await log.append(first)
    await client.tombstoneStream(name('s'))
    for (const expected of ['none', 0, 1] as const) {
      expect(await codeOf(log.append(append('s', expected, event())))).toBe('gone')
    }
    expect(await codeOf(log.append(first))).toBe('gone')
    expect(await codeOf(log.readStream('s'))).toBe('gone')
    expect(await codeOf(log.readStream('s', { backwards: true }))).toBe('gone')
    expect(await codeOf(log.append(append('t', 'none', event())))).toBe('stored')
  })

  it('A47 is truncated by count, by age or by version: it is refused, in both directions and from its middle', async () => {
    const { log, client, name } = await staged()
    const means = [{ maxCount: 2 }, { truncateBefore: 3 }, { maxAge: 1 }]
    for (const [n, mean] of means.entries()) {
      await log.append(append(`s-${n}`, 'none', ...Array.from({ length: 5 }, () => event())))
      await client.setStreamMetadata(name(`s-${n}`), mean)
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    for (const stream of ['s-0', 's-1', 's-2']) {
      for (const options of [{}, { from: 1, limit: 2 }, { backwards: true }]) {
        expect([stream, await codeOf(log.readStream(stream, options))]).toEqual([stream, 'truncated'])
      }
    }
    expect((await log.readStream('s-0', { from: 4 })).events).toHaveLength(1)
  })

  it('observed 12: a repeat whose events are hidden is no success, and nothing was written', async () => {
    const { log, client, name } = await staged()
    const first = append('s', 'none', event())
    await log.append(first)
    await client.deleteStream(name('s'))
    await expect(log.append(first)).rejects.toMatchObject({ code: 'truncated', stream: 's' })
    expect((await log.readStream('s')).head).toBe('none')
  })

  it('A12 A13 observed 13: a repeat is known by all of it: order, gaps and bodies count', async () => {
    const { log } = await staged()
    const [a, b, c] = [event({ n: 0 }), event({ n: 1 }), event({ n: 2 })]
    await log.append(append('s', 'none', a, b, c))
    const codes = []
    for (const events of [[c], [a, c], [b, a], [a, b, c, event()]]) {
      codes.push(await codeOf(log.append(append('s', 'none', ...events))))
    }
    expect(codes).toEqual(['conflict', 'conflict', 'conflict', 'conflict'])
    expect(await log.append(append('s', 'none', a, b))).toMatchObject({ duplicate: true, versions: [1] })
    expect(await codeOf(log.append(append('s', 'none', a, { ...b, data: { n: 9 } })))).toBe('event-id-reused')
    expect((await log.readStream('s')).events).toHaveLength(3)
  })
})

describe('a log among what is not its own', { timeout: 120_000 }, () => {
  it('observed 20: passes over links, metadata, tombstones and whatever other tenants write', async () => {
    const { log, client, name } = await staged()
    const foreign = await staged()
    await log.append(append('a-1', 'none', event({ n: 0 })))
    await client.setStreamMetadata(name('a-1'), { cacheControl: 5 })
    await client.appendToStream('$ce-mine', {
      ...jsonEvent({ type: '$>', data: {} }),
      contentType: 'application/octet-stream',
      data: new TextEncoder().encode(`0@${name('a-1')}`),
    })
    await foreign.log.append(append('a-1', 'none', event({ n: 'theirs' })))
    await client.appendToStream('a-1', jsonEvent({ type: 'Noted', data: { n: 'nobody’s' } }))
    await log.append(append('a-2', 'none', event({ n: 1 })))
    await client.tombstoneStream(name('a-3'), { expectedRevision: 'any' })
    const pages = []
    for await (const page of log.readAll({ limit: 1 })) pages.push(page)
    expect(pages.map(({ events }) => events.map(({ data }) => data.n))).toEqual([[0], [1]])
    expect(pages.map(({ atHead }) => atHead)).toEqual([false, true])
    const [head] = await pagesOf(log, { types: [] })
    expect(head?.through).toEqual(pages[1]!.through)
  })

  it('B16 stands at its own last event, however much others write behind it, and hears of its next one', async () => {
    const { log, client } = await staged()
    await log.append(append('s', 'none', event({ n: 0 })))
    const others = Array.from({ length: 1_200 }, () => jsonEvent({ type: 'Other', data: {} }))
    for (let from = 0; from < others.length; from += 400) {
      await client.appendToStream('others-of-b16', others.slice(from, from + 400))
    }
    const [page] = await pagesOf(log)
    expect(page).toMatchObject({ events: [{ data: { n: 0 } }], atHead: true })
    const [again] = await pagesOf(log, { after: page!.through! })
    expect(again).toMatchObject({ events: [], through: page!.through, atHead: true })
    const stop = new AbortController()
    const following = pagesOf(log, { after: page!.through!, follow: true, signal: stop.signal })
    await log.append(append('s', 0, event({ n: 1 })))
    const heard = await pagesOf(log, { after: page!.through! })
    expect(heard.flatMap(({ events }) => events.map(({ data }) => data.n))).toEqual([1])
    setTimeout(() => stop.abort(), 300)
    expect((await following).flatMap(({ events }) => events.map(({ data }) => data.n))).toEqual([1])
  })

  it('B16 is not read through again after a restart: what others wrote meanwhile is passed over by the server', async () => {
    const { log, client, store, prefix } = await staged()
    await log.append(append('s', 'none', event({ n: 0 })))
    const [page] = await pagesOf(log)
    await store.close()
    const others = () => jsonEvent({ type: 'Other', data: {} })
    for (let more = 0; more < 5_000; more += 500) {
      await client.appendToStream('others-behind-b16', Array.from({ length: 500 }, others))
    }
    let transferred = 0
    const counting: DbClient = {
      appendToStream: (...asked) => client.appendToStream(...asked),
      readStream: (...asked) => client.readStream(...asked),
      tombstoneStream: (...asked) => client.tombstoneStream(...asked),
      subscribeToAll: (...asked) => client.subscribeToAll(...asked),
      dispose: async () => undefined,
      readAll: (...asked) => client.readAll(...asked).on('data', () => (transferred += 1)),
    }
    const again = await eventStoreDbStore({ client: counting, prefix, beside: memoryStore() }).open()
    onTestFinished(() => again.close())
    const after = page!.through!
    expect(await pagesOf(again.log, { after })).toMatchObject([{ events: [], through: after, atHead: true }])
    expect(transferred).toBeLessThan(2_500)
    await again.log.append(append('s', 0, event({ n: 1 })))
    const [next] = await pagesOf(again.log, { after, limit: 1 })
    expect(next).toMatchObject({ events: [{ data: { n: 1 } }], atHead: true })
    expect(transferred).toBeLessThan(3_800)
  })

  it('keeps correlation and causation under the names that the server’s own tools look for', async () => {
    const { log, client, name } = await staged()
    const one = event()
    await log.append(append('s', 'none', one))
    for await (const { event: raw } of client.readStream(name('s'))) {
      expect(raw?.metadata).toMatchObject({ $correlationId: 'k-1', $causationId: 'k-0' })
    }
    const [found] = await eventsOf(log)
    expect(JSON.stringify(found!.metadata)).toBe(JSON.stringify(one.metadata))
  })

  it('refuses an event that somebody else has written into one of its streams', async () => {
    const { log, client, name } = await staged()
    await client.appendToStream(name('s'), jsonEvent({ type: 'Alien', data: 'text' }))
    expect(await codeOf(log.readStream('s'))).toBe('invalid')
    expect(await codeOf(eventsOf(log))).toBe('invalid')
  })

  it('B17 notices a place at which no event begins, one of another log, and one behind the end', async () => {
    const { log } = await staged()
    await log.append(append('s', 'none', event()))
    const [page] = await pagesOf(log)
    await log.append(append('s', 0, event()))
    const { position, id } = page!.through!
    for (const wrong of [
      { position: position + 1, id },
      { position: position + 100_000_000, id },
      { position: 1, id },
    ]) {
      const read = pagesOf(log, { after: { logId: log.logId, ...wrong } })
      expect(await codeOf(read)).toBe('log-replaced')
    }
    expect(await codeOf(pagesOf(log, { after: position + 1 }))).toBe('invalid')
  })
})

async function staged() {
  const prefix = `t${crypto.randomUUID().replaceAll('-', '')}`
  const store = await eventStoreDbStore({
    connectionString: server.connectionString,
    prefix,
    beside: memoryStore(),
  }).open()
  onTestFinished(() => store.close())
  const client: EventStoreDBClient = clientOf(server.connectionString)
  return { log: store.log, store, prefix, client, name: (stream: string) => `${prefix}:log:${stream}` }
}
