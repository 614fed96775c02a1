import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { EventStore, StoredEvent } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { afterAll, expect, it } from 'vitest'
import { postgresStore } from '../src/index.js'
import { append, event } from './event.js'
import { freshStores } from './fresh-store.js'

const { newStore, pool, dropAll } = freshStores()
afterAll(dropAll)

it('B15 whoever follows goes on after the server has ended all of its connections: each event once, in order', async () => {
  const server = await pool()
  const fresh = await newStore()
  const writer = await fresh.open()
  const name = `follower ${randomUUID()}`
  const connectionString = `${await postgresForTests()}?application_name=${encodeURIComponent(name)}`
  const reader = await postgresStore({ connectionString, schema: fresh.schema }).open()

  const heard: unknown[] = []
  const following = follow(reader.log, ({ data }) => heard.push(data.n) === 6)
  let ended = 0
  for (let n = 0; n < 6; n += 1) {
    await writer.log.append(append('s', n === 0 ? 'none' : n - 1, event('Noted', { n })))
    while (heard.length <= n) await pause(10)
    // What it reads with, and what it hears of news by.
    const ending = 'SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1'
    const pids = (await server.query(ending, [name])).rows.map(({ pid }) => pid)
    ended += pids.length
    while ((await server.query('SELECT 1 FROM pg_stat_activity WHERE pid = ANY($1)', [pids])).rowCount) await pause(5)
  }
  await following
  expect(heard).toEqual([0, 1, 2, 3, 4, 5])
  expect(ended).toBeGreaterThan(6)
  await Promise.all([reader.close(), writer.close()])
}, 60_000)

/** Follows as the runtime does: what was under way when a connection ended is begun again behind the last page. It ends when `hear` says so. */
async function follow(log: EventStore, hear: (event: StoredEvent) => boolean): Promise<void> {
  const stop = new AbortController()
  for (let after = 0; !stop.signal.aborted; ) {
    try {
      for await (const { events, through } of log.readAll({ after, follow: true, signal: stop.signal })) {
        after = through?.position ?? after
        if (events.some(hear)) stop.abort()
      }
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'unavailable')) throw fault
    }
  }
}
