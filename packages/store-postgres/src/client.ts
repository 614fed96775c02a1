import { StoreError } from '@vitrine/core'
import type { Pool, PoolClient } from 'pg'

/** A connection of the pool. One that comes too late goes back at once. */
export function clientOf(pool: Pool, patience: number): Promise<PoolClient> {
  const { promise, resolve, reject } = Promise.withResolvers<PoolClient>()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    const sentence = `No connection to PostgreSQL was free within ${patience} ms: all ${pool.totalCount} of the pool are in use. Give it more.`
    reject(new StoreError('unavailable', sentence))
  }, patience)
  // It throws at once where it cannot read the connection string.
  const connecting = async () => pool.connect()
  connecting().then((client) => (isLate ? client.release() : resolve(client)), reject)
  return promise.finally(() => clearTimeout(timer))
}
