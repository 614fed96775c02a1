import type { EventStoreDBClient } from '@eventstore/db-client'
import { NO_STREAM, START } from '@eventstore/db-client'
import { describe, expect, it, vi } from 'vitest'
import { subscribed } from './subscribed.js'
import { anEvent, clientOf, failureOf, paths, plainly, withServer } from './with-server.js'

const patience = { timeout: 20_000 }
const unavailable = { name: 'UnavailableError', type: 'unavailable', code: 14 }
const timeout = { name: 'TimeoutError', type: 'timeout', code: 10 }
const deadline = { name: 'DeadlineExceededError', type: 'deadline-exceeded' }

describe('a server that is not ready', () => {
  it('refuses writes, on the batch path as something unknown, and is read as always', async () => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'not-ready' })
    expect(await failureOf(client.appendToStream('s', anEvent()))).toEqual({ name: 'UnknownError', type: 'unknown' })
    expect(await failureOf(client.appendToStream('s', anEvent(), plainly))).toEqual(unavailable)
    expect(await failureOf(client.deleteStream('s'))).toEqual(unavailable)
    expect((await failureOf(eventsIn(client, 's'))).name).toBe('StreamNotFoundError')
    expect(await failureOf(eventsIn(client, 's', { requiresLeader: true }))).toEqual(unavailable)
    server.faults.end()
    expect((await client.appendToStream('s', anEvent())).success).toBe(true)
  })
})

describe('a server that does not lead', () => {
  it('sends on who requires the leader: the next call goes there', async () => {
    const leader = await withServer()
    const { server } = await withServer()
    server.faults.begin({ kind: 'not-leader', leader: { host: '127.0.0.1', port: leader.server.port } })
    const client = clientOf(server)
    const required = { ...plainly, requiresLeader: true }
    const failure = await client.appendToStream('s', anEvent(), required).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      type: 'not-leader',
      code: 5,
      leader: { address: '127.0.0.1', port: leader.server.port },
    })
    await client.appendToStream('s', anEvent(), required)
    expect(await eventsIn(leader.client, 's')).toHaveLength(1)
    expect((await failureOf(eventsIn(clientOf(server), 's', { requiresLeader: true }))).name).toBe('NotLeaderError')
  })

  it('fails all appends on a batch stream that requires the leader, and confirms a subscription first', async () => {
    const leader = await withServer()
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'not-leader', leader: { host: '127.0.0.1', port: leader.server.port } })
    const calls = [1, 2, 3].map(() => failureOf(client.appendToStream('s', anEvent(), { requiresLeader: true })))
    expect(new Set((await Promise.all(calls)).map(({ name }) => name))).toEqual(new Set(['NotLeaderError']))
    const seen = subscribed(clientOf(server).subscribeToStream('s', { requiresLeader: true }))
    await vi.waitFor(
      () => expect(seen).toEqual(['confirmation', '{"name":"NotLeaderError","type":"not-leader","code":5}']),
      patience,
    )
  })

  it('writes what a batch stream brings that was opened without requiring it, whatever later calls say', async () => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'not-leader', leader: { host: '127.0.0.1', port: 1 } })
    await client.appendToStream('s', anEvent())
    expect((await client.appendToStream('s', anEvent(), { requiresLeader: true })).success).toBe(true)
  })

  it('serves who does not require it', async () => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'not-leader', leader: { host: '127.0.0.1', port: 1 } })
    await client.appendToStream('s', anEvent())
    expect(await eventsIn(client, 's')).toHaveLength(1)
  })
})

describe('a server on which nobody may do anything', () => {
  it.each([
    ['access-denied', 7],
    ['unauthenticated', 16],
  ] as const)('says so: %s', async (kind, code) => {
    const { server, client } = await withServer()
    server.faults.begin({ kind })
    const denied = { name: 'AccessDeniedError', type: 'access-denied' }
    expect(await failureOf(client.appendToStream('s', anEvent()))).toMatchObject(denied)
    expect(await failureOf(client.appendToStream('s', anEvent(), plainly))).toEqual({ ...denied, code })
    expect(await failureOf(eventsIn(client, 's'))).toEqual({ ...denied, code })
    const seen = subscribed(client.subscribeToAll({ fromPosition: START }))
    await vi.waitFor(() => expect(seen).toEqual([JSON.stringify({ ...denied, code })]), patience)
  })
})

describe.each(paths)('an append (%s) that the server gives up', (path, options) => {
  it.each([
    ['not written', false],
    ['written all the same', true],
  ])('is %s: the answer does not tell', async (_, written) => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'timed-out', written, times: 1 })
    const failure = await failureOf(client.appendToStream('s', anEvent(), { expectedRevision: NO_STREAM, ...options }))
    expect(failure).toEqual(path === 'batch' ? deadline : timeout)
    const again = client.appendToStream('s', anEvent(), { expectedRevision: NO_STREAM, ...options })
    expect((await failureOf(again)).name).toBe(written ? 'WrongExpectedVersionError' : 'no failure')
  })
})

describe.each(paths)('an append (%s) whose answer is lost', (_, options) => {
  it('is written, and its caller told that the connection broke', async () => {
    const { server, client } = await withServer()
    await client.appendToStream('s', anEvent(), options)
    server.faults.begin({ kind: 'reply-lost', times: 1 })
    expect(await failureOf(client.appendToStream('s', anEvent(), options))).toEqual(unavailable)
    await vi.waitFor(async () => expect(await eventsIn(client, 's')).toHaveLength(2), patience)
  })

  it('is written, and its caller told nothing', async () => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'reply-hangs', times: 1 })
    const call = client.appendToStream('s', anEvent(), { ...options, deadline: 60_000 })
    await vi.waitFor(async () => expect(await eventsIn(client, 's')).toHaveLength(1), patience)
    expect(await Promise.race([call, Promise.resolve('nothing')])).toBe('nothing')
    void call.catch(() => {})
  })
})

