import { randomUUID } from 'node:crypto'
import { EventStoreDBClient } from '@eventstore/db-client'
import type { OpenStore, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import {
  type EventStoreDb,
  type EventStoreDbOptions,
  runEventStoreDb,
  spawnEventStoreDb,
  startEventStoreDb,
} from '@vitrine/testing/eventstoredb-server'
import { onTestFinished } from 'vitest'
import { type EventStoreDbStoreOptions, eventStoreDbStore } from '../src/index.js'

const url = process.env.VITRINE_EVENTSTOREDB_URL
const command = process.env.VITRINE_EVENTSTOREDB_START

/** The two paths on which the client appends. */
export const paths = ['plain', 'batch'] as const

export type Path = (typeof paths)[number]

/** Whether a server can be killed: ours always, a real one when `VITRINE_EVENTSTOREDB_START` says how it is started. */
export const canRestart = url === undefined || command !== undefined

/** As much as every store is asked for where `VITRINE_LONG` is set; else less: each event goes through two protocols. */
export const sizes = process.env.VITRINE_LONG ? {} : { events: 5_000, stories: 3 }

/** A server that can be stopped and started, and where it is. */
export interface RestartableServer {
  readonly connectionString: string
  kill(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  dispose(): Promise<void>
}

/** A server for a file of tests: the wire-level one of `testing`, or the real one that `VITRINE_EVENTSTOREDB_URL` names. */
export async function testServer(): Promise<{ readonly connectionString: string; dispose(): Promise<void> }> {
  if (url !== undefined)
    return command === undefined ? { connectionString: url, dispose: async () => {} } : restartableServer()
  const { connectionString, stop } = await startEventStoreDb()
  return { connectionString, dispose: stop }
}

/** A server in a process of its own. */
export async function restartableServer(): Promise<RestartableServer> {
  return url === undefined ? spawnEventStoreDb() : runEventStoreDb(url, command ?? '')
}

/** The wire-level server with switches for faults; it ends with the test. */
export async function faultyServer(options: EventStoreDbOptions = {}): Promise<EventStoreDb> {
  const server = await startEventStoreDb(options)
  onTestFinished(() => server.stop())
  return server
}

type StoreOptions = Partial<Omit<EventStoreDbStoreOptions, 'client' | 'connectionString'>>

/** Another, empty store: a tenant of its own. */
export function newStore(connectionString: string, options: StoreOptions = {}): Store {
  const prefix = `t${randomUUID().replaceAll('-', '')}`
  return eventStoreDbStore({ connectionString, prefix, beside: memoryStore(), ...options })
}

/** The same, open; it is closed with the test. */
export async function openStore(connectionString: string, options: StoreOptions = {}): Promise<OpenStore> {
  const store = await newStore(connectionString, options).open()
  onTestFinished(() => store.close())
  return store
}

/** A client beside the store, to do by hand what the store never does. */
export function clientOf(connectionString: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(connectionString)
  onTestFinished(() => client.dispose())
  return client
}
