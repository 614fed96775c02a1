import { randomUUID } from 'node:crypto'
import type { Store } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { Pool } from 'pg'
import { type PostgresStoreOptions, postgresStore } from '../src/index.js'

/** A store, and the schema that it lies in. */
export interface FreshStore extends Store {
  readonly schema: string
}

/** Stores in schemas of their own on the server of the test run, over one pool of connections, and what drops all of them. */
export function freshStores(options: PostgresStoreOptions = {}) {
  const schemas: string[] = []
  let shared: Pool | undefined
  const pool = async () => {
    shared ??= new Pool({ connectionString: await postgresForTests(), max: 8, maxUses: 1_000 })
    return shared
  }
  return {
    pool,
    newStore: async (own: PostgresStoreOptions = {}): Promise<FreshStore> => {
      const schema = `test ${randomUUID()}`
      schemas.push(schema)
      return { ...postgresStore({ pool: await pool(), ...options, ...own, schema }), schema }
    },
    dropAll: async () => {
      const last = await pool()
      for (const schema of schemas) await last.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
      await last.end()
    },
  }
}
