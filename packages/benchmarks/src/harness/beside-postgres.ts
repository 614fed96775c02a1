import type { OpenStore } from '@vitrine/core'
import { startPostgres } from '@vitrine/embedded-postgres'
import { postgresStore } from '@vitrine/store-postgres'
import { Pool } from 'pg'

/** A store and a bare pool on one server, with as many connections each. */
export interface BesidePostgres {
  readonly url: string
  readonly store: OpenStore
  readonly pool: Pool
  /** Holds the tables of the store. */
  readonly schema: string
}

/** Runs something on a server of its own, or on that of `VITRINE_POSTGRES_URL`. */
export async function besidePostgres<Result>(
  connections: number,
  run: (beside: BesidePostgres) => Promise<Result>,
): Promise<Result> {
  const given = process.env.VITRINE_POSTGRES_URL
  const server = given ? undefined : await startPostgres()
  const url = given ?? server!.url
  const schema = `benchmark_${Date.now()}`
  const pool = new Pool({ connectionString: url, max: connections })
  try {
    const store = await postgresStore({ connectionString: url, schema, connections }).open()
    const result = await run({ url, store, pool, schema })
    await store.close()
    return result
  } finally {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await pool.end()
    await server?.close()
  }
}
