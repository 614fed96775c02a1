import type { OpenStore, Store } from '@vitrine/core'
import { Pool, type PoolConfig } from 'pg'
import { awake } from './awake.js'
import { type Database, database } from './database.js'
import { postgresEventStore } from './event-store.js'
import { translated } from './faults.js'
import { postgresKeyStore, wipe } from './key-store.js'
import type { LogTables } from './log-tables.js'
import { postgresMessageLog } from './message-log.js'
import { newsOf } from './news.js'
import { type LogIds, migrate, newestSchema } from './schema.js'
import { checkSettings } from './settings.js'
import { postgresViewStore } from './view-store.js'

/** Where the tables of a store on PostgreSQL are, and how it waits. */
export interface PostgresStoreOptions {
  /** Of a pool that the store opens and closes itself. Without it and without `pool`, the variables `PGHOST`, `PGDATABASE` … say it. */
  readonly connectionString?: string
  /** A pool of yours: it is used, and never closed. */
  readonly pool?: Pool
  /** The schema that holds all tables; `vitrine` by default, 63 bytes at the most. A tenant is a schema. */
  readonly schema?: string
  /** How many connections the store's own pool opens at the most; 10 by default. */
  readonly connections?: number
  /** How many milliseconds a call waits for a connection, and for a lock that others hold; 10,000 by default. */
  readonly patience?: number
  /** Statements are prepared once on each connection; `false` for a proxy that does not know prepared statements. */
  readonly prepared?: boolean
}

/**
 * A store in one schema of a PostgreSQL database: the log, views, the progress of policies, the keys of personal data, and
 * what was told to whom. Any number of processes may open it at the same time.
 * @throws VitrineError `bad-settings`, naming the option and what was expected
 */
export function postgresStore(options: PostgresStoreOptions = {}): Store {
  checkSettings(options)
  const { schema = 'vitrine', patience = 10_000, prepared = true } = options
  return {
    open: async () => {
      const pool = options.pool ?? ownPool(options, patience)
      const opened = database(pool, whereOf(pool, schema), schema, patience, prepared)
      const end = async () => {
        await opened.settled()
        if (!options.pool) await awake(pool.end())
      }
      try {
        const ids = await translated(opened.where, () => migrate(opened, newestSchema))
        await wipe(opened)
        return storeIn(opened, ids, end)
      } catch (fault) {
        await end()
        throw fault
      }
    },
  }
}

function ownPool({ connectionString, connections = 10 }: PostgresStoreOptions, patience: number): Pool {
  const config: PoolConfig = {
    max: connections,
    connectionTimeoutMillis: patience,
    allowExitOnIdle: true,
    keepAlive: true,
  }
  const pool = new Pool(connectionString === undefined ? config : { ...config, connectionString })
  // An idle connection that is lost is replaced by another one when it is needed.
  pool.on('error', () => undefined)
  return pool
}

function storeIn(database: Database, ids: LogIds, end: () => Promise<void>): OpenStore {
  const parts = {
    log: postgresEventStore(logIn(database, 'log', ids.log)),
    views: postgresViewStore(database, 'views'),
    progress: postgresViewStore(database, 'progress'),
    keys: postgresKeyStore(database),
    messages: postgresMessageLog(logIn(database, 'messages', ids.messages)),
  }
  let closing: Promise<void> | undefined
  return {
    ...parts,
    close: () => {
      closing ??= Promise.all(Object.values(parts).map((part) => part.close())).then(end)
      return closing
    },
  }
}

function logIn(database: Database, log: string, logId: string): LogTables {
  const news = newsOf(database, `vitrine_${logId.replaceAll('-', '')}`)
  return { database, own: `${database.schema}.${log}`, logId, news }
}

/** Never the password. */
function whereOf({ options }: Pool, schema: string): string {
  const { host, database } = fromUrl(options.connectionString) ?? options
  return `PostgreSQL at ${host ?? 'its usual host'}, database ${database ?? 'of the user'}, schema ${schema}`
}

function fromUrl(text: string | undefined): { readonly host: string; readonly database: string } | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const { host, pathname } = new URL(text)
  return { host, database: pathname.slice(1) }
}
