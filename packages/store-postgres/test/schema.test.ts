import { randomUUID } from 'node:crypto'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { database } from '../src/database.js'
import { postgresStore } from '../src/index.js'
import { migrate, newestSchema } from '../src/schema.js'
import { append, event, eventsOf } from './event.js'
import { freshStores } from './fresh-store.js'

const { newStore, pool, dropAll } = freshStores()
let shared: Pool
const roles: string[] = []
beforeAll(async () => {
  shared = await pool()
})
afterAll(async () => {
  await dropAll()
  const client = await superuser()
  for (const role of roles) await client.query(`DROP ROLE IF EXISTS ${role}`)
  await client.end()
})

describe('the schema of a tenant', () => {
  it('has a name that PostgreSQL does not cut short: two that differ behind its end would be one', async () => {
    const longest = 'é'.repeat(31)
    expect(() => postgresStore({ pool: shared, schema: `${longest}ab` })).toThrow(
      expect.objectContaining({ code: 'bad-settings', message: expect.stringContaining('1 to 63 bytes of UTF-8') }),
    )
    const schemas = ['a', 'b'].map((last) => `${longest}${last}`)
    const stores = await Promise.all(schemas.map((schema) => postgresStore({ pool: shared, schema }).open()))
    expect(new Set(stores.map(({ log }) => log.logId)).size).toBe(2)
    for (const { log } of stores) await log.append(append('s', 'none', event('Noted')))
    await Promise.all(stores.map(({ close }) => close()))
    for (const schema of schemas) await shared.query(`DROP SCHEMA "${schema}" CASCADE`)
  })

  it.each<[string, object]>([
    ['The option schema cannot be the text ""', { schema: '' }],
    ['The option schema cannot be the number 7', { schema: 7 }],
    ['The option connections cannot be the number 0', { connections: 0 }],
    ['The option patience cannot be the number NaN', { patience: Number.NaN }],
    ['There is no option url', { url: 'postgres://db.example' }],
    ['The option prepared cannot be the text "no"', { prepared: 'no' }],
    ['The options cannot be read', 'postgres://…' as never],
  ])('%s: it is refused before anything is opened', (message, options) => {
    expect(() => postgresStore(options)).toThrow(
      expect.objectContaining({
        code: 'bad-settings',
        message: expect.stringContaining(`${message}: `),
      }),
    )
  })

  it('A37 six cold boots at once make it once', async () => {
    const store = await newStore()
    const opened = await Promise.all(Array.from({ length: 6 }, () => store.open()))
    expect(new Set(opened.map(({ log }) => log.logId)).size).toBe(1)
    await Promise.all(opened.map(({ close }) => close()))
  })

  it('A37 of the version before is brought up to date, and what is in it stays', async () => {
    const store = await newStore()
    const before = await store.open()
    await before.log.append(append('s', 'none', event('Noted')))
    const next = {
      steps: [...newestSchema.steps, (schema: string) => `CREATE TABLE ${schema}.another (n integer)`],
      usableFrom: 1,
    }
    const tables = tablesOf(store.schema)
    await Promise.all([migrate(tables, next), migrate(tables, next)])
    expect((await shared.query(`SELECT * FROM "${store.schema}".another`)).rows).toEqual([])
    expect(await migrate(tables, next)).toMatchObject({ log: before.log.logId })
    expect(await eventsOf(before.log)).toHaveLength(1)
    const older = await store.open()
    expect(older.log.logId).toBe(before.log.logId)
    await Promise.all([before.close(), older.close()])
  })

  it('A37 made by code that is too new is refused, and says so', async () => {
    const store = await newStore()
    await (await store.open()).close()
    await shared.query(`UPDATE "${store.schema}".facts SET value = '99' WHERE name IN ('schema', 'usable from')`)
    await expect(store.open()).rejects.toMatchObject({ code: 'schema-missing', message: expect.stringContaining('99') })
  })

  it('A37 that is not there, opened by a user who may not make it: schema-missing, and nothing is made', async () => {
    const url = await strangerTo('')
    const schema = `missing ${randomUUID()}`
    const opening = postgresStore({ connectionString: url, schema }).open()
    await expect(opening).rejects.toMatchObject({ code: 'schema-missing' })
    expect((await shared.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema])).rowCount).toBe(0)
  })

  it('A37 that is there can be read by a user who may not write, whose appends are refused', async () => {
    const store = await newStore()
    const owner = await store.open()
    await owner.log.append(append('s', 'none', event('Noted')))
    const url = await strangerTo(store.schema)
    const reading = await postgresStore({ connectionString: url, schema: store.schema }).open()
    expect(await eventsOf(reading.log)).toHaveLength(1)
    const attempt = reading.log.append(append('s', 0, event('Noted')))
    await expect(attempt).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('rights') })
    expect(await eventsOf(owner.log)).toHaveLength(1)
    await Promise.all([owner.close(), reading.close()])
  })

  it('A38 events cannot be changed, deleted or truncated by hand', async () => {
    const store = await newStore()
    const opened = await store.open()
    await opened.log.append(append('s', 'none', event('Noted')))
    const events = `"${store.schema}".log_events`
    for (const sql of [`UPDATE ${events} SET data = '{}'`, `DELETE FROM ${events}`, `TRUNCATE ${events}`]) {
      await expect(shared.query(sql)).rejects.toThrow(/events are never/)
    }
    expect(await eventsOf(opened.log)).toHaveLength(1)
    await opened.close()
  })

  it('A34 A38 an event is erased once that is on record; its position and its version are never given again', async () => {
    const store = await newStore()
    const opened = await store.open()
    for (const n of [0, 1, 2]) await opened.log.append(append('s', n === 0 ? 'none' : n - 1, event('Noted', { n })))
    const [first, , last] = await eventsOf(opened.log)
    const own = `"${store.schema}".log`
    const through = { logId: opened.log.logId, position: last!.position, id: last!.id }
    await shared.query(
      `INSERT INTO ${own}_erasures SELECT position, id, 'asked for' FROM ${own}_events WHERE version > 0`,
    )
    await shared.query(`DELETE FROM ${own}_events WHERE version > 0`)
    await expect(shared.query(`DELETE FROM ${own}_erasures`)).rejects.toThrow('stay on record')
    const pages = opened.log.readAll({ after: through })[Symbol.asyncIterator]()
    expect((await pages.next()).value).toMatchObject({ events: [], atHead: true, through: { id: first!.id } })
    const next = await opened.log.append(append('s', 2, event('Later')))
    expect(next.position).toBeGreaterThan(last!.position)
    expect((await eventsOf(opened.log)).map(({ version }) => version)).toEqual([0, 3])
    await opened.close()
  })

  it('A20 numbers beyond 2^53 are refused, not rounded', async () => {
    const store = await newStore()
    const opened = await store.open()
    await opened.log.append(append('s', 'none', event('Noted')))
    const own = `"${store.schema}".log`
    await shared.query(`UPDATE ${own}_streams SET version = 9007199254740993`)
    await expect(opened.log.readStream('s')).rejects.toMatchObject({ code: 'invalid' })
    const tooFar = append('s', Number.MAX_SAFE_INTEGER, event('Noted'))
    await expect(opened.log.append(tooFar)).rejects.toMatchObject({ code: 'invalid' })
    await shared.query(`INSERT INTO ${own}_erasures VALUES (9007199254740991, $1, 'the last one')`, [randomUUID()])
    await expect(opened.log.append(append('t', 'none', event('Noted')))).rejects.toMatchObject({ code: 'invalid' })
    expect((await opened.log.readStream('t')).head).toBe('none')
    await opened.close()
  })

  it('A39 one who follows hears nothing of another tenant', async () => {
    const [ours, theirs] = await Promise.all([(await newStore()).open(), (await newStore()).open()])
    const stop = new AbortController()
    const heard: unknown[] = []
    const following = (async () => {
      for await (const { events } of ours.log.readAll({ follow: true, signal: stop.signal })) {
        heard.push(...events.map(({ data }) => data.whose))
        if (heard.length > 0) stop.abort()
      }
    })()
    await theirs.log.append(append('listing-1', 'none', event('Noted', { whose: 'theirs' })))
    await ours.log.append(append('listing-1', 'none', event('Noted', { whose: 'ours' })))
    await following
    expect(heard).toEqual(['ours'])
    await Promise.all([ours.close(), theirs.close()])
  })
})

function tablesOf(schema: string) {
  return database(shared, 'the server', schema, 5_000, true)
}

async function superuser(): Promise<Client> {
  const client = new Client(await postgresForTests())
  await client.connect()
  return client
}

/** The URL of a user with the right to read this schema, and no other. */
async function strangerTo(schema: string): Promise<string> {
  const role = `stranger_${roles.length}_${randomUUID().slice(0, 8)}`
  roles.push(role)
  const client = await superuser()
  await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`)
  if (schema)
    await client.query(
      `GRANT USAGE ON SCHEMA "${schema}" TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA "${schema}" TO ${role}`,
    )
  await client.end()
  const url = new URL(shared.options.connectionString!)
  url.username = role
  url.password = 'secret'
  return url.href
}