describe('a server that hangs', () => {
  it('answers nothing and writes nothing; the batch path waits beyond its deadline', async () => {
    const { server, client } = await withServer()
    await client.appendToStream('s', anEvent())
    server.faults.begin({ kind: 'hang' })
    const batch = client.appendToStream('s', anEvent(), { deadline: 300 }).catch(() => 'failed')
    expect(await failureOf(client.appendToStream('s', anEvent(), { ...plainly, deadline: 300 }))).toEqual({
      ...deadline,
      code: 4,
    })
    expect(await Promise.race([batch, Promise.resolve('nothing')])).toBe('nothing')
    server.faults.end()
    expect(await eventsIn(client, 's')).toHaveLength(1)
  })
})

describe('a server that lags', () => {
  it('shows who does not require the leader less than there is', async () => {
    const { server, client } = await withServer()
    await client.appendToStream('s', [anEvent(), anEvent()])
    server.faults.begin({ kind: 'lagging', events: 1 })
    expect(await eventsIn(client, 's')).toEqual([0n])
    expect(await eventsIn(client, 's', { requiresLeader: true })).toEqual([0n, 1n])
    await client.appendToStream('s', anEvent(), { expectedRevision: 1n })
    await client.tombstoneStream('s')
    expect(await eventsIn(client, 's')).toEqual([0n, 1n, 2n])
    server.faults.begin({ kind: 'lagging', events: 1_000 })
    expect((await failureOf(eventsIn(client, 's'))).name).toBe('StreamNotFoundError')
    server.faults.end()
    expect((await failureOf(eventsIn(client, 's'))).name).toBe('StreamDeletedError')
  })
})

describe('a server that is slow', () => {
  it('writes what its caller has given up', async () => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'slow', milliseconds: 500, on: ['write'] })
    const call = client.appendToStream('s', anEvent(), { ...plainly, deadline: 100 })
    expect(await failureOf(call)).toEqual({ ...deadline, code: 4 })
    await vi.waitFor(async () => expect(await eventsIn(client, 's')).toHaveLength(1), patience)
  })
})

describe('connections that are cut', () => {
  it('end subscriptions, and the same client goes on', async () => {
    const { server, client } = await withServer()
    await client.appendToStream('s', anEvent())
    const seen = subscribed(client.subscribeToStream('s'))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    server.faults.dropConnections()
    await vi.waitFor(() => expect(seen.at(-1)).toBe(JSON.stringify(unavailable)), patience)
    await vi.waitFor(async () => expect(await eventsIn(client, 's')).toHaveLength(1), patience)
  })
})

describe('a clean stop', () => {
  it('refuses what is under way as not ready, and ends subscriptions without a status', async () => {
    const { server, client } = await withServer()
    const seen = subscribed(client.subscribeToStream('s'))
    await vi.waitFor(() => expect(seen).toContain('caughtUp'), patience)
    server.faults.begin({ kind: 'slow', milliseconds: 60_000, on: ['write'] })
    const calls = [1, 2, 3].map(() => failureOf(client.appendToStream('s', anEvent(), { deadline: 60_000 })))
    await client.getStreamMetadata('s')
    await server.stop()
    expect(await Promise.all(calls)).toEqual([1, 2, 3].map(() => ({ name: 'UnknownError', type: 'unknown' })))
    await vi.waitFor(() => expect(seen.at(-1)).toBe('{"name":"UnknownError","type":"unknown","code":13}'), patience)
  })
})

describe('a server that is not there', () => {
  it('is unavailable; on the batch path the error has no type', async () => {
    const { server, client } = await withServer()
    await server.stop()
    expect(await failureOf(client.appendToStream('s', anEvent()))).toEqual({ name: 'Error', code: 14 })
    expect(await failureOf(client.appendToStream('s', anEvent(), plainly))).toEqual(unavailable)
    expect(await failureOf(eventsIn(client, 's'))).toEqual(unavailable)
    expect(await failureOf(client.deleteStream('s'))).toEqual(unavailable)
    const seen = subscribed(client.subscribeToStream('s'))
    await vi.waitFor(() => expect(seen).toEqual([JSON.stringify(unavailable)]), patience)
  })

  it('is not found by who looks for a cluster', async () => {
    const { server } = await withServer()
    await server.stop()
    const client = clientOf({ connectionString: server.connectionString.replace('esdb:', 'esdb+discover:') })
    const failure = await client.appendToStream('s', anEvent()).catch(String)
    expect(failure).toBe('Error: Failed to discover after 10 attempts.')
  })
})

describe('a fault', () => {
  it('can be limited to kinds of calls, and to a number of them', async () => {
    const { server, client } = await withServer()
    server.faults.begin({ kind: 'access-denied', on: ['read'], times: 1 })
    await client.appendToStream('s', anEvent())
    expect((await failureOf(eventsIn(client, 's'))).name).toBe('AccessDeniedError')
    expect(await eventsIn(client, 's')).toHaveLength(1)
  })
})

async function eventsIn(client: EventStoreDBClient, stream: string, options: { requiresLeader?: boolean } = {}) {
  const revisions = []
  for await (const { event } of client.readStream(stream, options)) revisions.push(event?.revision)
  return revisions
}
