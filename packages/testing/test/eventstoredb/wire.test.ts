import { readFileSync } from 'node:fs'
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import { credentials } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EventStoreDb, startEventStoreDb } from '../../src/eventstoredb-server.js'
import { rawCalls } from './raw-calls.js'
import { identifier } from './raw-requests.js'

const recorded = JSON.parse(readFileSync(new URL('recorded-wire.json', import.meta.url), 'utf8')) as {
  readonly [kind: string]: { readonly [name: string]: unknown }
}

let server: EventStoreDb
let streams: StreamsClient
let calls: ReturnType<typeof rawCalls>
beforeAll(async () => {
  server = await startEventStoreDb()
  streams = new StreamsClient(`127.0.0.1:${server.port}`, credentials.createInsecure())
  calls = rawCalls(streams)
  await calls.append({ stream: 'w-1', expected: 'any', events: [{}, {}] })
  await calls.append({ stream: 'b-1', expected: 'any', events: [{}, {}, {}] })
  await calls.append({ stream: 'r-1', expected: 'any', events: [{}, {}, {}] })
  await calls.tombstone('b-tomb', 'any')
})
afterAll(async () => {
  streams.close()
  await server.stop()
})

const limit = 1024 * 1024
const notGuid = { id: 'not-a-guid' }
const one = [{}]

describe('what crosses the wire is what a real server sends', () => {
  it.each([
    ['conflictNoStream', { stream: 'w-1', expected: 'no_stream', events: one }],
    ['conflictRevision', { stream: 'w-1', expected: 7n, events: one }],
    ['conflictMissing', { stream: 'w-none', expected: 7n, events: one }],
    ['conflictExistsMissing', { stream: 'w-none', expected: 'stream_exists', events: one }],
    ['noType', { stream: 'w-2', expected: 'any', events: [{ without: 'type' }] }],
    ['noContentType', { stream: 'w-2', expected: 'any', events: [{ without: 'content-type' }] }],
    ['noExpectation', { stream: 'w-2', expected: undefined, events: one }],
    ['tooLarge', { stream: 'w-2', expected: 'any', events: [{ bytes: limit + 1 }] }],
    ['emptyMissing', { stream: 'w-empty', expected: 'any' }],
    ['noStreamIdentifier', { expected: 'any', events: one }],
    ['tombstoned', { stream: 'b-tomb', expected: 'any', events: one }],
    ['success', { stream: 'w-3', expected: 'any', events: [{}, {}] }],
  ] as const)('to Append: %s', async (name, append) => {
    expect(await calls.append(append)).toEqual(writable(recorded.append?.[name]))
  })

  it.each([
    ['conflictNoStream', { stream: 'b-1', expected: 'no_stream', events: one }],
    ['conflictRevision', { stream: 'b-1', expected: 9n, events: one }],
    ['conflictMissing', { stream: 'b-none', expected: 9n, events: one }],
    ['conflictExistsMissing', { stream: 'b-none', expected: 'stream_exists', events: one }],
    ['tooLarge', { stream: 'b-1', expected: 'any', events: [{ bytes: limit + 1 }] }],
    ['deadlinePast', { stream: 'b-1', expected: 'any', events: one, deadline: -1_000 }],
    ['noExpectation', { stream: 'b-1', expected: undefined, events: one }],
    ['noStreamIdentifier', { expected: 'any', events: one }],
    ['emptyMissing', { stream: 'b-empty', expected: 'any' }],
    ['tombstoned', { stream: 'b-tomb', expected: 'any', events: one }],
  ] as const)('to BatchAppend: %s', async (name, append) => {
    expect(await calls.batch(append)).toEqual(recorded.batchAppend?.[name])
  })

  it.each([
    ['noType', { stream: 'b-1', expected: 'any', events: [{ without: 'type' }] }, 2],
    ['badId', { stream: 'b-1', expected: 'any', events: [notGuid] }, 2],
    ['notFinal', { stream: 'b-1', expected: 'any', events: one, isFinal: false }, 1],
    ['notFinalDeadline500', { stream: 'b-1', expected: 'any', events: one, isFinal: false, deadline: 500 }, 1],
  ] as const)('to BatchAppend, late and in another form: %s', async (name, append, answers) => {
    expect(await calls.batch(append, answers)).toEqual(recorded.batchAppend?.[name])
  })

  it('to BatchAppend: success, under ids of both forms', async () => {
    const fresh = { expected: 'any', events: [{}, {}] } as const
    const named = (name: string, stream: string) =>
      JSON.parse(JSON.stringify(recorded.batchAppend?.[name]).replace('b-1', stream)) as unknown
    expect(await calls.batch({ ...fresh, stream: 'b-2' })).toEqual(named('success', 'b-2'))
    const third = { stream: 'b-2', expected: 1n, events: one, structured: true } as const
    expect(await calls.batch(third)).toEqual(named('successStructuredId', 'b-2'))
  })

  it('to Delete', async () => {
    expect(await calls.delete('d-none', 'any')).toEqual(recorded.delete?.missing)
    expect(await calls.delete('d-none', 'stream_exists')).toEqual(recorded.delete?.existsMissing)
    expect(await calls.delete('w-1', 7n)).toEqual(recorded.delete?.conflict)
    expect(await calls.delete('b-tomb', 'any')).toEqual(recorded.delete?.tombstoned)
    await calls.append({ stream: 'd-1', expected: 'any', events: one })
    expect(await calls.delete('d-1', 'any')).toEqual(recorded.delete?.ok)
  })

  it('to Tombstone', async () => {
    expect(await calls.tombstone('d-2', 'any')).toEqual(recorded.tombstone?.missing)
    expect(await calls.tombstone('b-1', 77n)).toEqual(recorded.tombstone?.conflict)
    expect(await calls.tombstone('b-tomb', 'any')).toEqual(recorded.tombstone?.again)
  })

  it('to Read', async () => {
    expect(await calls.read(readRequest('r-1'))).toEqual(recorded.read?.stream)
    expect(await calls.read(readRequest('r-1', { form: 'structured', count: 1 }))).toEqual(
      recorded.read?.streamStructuredIds,
    )
    expect(await calls.read(readRequest('r-1', { control: 1, count: 2 }))).toEqual(recorded.read?.streamControl1)
    expect(await calls.read(readRequest('r-none'))).toEqual(recorded.read?.missing)
    expect(await calls.read(readRequest('b-tomb'))).toEqual(recorded.read?.tombstoned)
    expect(await calls.read(readRequest('r-1', { form: 'none' }))).toEqual(recorded.read?.noUuidOption)
  })

  it('to Read, as a subscription', async () => {
    expect(await calls.read(readRequest('r-1', { after: 0 }), 4)).toEqual(recorded.read?.subscription)
    expect(await calls.read(readRequest('r-1', { after: 0, backwards: true }))).toEqual(
      recorded.read?.subscriptionBackwards,
    )
  })

  it('when asked what it can do', async () => {
    const client = new ServerFeaturesClient(`127.0.0.1:${server.port}`, credentials.createInsecure())
    const { promise, resolve } = Promise.withResolvers<unknown>()
    client.getSupportedMethods(new sharedPb.Empty(), (_, answer) => {
      const methods = answer
        .getMethodsList()
        .map((each) => [`${each.getServiceName()}/${each.getMethodName()}`, ...each.getFeaturesList()].join(' '))
      resolve({ version: answer.getEventStoreServerVersion(), methods })
    })
    expect(await promise).toEqual(recorded.serverFeatures)
    client.close()
  })

  it('when asked who belongs to the cluster', async () => {
    const client = new GossipClient(`127.0.0.1:${server.port}`, credentials.createInsecure())
    const { promise, resolve } = Promise.withResolvers<object>()
    client.read(new sharedPb.Empty(), (_, answer) => resolve(answer.toObject().membersList[0] ?? {}))
    const [member] = (recorded.gossip?.membersList ?? []) as object[]
    const answer = await promise
    expect(Object.keys(answer).sort()).toEqual(Object.keys(member ?? {}).sort())
    expect(answer).toMatchObject({ state: 8, isAlive: true, httpEndPoint: { address: '127.0.0.1', port: server.port } })
    client.close()
  })
})

