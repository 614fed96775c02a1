import type { OpenStore } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { Pool } from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PostgresStoreOptions, postgresStore } from '../src/index.js'
import { append, event, eventsOf } from './event.js'
import { freshStores } from './fresh-store.js'
import { type Passage, proxyTo } from './proxy.js'

const { newStore, dropAll } = freshStores()
let proxy: Passage
let schema = ''
/** Past the proxy. */
let beside: OpenStore
const opened: OpenStore[] = []

beforeEach(async () => {
  proxy = await proxyTo(await postgresForTests())
  const fresh = await newStore()
  schema = fresh.schema
  beside = await fresh.open()
})
afterEach(async () => {
  await proxy.close()
  await Promise.all([beside, ...opened.splice(0)].map(({ close }) => close()))
})
afterAll(dropAll)

it.each(['127.0.0.1:99999/x', '127.0.0.1:abc/x', '[::1/x', '127.0.0.1/x?sslrootcert=/nowhere'])(
  'a connection string that cannot be read fails at once, and nothing comes after: %s',
  async (rest) => {
    const store = postgresStore({ connectionString: `postgres://user:password@${rest}`, patience: 200 })
    await expect(store.open()).rejects.toMatchObject({ code: 'unavailable' })
    // What nobody waits for any more would fail the run.
    await new Promise((resolve) => setTimeout(resolve, 400))
  },
)

describe('a connection that is lost', () => {
  it('A30 A32 while an append is under way: unknown-outcome; a retry, also by somebody else, finds what was stored', async () => {
    const { log } = await throughProxy()
    await log.append(append('s', 'none', event('Noted')))
    const lost = append('s', 0, event('Noted'))
    proxy.dropReplies()
    await expect(log.append(lost)).rejects.toMatchObject({ code: 'unknown-outcome' })
    proxy.mend()
    expect(await beside.log.append(lost)).toMatchObject({ versions: [1], duplicate: true })
    expect(await log.append(lost)).toMatchObject({ versions: [1], duplicate: true })
    expect(await eventsOf(beside.log)).toHaveLength(2)
  })

  it('A32 with 20 appends under way: each hears that its outcome is unknown', async () => {
    const { log } = await throughProxy()
    await log.append(append('s', 'none', event('Noted')))
    proxy.dropReplies()
    const appends = Array.from({ length: 20 }, (_, n) => append(`s-${n}`, 'none', event('Noted')))
    const outcomes = await Promise.allSettled(appends.map((one) => log.append(one)))
    expect(new Set(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code))).toEqual(
      new Set(['unknown-outcome']),
    )
    proxy.mend()
    const again = await Promise.all(appends.map((one) => log.append(one)))
    expect(new Set(again.map(({ duplicate }) => duplicate))).toEqual(new Set([true]))
    expect(await eventsOf(beside.log)).toHaveLength(21)
  })

  it('A35 an answer that never comes: the call ends within its bound, the connection is given up', async () => {
    const pool = new Pool({ connectionString: proxy.url, max: 2, connectionTimeoutMillis: 100 })
    const { log, views } = await throughProxy({ pool, patience: 100 })
    proxy.hang()
    await expect(log.append(append('s', 'none', event('Noted')))).rejects.toMatchObject({ code: 'unknown-outcome' })
    await expect(log.readStream('s')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(views.list()).rejects.toMatchObject({ code: 'unavailable' })
    proxy.mend()
    expect((await log.readStream('s')).head).toBe('none')
    expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0])
    await pool.end()
  }, 60_000)

  it('A35 nobody listens: opening and reading are unavailable, and name the server without its password', async () => {
    const url = proxy.url
    const { log } = await throughProxy()
    await proxy.close()
    const attempts = [log.readStream('s'), postgresStore({ connectionString: url }).open()]
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
      const { message } = (outcome as PromiseRejectedResult).reason as Error
      expect(message).toContain('127.0.0.1')
      expect(message).not.toContain(new URL(url).password)
    }
    proxy = await proxyTo(await postgresForTests())
  })
})

