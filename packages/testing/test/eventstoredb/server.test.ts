import {
  binaryEvent,
  END,
  excludeSystemEvents,
  NO_STREAM,
  type Position,
  START,
  streamNameFilter,
} from '@eventstore/db-client'
import { describe, expect, it, vi } from 'vitest'
import { subscribed } from './subscribed.js'
import { anEvent, clientOf, failureOf, paths, withServer } from './with-server.js'

const patience = { timeout: 20_000 }

describe('a filtered subscription from the start', () => {
  it.each([
    ['fewer events than are searched at a time: a checkpoint that means the end when it is used', 3, [2n ** 64n - 1n]],
    ['more events than that and fewer than twice as many: the start of the first page', 45, [0n]],
  ])('without a match, %s', async (_, count, expected) => {
    const { client } = await withServer()
    for (let n = 0; n < count; n += 1) await client.appendToStream('s', anEvent())
    const checkpoints: Position[] = []
    const filter = streamNameFilter({
      prefixes: ['zzz'],
      checkpointReached: (_subscription, at) => void checkpoints.push(at),
    })
    const seen = subscribed(client.subscribeToAll({ fromPosition: START, filter }))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    expect(checkpoints).toEqual(expected.map((each) => ({ commit: each, prepare: each })))
  })

  it('that checkpoint used again skips all that was written before', async () => {
    const { client } = await withServer()
    await client.appendToStream('s', anEvent())
    const maximum = 2n ** 64n - 1n
    const seen = subscribed(client.subscribeToAll({ fromPosition: { commit: maximum, prepare: maximum } }))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    await client.appendToStream('s', anEvent())
    await vi.waitFor(() => expect(seen).toEqual(['confirmation', 'caughtUp', 's#1']), patience)
  })
})

describe('the log of a new server', () => {
  it('has an event of the server itself', async () => {
    const { client } = await withServer()
    const types = []
    for await (const { event } of client.readAll({ fromPosition: START })) types.push(event?.type)
    expect(types).toEqual(['$metadata'])
  })

  it('shows a subscription without system events nothing of it', async () => {
    const { client } = await withServer()
    const seen = subscribed(client.subscribeToAll({ fromPosition: START, filter: excludeSystemEvents() }))
    await vi.waitFor(() => expect(seen).toEqual(['confirmation', 'caughtUp']), patience)
  })
})

describe('a subscription that falls behind', () => {
  it('is caught up again, and again told so, with no event left out or twice', async () => {
    const { client } = await withServer()
    const seen = subscribed(client.subscribeToStream('s', { fromRevision: START }))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    await client.appendToStream(
      's',
      Array.from({ length: 100 }, () => anEvent()),
    )
    await vi.waitFor(() => expect(seen).toContain('s#99'), patience)
    await vi.waitFor(() => expect(seen.filter((each) => each === 'caughtUp')).toHaveLength(2), patience)
    expect(seen.filter((each) => each.startsWith('s#'))).toEqual(Array.from({ length: 100 }, (_, n) => `s#${n}`))
  })
})

describe.each(paths)('appends (%s)', (path, options) => {
  it('of four writers that expect the same revision one is accepted', async () => {
    const { server } = await withServer()
    const writers = [1, 2, 3, 4].map(() => clientOf(server))
    for (let round = 0; round < 10; round += 1) {
      const expectedRevision = round === 0 ? NO_STREAM : BigInt(round - 1)
      const calls = writers.map((each) => each.appendToStream('s', anEvent(), { expectedRevision, ...options }))
      const kinds = await Promise.all(calls.map(failureOf))
      expect(kinds.map(({ name }) => name).sort()).toEqual([
        'WrongExpectedVersionError',
        'WrongExpectedVersionError',
        'WrongExpectedVersionError',
        'no failure',
      ])
    }
  })

  it('of 15 MiB are received, and refused by the limit; a message above 16 MiB is not', async () => {
    const { client } = await withServer()
    const tooMuch = binaryEvent({ type: 'A', data: new Uint8Array(15 * 1024 * 1024) })
    const farTooMuch = binaryEvent({ type: 'A', data: new Uint8Array(17 * 1024 * 1024) })
    expect((await failureOf(client.appendToStream('s', tooMuch, options))).name).toBe('MaxAppendSizeExceededError')
    expect(await failureOf(client.appendToStream('s', farTooMuch, options))).toEqual({
      name: 'UnknownError',
      type: 'unknown',
      code: 8,
    })
  })

  it('are limited by their data alone, or by everything in them where the server is set so', async () => {
    const event = binaryEvent({ type: 'A', data: new Uint8Array(60), metadata: new Uint8Array(60) })
    const older = await withServer({ appendLimit: { bytes: 100, counts: 'data' } })
    const newer = await withServer({ appendLimit: { bytes: 100, counts: 'everything' } })
    expect(await failureOf(older.client.appendToStream('s', event, options))).toEqual({ name: 'no failure' })
    expect((await failureOf(newer.client.appendToStream('s', event, options))).name).toBe('MaxAppendSizeExceededError')
  })

  it('without a revision are recognised as long as the server remembers their ids', async () => {
    const { client } = await withServer({ rememberedIds: 3 })
    const first = anEvent()
    await client.appendToStream('s', first, options)
    expect((await client.appendToStream('s', first, options)).nextExpectedRevision).toBe(0n)
    await client.appendToStream('other', [anEvent(), anEvent(), anEvent()], options)
    expect((await client.appendToStream('s', first, options)).nextExpectedRevision, path).toBe(1n)
  })
})