interface RawRead {
  readonly form?: 'string' | 'structured' | 'none'
  readonly control?: number
  readonly count?: number
  readonly after?: number
  readonly backwards?: boolean
}

function readRequest(
  stream: string,
  { form = 'string', control, count, after, backwards }: RawRead = {},
): streamsPb.ReadReq {
  const { Options } = streamsPb.ReadReq
  const place = new Options.StreamOptions().setStreamIdentifier(identifier(stream))
  const options = new Options().setStream(
    after === undefined ? place.setStart(new sharedPb.Empty()) : place.setRevision(String(after)),
  )
  options.setNoFilter(new sharedPb.Empty()).setReadDirection(backwards ? 1 : 0)
  if (after === undefined) options.setCount(String(count ?? 10))
  else options.setSubscription(new Options.SubscriptionOptions())
  const uuid = new Options.UUIDOption()
  if (form === 'string') options.setUuidOption(uuid.setString(new sharedPb.Empty()))
  if (form === 'structured') options.setUuidOption(uuid.setStructured(new sharedPb.Empty()))
  if (control !== undefined) options.setControlOption(new Options.ControlOption().setCompatibility(control))
  return new streamsPb.ReadReq().setOptions(options)
}

/** These stubs cannot write the largest number of 64 bits, which nobody reads from this field. */
function writable(answer: unknown): unknown {
  const text = JSON.stringify(answer).replace(
    '"expectedRevision2060":18446744073709552000',
    `"expectedRevision2060":${2 ** 64 - 2_048}`,
  )
  return JSON.parse(text)
}
