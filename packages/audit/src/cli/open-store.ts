import { existsSync, statSync } from 'node:fs'
import { format, parse } from 'node:path'
import type { EventStore, OpenStore, Store } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'
import { AuditError } from '../audit-error.js'

/** A store as an audit has it open. */
export interface AuditedStore {
  readonly store: OpenStore
  /** As it was named. */
  readonly locator: string
  /** Keys of personal data lie beside the log. */
  readonly hasKeys: boolean
  close(): Promise<void>
}

export type Opening = 'reading' | 'writing'

/** How stores are named: `sqlite:FILE`, `postgres:URL`, `eventstoredb:URL`. */
export const locatorForms = 'sqlite:FILE, postgres:URL or eventstoredb:URL'

/**
 * Opens a store that is there; none is ever made. For reading, nothing in it is changed, as far as its adapter can do without.
 * @throws AuditError `used-wrongly`, `store-missing`, `adapter-missing` · StoreError
 */
export async function openStore(locator: string, opening: Opening): Promise<AuditedStore> {
  const at = locator.indexOf(':')
  const opens = openers[locator.slice(0, Math.max(at, 0))]
  const rest = locator.slice(at + 1)
  if (at < 0 || !opens || rest === '') {
    throw new AuditError('used-wrongly', `${locator} names no store: ${locatorForms} was expected.`)
  }
  const { store, hasKeys } = await opens(rest, opening)
  const opened = await store.open()
  const log = courteous(opened.log)
  return { store: { ...opened, log }, locator, hasKeys, close: () => opened.close() }
}

type Opener = (rest: string, opening: Opening) => Promise<{ readonly store: Store; readonly hasKeys: boolean }>

const openers: { readonly [scheme: string]: Opener | undefined } = {
  sqlite: async (file, opening) => {
    if (!existsSync(file) || !statSync(file).isFile()) {
      throw new AuditError('store-missing', `There is no file ${file}. A store is opened here, never made.`)
    }
    const { dir, name, ext } = parse(file)
    const hasKeys = existsSync(format({ dir, base: `${name}.keys${ext}` }))
    return { store: sqliteStore(file, { readOnly: opening === 'reading' }), hasKeys }
  },
  postgres: (url) => adapter('@vitrine/store-postgres', 'postgresStore', url),
  eventstoredb: (url) => adapter('@vitrine/store-eventstoredb', 'eventStoreDbStore', url),
}

/** Adapters that need a server are installed by who has one. */
async function adapter(name: string, factory: string, url: string): Promise<{ store: Store; hasKeys: boolean }> {
  const found = (await import(/* @vite-ignore */ name).catch((cause: unknown) => {
    throw new AuditError('adapter-missing', `${name} is not installed, which opens such a store: npm install ${name}`, {
      cause,
    })
  })) as { readonly [name: string]: (url: string) => Store }
  return { store: found[factory]!(url), hasKeys: true }
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
  return {
    ...log,
    async *readAll(options) {
      for await (const page of log.readAll(options)) {
        yield page
        await rest()
      }
    },
    async readStream(stream, options) {
      await rest()
      return log.readStream(stream, options)
    },
  }
}