describe('200 appends that are not awaited, each expecting the one before', () => {
  it('are all accepted by BatchAppend', async () => {
    const { client } = await withServer()
    await client.appendToStream('first', anEvent()) // the stream of requests is open: from then on they go out in order
    const calls = Array.from({ length: 200 }, (_, n) =>
      client.appendToStream('s', anEvent(), { expectedRevision: n === 0 ? NO_STREAM : BigInt(n - 1) }),
    )
    expect((await Promise.all(calls)).at(-1)?.nextExpectedRevision).toBe(199n)
  })
})

describe('subscriptions while 2,000 events are appended with 64 in flight', () => {
  it('give each event once, in its order, whenever they joined', async () => {
    const { client } = await withServer()
    const filter = streamNameFilter({ prefixes: ['s'] })
    const all = [
      subscribed(client.subscribeToStream('s')),
      subscribed(client.subscribeToAll({ fromPosition: START, filter })),
    ]
    let next = 0
    const lane = async () => {
      while (next < 2_000) {
        next += 1
        if (next === 1_000) all.push(subscribed(client.subscribeToStream('s')))
        await client.appendToStream('s', anEvent())
      }
    }
    await Promise.all(Array.from({ length: 64 }, lane))
    const expected = Array.from({ length: next }, (_, n) => `s#${n}`)
    for (const seen of all)
      await vi.waitFor(() => expect(seen.filter((each) => each.startsWith('s#'))).toEqual(expected), patience)
  })
})

describe('an insecure server', () => {
  it('takes an append to a stream of the name that means the log', async () => {
    const { client } = await withServer()
    expect((await client.appendToStream('$all', anEvent())).success).toBe(true)
  })
})

describe('a connection', () => {
  it('carries 100 calls: further ones wait without an error, from new clients too', async () => {
    const { server, client } = await withServer()
    const all = Array.from({ length: 130 }, () => subscribed(client.subscribeToStream('s', { fromRevision: END })))
    const confirmed = () => all.filter((seen) => seen.includes('caughtUp')).length
    await vi.waitFor(() => expect(confirmed()).toBe(100), patience)
    const later = failureOf(clientOf(server).deleteStream('s', { deadline: 300 }))
    expect(await later).toEqual({ name: 'DeadlineExceededError', type: 'deadline-exceeded', code: 4 })
    expect(confirmed()).toBe(100)
    await client.dispose()
    expect((await failureOf(clientOf(server).deleteStream('s'))).name).toBe('WrongExpectedVersionError')
  })
})

describe('a client that has to find a server', () => {
  it('is told of this one, the leader of a cluster of one', async () => {
    const { server } = await withServer()
    const client = clientOf({ connectionString: server.connectionString.replace('esdb:', 'esdb+discover:') })
    expect((await client.appendToStream('s', anEvent())).nextExpectedRevision).toBe(0n)
  })
})

describe('a server without BatchAppend, or without a list of what it can do', () => {
  it.each([{ hasBatchAppend: false }, { hasFeatures: false }])('is appended to by Append: %o', async (options) => {
    const { server, client } = await withServer(options)
    server.faults.begin({ kind: 'timed-out', written: false })
    expect(await failureOf(client.appendToStream('s', anEvent()))).toEqual({
      name: 'TimeoutError',
      type: 'timeout',
      code: 10,
    })
  })
})

describe('with the projection of categories', () => {
  it('their streams hold links, to deletions too, and none for names without a category', async () => {
    const { client } = await withServer({ linksCategories: true })
    for (const stream of ['del-1', 'del-2', 'a-b-c', 'nodash', '-lead', 'x-'])
      await client.appendToStream(stream, anEvent())
    await client.deleteStream('del-1')
    await client.tombstoneStream('del-2')
    await vi.waitFor(async () => expect(await linksIn('$ce-del')).toHaveLength(4), patience)
    expect(await linksIn('$ce-del')).toEqual([
      '0@del-1 without event',
      '0@del-2 without event',
      '0@$$del-1 with $metadata',
      '9223372036854775807@del-2 without event',
    ])
    for await (const { event } of client.readStream('$ce-a'))
      expect(Object.keys(event?.metadata ?? {})).toEqual(['$v', '$c', '$p', '$o', '$causedBy'])
    expect(await linksIn('$ce-a')).toEqual(['0@a-b-c with Noted'])
    expect(await linksIn('$ce-x')).toEqual(['0@x- with Noted'])
    for (const stream of ['$ce-a-b', '$ce-nodash', '$ce-'])
      expect((await failureOf(linksIn(stream))).name).toBe('StreamNotFoundError')

    async function linksIn(stream: string) {
      const links = []
      for await (const { link, event } of client.readStream(stream, { resolveLinkTos: true }))
        links.push(
          `${Buffer.from(link?.data as Uint8Array).toString()} ${event ? `with ${event.type}` : 'without event'}`,
        )
      return links
    }
  })
})
