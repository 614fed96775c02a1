import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import type { OpenStore } from '@vitrine/core'
import { type PostgresServer, startPostgres } from '@vitrine/embedded-postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresStore } from '../src/index.js'

let server: PostgresServer
let client: Client
beforeAll(async () => {
  server = await startPostgres()
  client = new Client(server.url)
  await client.connect()
}, 60_000)
afterAll(async () => {
  await client.end()
  await server.close()
})

const through = (position: number) => ({ logId: 'log', position, id: `event-${position}` })

describe('a key that was destroyed', () => {
  it('is nowhere in the files of tables and indexes once they were written to the disk', async () => {
    const { keys, close } = await opened('plain')
    const [gone, kept] = [randomBytes(32), randomBytes(32)]
    await keys.add('lead-gone', gone.toString('base64'))
    await keys.add('lead-kept', kept.toString('base64'))
    expect(await filesWith(gone)).not.toEqual([])
    await keys.destroy(['lead-gone'], through(1))
    expect(await filesWith(gone)).toEqual([])
    expect(await filesWith(kept)).not.toEqual([])
    await close()
  })

  it('while somebody still reads what was there before: after the next destruction, closing or opening', async () => {
    const store = await opened('read')
    const key = randomBytes(32)
    await store.keys.add('lead-1', key.toString('base64'))
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM read.facts')
    await store.keys.destroy(['lead-1'], through(1))
    expect(await store.keys.keys(['lead-1'])).toEqual(new Map())
    await client.query('COMMIT')
    expect(await filesWith(key)).not.toEqual([])
    await store.close()
    expect(await filesWith(key)).toEqual([])
  })

  it('is gone after the process that destroyed it was killed before the files were cleaned, once a store is opened', async () => {
    const store = await opened('killed')
    const key = randomBytes(32)
    await store.keys.add('lead-1', key.toString('base64'))
    await client.query(`BEGIN; UPDATE killed.keys SET key = NULL`)
    await client.query('INSERT INTO killed.keys_destroyed DEFAULT VALUES; COMMIT')
    expect(await filesWith(key)).not.toEqual([])
    await (await opened('killed')).close()
    expect(await filesWith(key)).toEqual([])
    await store.close()
  })

  it('keys cannot be changed, nor subjects taken away, by hand', async () => {
    const { keys, close } = await opened('hand')
    await keys.add('lead-1', randomBytes(32).toString('base64'))
    await expect(client.query(`UPDATE hand.keys SET key = decode('00', 'hex')`)).rejects.toThrow('only erased')
    for (const sql of ['DELETE FROM hand.keys', 'TRUNCATE hand.keys']) {
      await expect(client.query(sql)).rejects.toThrow('subjects stay')
    }
    await close()
  })
})

function opened(schema: string): Promise<OpenStore> {
  return postgresStore({ connectionString: server.url, schema, connections: 2 }).open()
}

/** The files of tables and indexes that hold these bytes, as they lie on the disk. */
async function filesWith(bytes: Buffer): Promise<readonly string[]> {
  await client.query('CHECKPOINT')
  return globSync('{base,global}/**/*', { cwd: server.data, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((file) => readFileSync(file).includes(bytes))
}
