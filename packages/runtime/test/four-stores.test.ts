import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@vitrine/core'
import { postgresForTests } from '@vitrine/embedded-postgres'
import { eventStoreDbStore } from '@vitrine/store-eventstoredb'
import { memoryStore } from '@vitrine/store-memory'
import { postgresStore } from '@vitrine/store-postgres'
import { sqliteStore } from '@vitrine/store-sqlite'
import { beginnings, people, stories } from '@vitrine/testing'
import { runEventStoreDb, startEventStoreDb } from '@vitrine/testing/eventstoredb-server'
import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { type Market, played } from './played-story.js'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-four-'))
afterAll(() => rmSync(folder, { recursive: true }))
const server = await eventStoreDb()
afterAll(server.end)

/** How many stories; more where `VITRINE_LONG` is set. Their seed is fixed: every store plays the same ones. */
const count = process.env.VITRINE_LONG ? 60 : 8
const workload = fc.sample(fc.record({ from: fc.constantFrom(...beginnings), steps: stories(20) }), {
  seed: 20_260_301,
  numRuns: count,
})

const stores: { readonly [name: string]: () => Store | Promise<Store> } = {
  SQLite: () => sqliteStore(join(folder, `${randomUUID()}.db`)),
  PostgreSQL: async () => postgresStore({ connectionString: await postgresForTests(), schema: `four ${randomUUID()}` }),
  EventStoreDB: () =>
    eventStoreDbStore({
      connectionString: server.connectionString,
      prefix: `t${randomUUID().replaceAll('-', '')}`,
      beside: memoryStore(),
    }),
}

const expected = outcomes(memoryStore)

for (const [name, newStore] of Object.entries(stores)) {
  it(`A44 one seeded workload of commands: ${name} and memory give the same answers, states and views`, {
    timeout: 600_000,
  }, async () => {
    expect(await outcomes(newStore)).toEqual(await expected)
  })
}

/** The wire-level server, or the real one that the environment names, started where it says how. */
async function eventStoreDb(): Promise<{ readonly connectionString: string; readonly end: () => Promise<void> }> {
  const { VITRINE_EVENTSTOREDB_URL: url, VITRINE_EVENTSTOREDB_START: command } = process.env
  if (url === undefined) {
    const { connectionString, stop } = await startEventStoreDb()
    return { connectionString, end: stop }
  }
  if (command === undefined) return { connectionString: url, end: async () => undefined }
  return { connectionString: url, end: (await runEventStoreDb(url, command)).dispose }
}

/** Everything that callers can observe of the workload, story by story; ids by the order in which they appear. */
async function outcomes(newStore: () => Store | Promise<Store>): Promise<readonly string[]> {
  const told: string[] = []
  for (const { from, steps } of workload) {
    const seen: unknown[] = []
    const look = async (market: Market) => {
      await market.catchUp()
      seen.push(await shownBy(market))
    }
    const check = async (_stage: unknown, answer: object) => void seen.push(answer)
    const log = await played(from, steps, check, { store: await newStore(), after: look })
    seen.push(log.map(({ stream, version, type, data }) => ({ stream, version, type, data })))
    told.push(JSON.stringify(withoutChance(seen), null, 1))
  }
  return told
}

async function shownBy({ asOperator: { views }, reviewQueue, health }: Market): Promise<object> {
  const { well } = await health()
  return {
    well,
    catalogue: (await views.catalogue.find({})).documents,
    listings: (await views.publisherListings.find({})).documents,
    deadlines: (await views.deadlines.find({})).documents,
    leads: (await views.leadPipeline.find({})).documents,
    links: (await views.links.find({})).documents,
    team: (await views.team.find({})).documents,
    queue: await reviewQueue({ for: people.olaf }),
  }
}

/** Places are each store’s own; ids and what is sealed differ from run to run. */
function withoutChance(value: unknown): unknown {
  const names = new Map<string, string>()
  const name = (id: string) => {
    const known = names.get(id) ?? `id-${names.size}`
    names.set(id, known)
    return known
  }
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (places.includes(key) ? undefined : member)).replace(uuid, name),
  )
}

const places = ['position', 'basis', 'box', 'mark']
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
