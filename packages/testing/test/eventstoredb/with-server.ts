import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { onTestFinished } from 'vitest'
import { type EventStoreDb, type EventStoreDbOptions, startEventStoreDb } from '../../src/eventstoredb-server.js'

/** A server of a test's own, and a client of it; both end with the test. */
export async function withServer(options: EventStoreDbOptions = {}) {
  const server = await startEventStoreDb(options)
  onTestFinished(() => server.stop())
  return { server, client: clientOf(server) }
}

/** One more client; it ends with the test. */
export function clientOf({ connectionString }: Pick<EventStoreDb, 'connectionString'>, more = ''): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(`${connectionString}${more}`)
  onTestFinished(() => client.dispose())
  return client
}

/** An event with nothing in it that matters. */
export function anEvent(type = 'Noted', data: { readonly [name: string]: number } = {}) {
  return jsonEvent({ type, data: { ...data } })
}

/** Makes the client append by Append instead of BatchAppend. */
export const plainly = { credentials: { username: 'admin', password: 'changeit' } }

/** Both ways in which the client appends. */
export const paths = [
  ['batch', {}],
  ['plain', plainly],
] as const

/** What an error is told apart by. */
export function kindOf(error: unknown) {
  const { type, code } = Object(error) as { type?: string; code?: number }
  return { name: Object(error).constructor.name as string, ...(type && { type }), ...(code && { code }) }
}

/** How a call failed; fails itself when it did not. */
export async function failureOf(call: Promise<unknown>) {
  return call.then(
    () => ({ name: 'no failure' }),
    (error: unknown) => kindOf(error),
  )
}
