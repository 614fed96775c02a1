import { setTimeout as pause } from 'node:timers/promises'
import type { EventStore, OpenStore, StoredEvent } from '@vitrine/core'
import { startPostgres } from '@vitrine/embedded-postgres'
import { Client } from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { postgresStore } from '../src/index.js'
import { append, event, eventsOf } from './event.js'
import { freshStores } from './fresh-store.js'

const { newStore, pool, dropAll } = freshStores()
let schema = ''
let store: OpenStore
let other: Client

beforeEach(async () => {
  const fresh = await newStore()
  schema = fresh.schema
  store = await fresh.open()
  other = await connected()
  return async () => {
    await other.end()
    await store.close()
  }
})
afterAll(dropAll)

describe('a writer that stores in a transaction and does not end it', () => {
  it('A22 holds the next one up, not the reader; both events are read, each once, in their order', async () => {
    const reader = readerOf(store.log)
    await other.query('BEGIN')
    await appendBy(other, 'first')
    const second = store.log.append(append('second', 'none', event('Noted')))
    await waitingFor(1)
    expect(await reader.next()).toEqual([])
    await other.query('COMMIT')
    await second
    expect(await reader.next()).toEqual(['first', 'second'])
    expect(await reader.next()).toEqual([])
  })

  it('A54 for two seconds: timers keep firing all the while, and the append succeeds after it', async () => {
    await other.query('BEGIN')
    await appendBy(other, 'first')
    let isStored = false
    const second = store.log.append(append('second', 'none', event('Noted'))).then(() => {
      isStored = true
    })
    await waitingFor(1)
    let fired = 0
    for (const end = performance.now() + 2_000; performance.now() < end; fired += 1) await pause(10)
    expect([isStored, fired > 20]).toEqual([false, true])
    await other.query('COMMIT')
    await second
    expect((await eventsOf(store.log)).map(({ stream }) => stream)).toEqual(['first', 'second'])
  })

  it('A23 and takes it back: nothing of it is read, and the next one follows at once', async () => {
    const reader = readerOf(store.log)
    await other.query('BEGIN')
    await appendBy(other, 'first')
    const second = store.log.append(append('second', 'none', event('Noted')))
    await waitingFor(1)
    await other.query('ROLLBACK')
    await second
    expect(await reader.next()).toEqual(['second'])
    expect((await store.log.readStream('first')).head).toBe('none')
  })

  it('A23 A35 for longer than the patience of the next: that one is told so, and has stored nothing', async () => {
    const impatient = await freshOn(schema, 150)
    await other.query('BEGIN')
    await appendBy(other, 'first')
    const late = impatient.log.append(append('second', 'none', event('Noted')))
    await expect(late).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('another writer'),
    })
    await other.query('COMMIT')
    expect((await store.log.readStream('second')).head).toBe('none')
    await impatient.log.append(append('second', 'none', event('Noted')))
    await impatient.close()
  })

  it('A27 a transaction that is older than the other’s append stores behind it', async () => {
    await other.query('BEGIN')
    await other.query('SELECT pg_current_xact_id()')
    await store.log.append(append('s', 'none', event('Noted')))
    await appendBy(other, 's', 0)
    await other.query('COMMIT')
    const events = await eventsOf(store.log)
    expect(events.map(({ stream, version }) => [stream, version])).toEqual([
      ['s', 0],
      ['s', 1],
    ])
  })

  it('A49 a guard is held against what was committed while the append waited, not against what was there before', async () => {
    await store.log.append(append('publisher', 'none', event('Granted')))
    await other.query('BEGIN')
    await appendBy(other, 'publisher', 0)
    const write = { stream: 'listing', expected: 'none' as const, events: [event('Published')] }
    const published = store.log.append({ writes: [write], guards: [{ stream: 'publisher', version: 0 }] })
    published.catch(() => undefined)
    await waitingFor(1)
    await other.query('COMMIT')
    await expect(published).rejects.toMatchObject({ code: 'conflict', stream: 'publisher', actual: 1 })
  })
})

