import { StoreError } from '@vitrine/core'

/** How the streams of one log of one tenant are named on the server. */
export interface Names {
  /** Begins the name of every stream of the log, and of no other. */
  readonly prefix: string
  /** The stream that keeps the log's id. */
  readonly idStream: string
  /** The name of one of its streams on the server. */
  onServer(stream: string): string
}

/**
 * The names of a tenant's log: `shop:log:listing-…` of `shop`. Categories of the server's own projections are what stands
 * before the first `-`: `shop:log:listing`. No name of a tenant holds a colon, so none begins another's.
 */
export function namesOf(tenant: string, log: 'log' | 'messages'): Names {
  const prefix = `${tenant}:${log}:`
  return { prefix, idStream: `${tenant}:${log}`, onServer: (stream) => prefix + stream }
}

/** @throws StoreError `invalid` for what cannot name a tenant. */
export function checkTenant(tenant: unknown): void {
  if (typeof tenant === 'string' && /^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(tenant)) return
  throw new StoreError(
    'invalid',
    `${JSON.stringify(String(tenant).slice(0, 80))} is no prefix: a letter, then up to 63 of A-Z a-z 0-9 _ and . are expected.`,
  )
}
