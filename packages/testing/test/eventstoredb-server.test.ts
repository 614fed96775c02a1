import { EventStoreDBClient, FORWARDS, jsonEvent, NO_STREAM, START } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EventStoreDb, startEventStoreDb } from '../src/eventstoredb-server.js'

let server: EventStoreDb
let client: EventStoreDBClient
beforeAll(async () => {
  server = await startEventStoreDb()
  client = EventStoreDBClient.connectionString(server.connectionString)
})
afterAll(async () => {
  await client.dispose()
  await server.stop()
})

describe.each([
  ['batch', {}],
  ['plain', { credentials: { username: 'u', password: 'p' } }],
])('on the %s path', (path, options) => {
  it('what was appended is read', async () => {
    const stream = `s-${path}`
    const result = await client.appendToStream(
      stream,
      [jsonEvent({ type: 'A', data: { a: 1 } }), jsonEvent({ type: 'B', data: { b: 1 } })],
      { expectedRevision: NO_STREAM, ...options },
    )
    expect(result.nextExpectedRevision).toBe(1n)
    const seen = []
    for await (const { event } of client.readStream(stream, { direction: FORWARDS, fromRevision: START }))
      seen.push(event?.data)
    expect(seen).toEqual([{ a: 1 }, { b: 1 }])
    await expect(
      client.appendToStream(stream, jsonEvent({ type: 'A', data: {} }), { expectedRevision: NO_STREAM, ...options }),
    ).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n })
    const subscription = client.subscribeToStream(stream)
    const types: unknown[] = []
    for await (const { event } of subscription) {
      types.push(event?.type)
      if (types.length === 2) break
    }
    await subscription.unsubscribe()
    expect(types).toEqual(['A', 'B'])
  })
})