describe('what others do in the same cluster', () => {
  it('A25 a long write to another table, and one in another database, hold up neither writers nor readers', async () => {
    await other.query(`CREATE TABLE "${schema}".another (n integer)`)
    await other.query('BEGIN')
    await other.query(`INSERT INTO "${schema}".another VALUES (1)`)
    await other.query('LISTEN something')
    const elsewhere = await anotherDatabase()
    await elsewhere.query('BEGIN')
    await elsewhere.query('CREATE TABLE something (n integer)')
    await expectMoving(store.log)
    await elsewhere.query('ROLLBACK')
    await elsewhere.end()
    await other.query('ROLLBACK')
  })

  it('A26 a prepared transaction that was left behind holds up neither', async () => {
    const server = await startPostgres()
    const client = new Client(server.url)
    await client.connect()
    await client.query('CREATE TABLE another (n integer); BEGIN; INSERT INTO another VALUES (1)')
    await client.query("PREPARE TRANSACTION 'left behind'")
    await client.end()
    const opened = await freshOn('vitrine', 5_000, server.url)
    await expectMoving(opened.log)
    await opened.close()
    await server.close()
  })
})

describe('transactions of another isolation', () => {
  for (const level of ['repeatable read', 'serializable']) {
    it(`A29 ${level}: an append is refused, and says what to do`, async () => {
      const client = (await pool()).options
      const isolated = await freshOn(schema, 5_000, `${client.connectionString}?options=${optionFor(level)}`)
      const attempt = isolated.log.append(append('s', 'none', event('Noted')))
      await expect(attempt).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('READ COMMITTED'),
      })
      expect(await eventsOf(store.log)).toEqual([])
      await isolated.close()
    })
  }

  it('the function of appends is volatile: each of its statements sees what was committed before it', async () => {
    const sql =
      'SELECT proname, provolatile FROM pg_proc WHERE pronamespace = $1::regnamespace AND prorettype <> $2::regtype'
    const { rows } = await other.query(sql, [`"${schema}"`, 'trigger'])
    const names = new Set(rows.map(({ proname }) => proname))
    expect(names).toEqual(new Set(['log_append', 'messages_append', 'messages_forget']))
    expect(new Set(rows.map(({ provolatile }) => provolatile))).toEqual(new Set(['v']))
  })
})

async function connected(): Promise<Client> {
  const { connectionString } = (await pool()).options
  const client = new Client(connectionString)
  await client.connect()
  return client
}

async function freshOn(name: string, patience: number, connectionString?: string): Promise<OpenStore> {
  const url = connectionString ?? (await pool()).options.connectionString!
  return postgresStore({ connectionString: url, connections: 2, patience, schema: name }).open()
}

function optionFor(level: string): string {
  return encodeURIComponent(`-c default_transaction_isolation=${level.replace(' ', '\\ ')}`)
}

/** Stores one event by the function itself, in whatever transaction the connection is. */
async function appendBy(client: Client, stream: string, expected = -1): Promise<void> {
  const sql = `SELECT * FROM "${schema}".log_append(5000, '{1}', '{0}', $1, $2, '{1}', $3, '{Noted}', '{"{}"}', '{"{}"}', '{}', '{}')`
  await client.query(sql, [[stream], [expected], [event('Noted').id]])
}

/** Resolves when so many connections wait for the lock of appends. */
async function waitingFor(count: number): Promise<void> {
  for (let found = -1; found < count; ) {
    const { rows } = await other.query(
      `SELECT count(*)::integer AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
       AND objid = '"${schema}".log_events'::regclass::oid`,
    )
    found = rows[0].waiting
  }
}

async function anotherDatabase(): Promise<Client> {
  const { connectionString } = (await pool()).options
  const url = new URL(connectionString!)
  url.pathname = '/template1'
  const client = new Client(url.href)
  await client.connect()
  return client
}

async function expectMoving(log: EventStore): Promise<void> {
  const reader = readerOf(log)
  for (const stream of ['a', 'b', 'c']) {
    await log.append(append(stream, 'none', event('Noted')))
    expect(await reader.next()).toEqual([stream])
  }
}

/** A consumer that stores the position of what it has handled. */
function readerOf(log: EventStore) {
  let after = 0
  return {
    next: async () => {
      const seen: StoredEvent[] = []
      for await (const { events, through } of log.readAll({ after })) {
        seen.push(...events)
        after = through?.position ?? 0
      }
      return seen.map(({ stream }) => stream)
    },
  }
}
