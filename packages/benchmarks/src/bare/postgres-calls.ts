import type { Pool } from 'pg'
import type { OneEventAppends } from '../logs/one-event-appends.js'

type OneEventAppend = ReturnType<OneEventAppends['next']>

/** A bare call of the function that the store calls, through the driver, with one append. */
export function callFunction(pool: Pool, schema: string): (append: OneEventAppend) => Promise<void> {
  const text = `SELECT * FROM ${schema}.log_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
  return async ({ stream, expected, event: { id, type, data, metadata } }) => {
    const version = expected === 'none' ? -1 : expected
    const event = [[id], [type], [JSON.stringify(data)], [JSON.stringify(metadata)]]
    await pool.query({
      name: 'call',
      text,
      values: [10_000, [1], [0], [`bare-${stream}`], [version], [1], ...event, [], []],
    })
  }
}

/**
 * A bare insert into a table with the columns and the indexes of the store's: no version is looked at, nobody is waited
 * for, and a reader may overlook what is inserted so.
 */
export async function insertRows(pool: Pool, schema: string): Promise<(append: OneEventAppend) => Promise<void>> {
  await pool.query(`
    CREATE TABLE ${schema}.unordered (position bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, stream text NOT NULL,
      version bigint NOT NULL, type integer NOT NULL, tail integer NOT NULL, id uuid NOT NULL, data text NOT NULL, metadata text NOT NULL);
    CREATE UNIQUE INDEX ON ${schema}.unordered (stream, version);
    CREATE UNIQUE INDEX ON ${schema}.unordered (stream, id)`)
  const text = `INSERT INTO ${schema}.unordered (stream, version, type, tail, id, data, metadata) VALUES ($1, $2, 1, 0, $3, $4, $5)`
  return async ({ stream, expected, event: { id, data, metadata } }) => {
    const version = expected === 'none' ? 0 : expected + 1
    await pool.query({
      name: 'insert',
      text,
      values: [stream, version, id, JSON.stringify(data), JSON.stringify(metadata)],
    })
  }
}
