import { randomUUID } from 'node:crypto'
import { StoreError } from '@vitrine/core'
import { appendFunction, lockSpace } from './append-function.js'
import type { Ask, Database } from './database.js'
import { eventTables } from './event-tables.js'
import { schemaFault, sqlStateOf } from './faults.js'
import { keyTables } from './key-tables.js'
import { forgetFunction } from './message-log.js'
import { viewTables } from './view-tables.js'

/**
 * The migrations of a tenant's schema: step n leads from schema n to n + 1. Steps are never changed once released, and
 * within a minor version they only add.
 */
export interface Schema {
  readonly steps: readonly ((schema: string) => string)[]
  /** The oldest schema whose code can still work with tables of the newest. */
  readonly usableFrom: number
}

export const newestSchema: Schema = { steps: [firstTables], usableFrom: 1 }

/** The ids of the two logs. */
export interface LogIds {
  readonly log: string
  readonly messages: string
}

function firstTables(schema: string): string {
  return [
    eventTables(schema, 'log'),
    appendFunction(schema, 'log'),
    eventTables(schema, 'messages'),
    appendFunction(schema, 'messages'),
    forgetFunction(schema, 'messages'),
    viewTables(schema, 'views'),
    viewTables(schema, 'progress'),
    keyTables(schema),
  ].join('')
}

/**
 * Brings the tables to this code's schema; several processes may do so at the same time.
 * @throws StoreError `schema-missing` when they were made by newer code, or are not there and may not be made
 */
export async function migrate(database: Database, schema: Schema): Promise<LogIds> {
  const found = await database.transaction(async (ask) => {
    await checkServer(ask, database.where)
    return factsIn(ask, database.schema)
  })
  const facts = isBehind(database, found, schema) ? await madeBy(database, schema) : found
  return { log: facts.get('log')!, messages: facts.get('messages')! }
}

type Facts = ReadonlyMap<string, string>

/** In a transaction, which a proxy that pools single statements refuses. */
async function checkServer(ask: Ask, where: string): Promise<void> {
  const [found] = await ask(
    "SELECT current_setting('server_version_num')::integer < 140000 AS old, current_setting('server_encoding') AS encoding",
  )
  if (found?.old === 't')
    throw new StoreError('unavailable', `${where} is older than PostgreSQL 14. Use a newer server.`)
  if (found?.encoding === 'UTF8') return
  throw new StoreError('unavailable', `${where} keeps text as ${found?.encoding}. Give it a database with UTF8.`)
}

async function factsIn(ask: Ask, schema: string): Promise<Facts> {
  const [there] = await ask(inCatalog, [schema])
  if (there?.facts == null) return new Map()
  const rows = await ask(`SELECT name, value FROM ${schema}.facts`)
  return new Map(rows.map(({ name, value }) => [name!, value!]))
}

/** Names that are resolved while a transaction runs may be those of before; what stands in the catalog is not. */
const inCatalog = `SELECT n.oid AS schema, c.oid AS facts FROM pg_namespace n
  LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'facts' WHERE '"' || replace(n.nspname, '"', '""') || '"' = $1`

async function madeBy(database: Database, schema: Schema): Promise<Facts> {
  try {
    return await database.transaction((ask) => apply(database, ask, schema))
  } catch (fault) {
    if (/^(42501|25006|3F000)$/.test(sqlStateOf(fault) ?? '')) throw schemaFault(database.where, fault)
    throw fault
  }
}

async function apply(database: Database, ask: Ask, target: Schema): Promise<Facts> {
  const { schema } = database
  await ask('SELECT pg_advisory_xact_lock($1, hashtext($2))', [lockSpace, schema])
  const facts = await factsIn(ask, schema)
  if (!isBehind(database, facts, target)) return facts
  const from = versionOf(facts)
  if (from === 0) await begin(ask, schema)
  for (const step of target.steps.slice(from)) await ask(step(schema))
  const ids = from === 0 ? { log: randomUUID(), messages: randomUUID() } : {}
  await note(ask, schema, { ...ids, schema: `${target.steps.length}`, 'usable from': `${target.usableFrom}` })
  return factsIn(ask, schema)
}

async function begin(ask: Ask, schema: string): Promise<void> {
  if ((await ask(inCatalog, [schema])).length === 0) await ask(`CREATE SCHEMA ${schema}`)
  await ask(`CREATE TABLE ${schema}.facts (name text PRIMARY KEY, value text NOT NULL)`)
}

async function note(ask: Ask, schema: string, facts: { readonly [name: string]: string }): Promise<void> {
  const sql = `INSERT INTO ${schema}.facts SELECT * FROM unnest($1::text[], $2::text[])
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`
  await ask(sql, [Object.keys(facts), Object.values(facts)])
}

/** @throws StoreError `schema-missing` when the tables were made by code that is too new for this. */
function isBehind({ where }: Database, facts: Facts, { steps }: Schema): boolean {
  const found = versionOf(facts)
  if (found <= steps.length) return found < steps.length
  if (Number(facts.get('usable from')) <= steps.length) return false
  const sentence = `${where} has schema ${found}; this code knows ${steps.length}. Use a newer version of the package.`
  throw new StoreError('schema-missing', sentence)
}

function versionOf(facts: Facts): number {
  return Number(facts.get('schema') ?? 0)
}
