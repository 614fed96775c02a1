import { existsSync, statSync } from 'node:fs'
import { format, parse } from 'node:path'
import type { EventStore, OpenStore, ReadAllOptions, Store } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { AuditError } from '../audit-error.js'

/** A store as an audit has it open. */
export interface AuditedStore {
  readonly store: OpenStore
  /** As it was named; for people see {@link namedStore}. */
  readonly locator: string
  /** Keys of personal data lie beside the log. */
  readonly hasKeys: boolean
  /** Its name alone says where it is: another thread can open it as well. */
  readonly canBeOpenedAgain: boolean
  close(): Promise<void>
}

/** `making`: what is not there is made. */
export type Opening = 'reading' | 'writing' | 'making'

/** What some stores need to be found, beside their name. */
export interface StorePlace {
  /** Whose log it is: a schema in PostgreSQL, a prefix in EventStoreDB. */
  readonly tenant?: string
  /** The SQLite file in which a store on EventStoreDB keeps what is not in EventStoreDB. */
  readonly beside?: string
}

/** How stores are named. */
export const locatorForms = 'sqlite:FILE, postgres:URL or eventstoredb:URL'

/**
 * Opens a store that is there; none is made, unless that is asked for. For reading, nothing in it is changed, as far as its adapter can do without.
 * @throws AuditError `used-wrongly`, `store-missing`, `adapter-missing` · StoreError
 */
export async function openStore(locator: string, opening: Opening, place: StorePlace = {}): Promise<AuditedStore> {
  const at = locator.indexOf(':')
  const opens = openers[locator.slice(0, Math.max(at, 0))]
  const rest = locator.slice(at + 1)
  if (at < 0 || !opens || rest === '') {
    throw new AuditError('used-wrongly', `${namedStore(locator)} names no store: ${locatorForms} was expected.`)
  }
  const { store, hasKeys, canBeOpenedAgain } = await opens(rest, opening, place)
  const opened = await store.open()
  const log = courteous(opened.log)
  return { store: { ...opened, log }, locator, hasKeys, canBeOpenedAgain, close: () => opened.close() }
}

/** The name of a store for people: without the password that may stand in a URL. */
export function namedStore(locator: string): string {
  return locator.replace(/\/\/[^/]*@/, '//').replace(/([?&]password=)[^&]*/i, '$1…')
}

type Found = Pick<AuditedStore, 'hasKeys' | 'canBeOpenedAgain'> & { readonly store: Store }
type Opener = (rest: string, opening: Opening, place: StorePlace) => Found | Promise<Found>

const openers: { readonly [scheme: string]: Opener | undefined } = {
  sqlite: (file, opening) => ({ ...sqliteAt(file, opening), canBeOpenedAgain: true }),
  postgres: async (url, opening, { tenant: schema }) => {
    const { postgresStore } = await adapter('@vitrine/store-postgres', () => import('@vitrine/store-postgres'))
    const connectionString = opening === 'reading' ? readingOnly(url) : url
    const store = postgresStore({ connectionString, ...(schema !== undefined && { schema }) })
    return { store, hasKeys: true, canBeOpenedAgain: schema === undefined }
  },
  eventstoredb: async (connectionString, opening, { tenant: prefix, beside }) => {
    const name = '@vitrine/store-eventstoredb'
    const { eventStoreDbStore } = await adapter(name, () => import('@vitrine/store-eventstoredb'))
    if (beside === undefined) {
      const sentence = 'EventStoreDB holds logs alone: name the file of the rest with --beside <file>.'
      throw new AuditError('used-wrongly', sentence)
    }
    const { store: rest, hasKeys } = sqliteAt(beside, opening)
    const own = prefix === undefined ? {} : { prefix }
    return { store: eventStoreDbStore({ connectionString, beside: rest, ...own }), hasKeys, canBeOpenedAgain: false }
  },
}

function sqliteAt(file: string, opening: Opening): Pick<Found, 'store' | 'hasKeys'> {
  if (opening !== 'making' && !(existsSync(file) && statSync(file).isFile())) {
    throw new AuditError('store-missing', `There is no file ${file}. A store is opened here, never made.`)
  }
  const { dir, name, ext } = parse(file)
  const hasKeys = existsSync(format({ dir, base: `${name}.keys${ext}` }))
  return { store: sqliteStore(file, { readOnly: opening === 'reading' }), hasKeys }
}

/** The server itself refuses to change anything for such a connection. */
function readingOnly(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}options=-c%20default_transaction_read_only%3Don`
}

/** Adapters that need a server are installed by who has one. */
async function adapter<Package>(name: string, load: () => Promise<Package>): Promise<Package> {
  try {
    return await load()
  } catch (cause) {
    const sentence = `${name} is not installed, which opens such a store: npm install ${name}`
    throw new AuditError('adapter-missing', sentence, { cause })
  }
}

/** Milliseconds of reading after which everything else gets a turn: signals are heard, bars move. */
const share = 20

/** The same log; whoever reads long lets the rest of the process go on as well. */
function courteous(log: EventStore): EventStore {
  let last = performance.now()
  const rest = async () => {
    if (performance.now() - last < share) return
    await new Promise(setImmediate)
    last = performance.now()
  }
  async function* resting<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
    for await (const page of pages) {
      yield page
      await rest()
    }
  }
  return {
    ...log,
    readAll: (options) => resting(log.readAll(options)),
    ...(log.readTexts && { readTexts: (options?: ReadAllOptions) => resting(log.readTexts!(options)) }),
    async readStream(stream, options) {
      await rest()
      return log.readStream(stream, options)
    },
  }
}
