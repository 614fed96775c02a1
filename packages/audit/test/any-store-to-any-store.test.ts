import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store, StoredEvent } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { eventStoreDbStore } from '@vitrine/store-eventstoredb'
import { memoryStore } from '@vitrine/store-memory'
import { postgresStore } from '@vitrine/store-postgres'
import { sqliteStore } from '@vitrine/store-sqlite'
import { startEventStoreDb } from '@vitrine/testing/eventstoredb-server'
import { afterAll, describe, expect, it } from 'vitest'
import { exportLog } from '../src/export-log.js'
import { importLog } from '../src/import-log.js'
import { verify } from '../src/verify.js'
import { verifyDecisions } from '../src/verify-decisions.js'
import { eventsIn, live, defaultRules as rules } from './lived-market.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-any-store-'))
const server = await startEventStoreDb()
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

const stores: { readonly [name: string]: () => Store | Promise<Store> } = {
  memory: () => memoryStore(),
  SQLite: () => sqliteStore(join(folder, `${randomUUID()}.db`)),
  PostgreSQL: async () => postgresStore({ connectionString: await postgresForTests(), schema: `any ${randomUUID()}` }),
  EventStoreDB: () =>
    eventStoreDbStore({
      connectionString: server.connectionString,
      prefix: `t${randomUUID().replaceAll('-', '')}`,
      beside: memoryStore(),
    }),
}

describe('a log that moves from any store to any store', { timeout: 120_000 }, () => {
  for (const [from, newSource] of Object.entries(stores)) {
    it(`A48 that was lived in ${from} says the same in every other, and is not imported twice`, async () => {
      const store = await newSource()
      await live(store)
      const source = await store.open()
      const file = join(folder, `${randomUUID()}.ndjson`)
      await exportLog(source, file)
      const expected = (await eventsIn(source.log)).map(unplaced)
      expect(expected.length).toBeGreaterThan(40)
      for (const newTarget of Object.values(stores)) {
        const target = await (await newTarget()).open()
        await importLog(target, file)
        expect((await eventsIn(target.log)).map(unplaced)).toEqual(expected)
        expect((await importLog(target, file)).written).toBe(0)
        expect(await verify({ log: target.log, rules }, { wholeChain: true })).toMatchObject({ broken: 0 })
        expect(await verifyDecisions({ log: target.log, rules })).toMatchObject({ differing: [] })
        await target.close()
      }
      await source.close()
    })
  }
})

function unplaced(event: StoredEvent): Omit<StoredEvent, 'position'> {
  const { position: _, ...rest } = event
  return rest
}