describe('a pool of the caller’s', () => {
  it('A35 that has no connection left: unavailable within the bound, and nothing is stored; then it goes on', async () => {
    const pool = new Pool({ connectionString: await postgresForTests(), max: 2 })
    const store = await postgresStore({ pool, schema, patience: 120 }).open()
    const taken = await Promise.all([pool.connect(), pool.connect()])
    const attempts = [
      store.log.append(append('s', 'none', event('Noted'))),
      store.log.readStream('s'),
      store.views.list(),
    ]
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ reason: { code: 'unavailable', message: expect.stringContaining('120 ms') } })
    }
    for (const client of taken) client.release()
    expect((await store.log.readStream('s')).head).toBe('none')
    await store.log.append(append('s', 'none', event('Noted')))
    await store.close()
    expect([pool.idleCount, pool.totalCount]).toEqual([2, 2])
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  it('A35 with a statement_timeout: what takes longer is unavailable, has stored nothing, and leaks nothing', async () => {
    const connectionString = await postgresForTests()
    const pool = new Pool({ connectionString, max: 2, statement_timeout: 150 })
    const holder = new Pool({ connectionString, max: 1 })
    const store = await postgresStore({ pool, schema }).open()
    const client = await holder.connect()
    await client.query(
      `BEGIN; SELECT pg_advisory_xact_lock(1449751666, '"${schema}".log_events'::regclass::oid::integer)`,
    )
    const attempt = store.log.append(append('s', 'none', event('Noted')))
    await expect(attempt).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('statement_timeout'),
    })
    await client.query('ROLLBACK')
    client.release()
    expect((await store.log.readStream('s')).head).toBe('none')
    await store.close()
    expect(pool.totalCount - pool.idleCount).toBe(0)
    await Promise.all([pool.end(), holder.end()])
  })

  it('that reads numbers in its own way changes nothing for the store', async () => {
    const types = { getTypeParser: () => () => 'something else' }
    const pool = new Pool({ connectionString: await postgresForTests(), types })
    const store = await postgresStore({ pool, schema }).open()
    expect((await store.log.append(append('s', 'none', event('Noted')))).versions).toEqual([0])
    expect(await eventsOf(store.log)).toHaveLength(1)
    await store.close()
    await pool.end()
  })
})

describe('what a call costs', () => {
  it('one round trip an append, one a page of a stream, one a page of the log', async () => {
    const { log } = await throughProxy({ connections: 1 })
    const appends = [1, 2, 3].map((n) => append('s', n === 1 ? 'none' : n - 2, event('Noted')))
    await log.append(appends[0]!)
    expect(await tripsOf(() => log.append(appends[1]!))).toBe(1)
    expect(await tripsOf(() => log.append(appends[1]!))).toBe(1)
    const writes = ['a', 'b', 'c'].map((stream) => ({ stream, expected: 'none' as const, events: [event('Noted')] }))
    expect(await tripsOf(() => log.append({ writes, guards: [{ stream: 's', version: 1 }] }))).toBe(1)
    expect(await tripsOf(() => log.readStream('s'))).toBe(1)
    expect(await tripsOf(() => log.readStream('absent', { backwards: true }))).toBe(1)
    expect(await tripsOf(() => eventsOf(log))).toBe(1)
  })

  it('A53 64 appends at once share a few round trips, and each hears its own answer', async () => {
    const { log } = await throughProxy({ connections: 1 })
    await log.append(append('s-3', 'none', event('Noted')))
    let codes: readonly string[] = []
    const trips = await tripsOf(async () => {
      const attempts = Array.from({ length: 64 }, (_, n) => log.append(append(`s-${n}`, 'none', event('Noted', { n }))))
      const outcomes = await Promise.allSettled(attempts)
      codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'stored' : String(outcome.reason.code)))
    })
    expect(trips).toBeLessThanOrEqual(2)
    expect(codes.filter((code) => code === 'stored')).toHaveLength(63)
    expect(codes[3]).toBe('conflict')
  })
})

describe('a proxy that lends connections for single statements', () => {
  it('is refused when the store is opened, and told why', async () => {
    proxy.answer = (message) => (message.toString('latin1').startsWith('Q') ? statementPooling() : undefined)
    const opening = postgresStore({ connectionString: proxy.url, schema }).open()
    await expect(opening).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('PgBouncer') })
  })
})

async function throughProxy(options: PostgresStoreOptions = {}): Promise<OpenStore> {
  const where = options.pool ? {} : { connectionString: proxy.url }
  const store = await postgresStore({ ...where, schema, ...options }).open()
  opened.push(store)
  return store
}

async function tripsOf(work: () => Promise<unknown>): Promise<number> {
  const before = proxy.trips()
  await work()
  return proxy.trips() - before
}

/** What PgBouncer says to BEGIN where it pools statements. */
function statementPooling(): Buffer {
  const fields = ['SERROR', 'VERROR', 'C08P01', 'Mtransaction blocks not allowed in statement pooling mode', '']
  return Buffer.concat([
    message('E', Buffer.from(fields.map((field) => `${field}\0`).join(''))),
    message('Z', Buffer.from('I')),
  ])
}

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}
