import { EventStoreDBClient } from '@eventstore/db-client'
import type { OpenStore } from '@vitrine/core'
import { eventStoreDbStore } from '@vitrine/store-eventstoredb'
import { memoryStore } from '@vitrine/store-memory'
import { spawnEventStoreDb } from '@vitrine/testing/eventstoredb-server'

/** Our store and a bare client, each with a connection of its own to one server in another process. */
export async function besideEventStoreDb<Answer>(
  measure: (store: OpenStore, client: EventStoreDBClient) => Promise<Answer>,
): Promise<Answer> {
  const server = await spawnEventStoreDb()
  const { connectionString } = server
  const client = EventStoreDBClient.connectionString(connectionString)
  const store = await eventStoreDbStore({ connectionString, beside: memoryStore() }).open()
  try {
    return await measure(store, client)
  } finally {
    await store.close()
    await client.dispose()
    await server.dispose()
  }
}
