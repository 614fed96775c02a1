import { randomUUID } from 'node:crypto'
import type { Store } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { Client } from 'pg'
import { type PostgresStoreOptions, postgresStore } from '../src/index.js'

/** Stores in schemas of their own on the server of the test run, and what drops all of them. */
export function freshStores(options: PostgresStoreOptions = {}) {
  const schemas: string[] = []
  return {
    newStore: async (): Promise<Store> => {
      const schema = `test ${randomUUID()}`
      schemas.push(schema)
      return postgresStore({ connectionString: await postgresForTests(), connections: 4, ...options, schema })
    },
    dropAll: async () => {
      const client = new Client(await postgresForTests())
      await client.connect()
      for (const schema of schemas) await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
      await client.end()
    },
  }
}
