import { randomUUID } from 'node:crypto'
import type { Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { type EventStoreDbOptions, startEventStoreDb } from '@vitrine/testing/eventstoredb-server'
import { eventStoreDbStore } from '../src/index.js'

/** A server for tests: the wire-level one of `testing`, or the real one that `VITRINE_EVENTSTOREDB_URL` names. */
export interface TestServer {
  readonly connectionString: string
  /** Each call gives another, empty store: a tenant of its own. */
  newStore(): Store
  stop(): Promise<void>
}

/** The two paths on which the client appends. */
export const paths = ['plain', 'batch'] as const

export async function testServer(
  appends: (typeof paths)[number],
  options: EventStoreDbOptions = {},
): Promise<TestServer> {
  const url = process.env.VITRINE_EVENTSTOREDB_URL
  const server = url === undefined ? await startEventStoreDb(options) : undefined
  const connectionString = url ?? server!.connectionString
  return {
    connectionString,
    newStore: () => eventStoreDbStore({ connectionString, appends, prefix: newPrefix(), beside: memoryStore() }),
    stop: async () => server?.stop(),
  }
}

/** A tenant that nobody else has. */
function newPrefix(): string {
  return `t${randomUUID().replaceAll('-', '')}`
}

/** As much as every store is asked for where `VITRINE_LONG` is set; else less: each event goes through two protocols. */
export const sizes = process.env.VITRINE_LONG ? {} : { events: 10_000, stories: 4 }
