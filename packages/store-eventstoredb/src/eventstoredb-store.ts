import { type OpenStore, type Store, StoreError } from '@vitrine/core'
import { type ClientUse, clientConnection } from './client-connection.js'
import type { Connection } from './connection.js'
import type { Credentials, DbClient } from './db-client.js'
import { eventStoreOn, openLog } from './event-store.js'
import { forgottenIn } from './forgotten.js'
import { messageLogOn } from './message-log.js'
import { namesOf } from './names.js'
import { checkSettings } from './settings.js'

/** Where the server is, where the rest lies, and how appends go. */
export type EventStoreDbStoreOptions = {
  /** Keeps the views, the progress of policies and the keys: `sqliteStore(…)`, for example. Its logs stay empty. */
  readonly beside: Store
  /** Names a tenant: begins the names of all its streams. A letter, then letters, digits, `_` and `.`; `vitrine` by default. */
  readonly prefix?: string
  /**
   * `plain`, the default: every append is a call of its own, and its failure is nobody else's. `batch` is faster: all
   * appends of a process share one call. When that call breaks, all of them fail at once, whoever made them, and what the
   * client gets wrong then can end the process. Use it with one client of the process that appends, or not at all.
   */
  readonly appends?: 'plain' | 'batch'
  /** Of a user who may read `$all` and write the streams; from the connection string by default. */
  readonly credentials?: Credentials
  /** Milliseconds after which a call to the server is given up; 10,000 by default. */
  readonly patience?: number
} & (
  | {
      /** `esdb://…`, as `@eventstore/db-client` reads it. */ readonly connectionString: string
      readonly client?: never
    }
  | {
      /** An `EventStoreDBClient` of one's own. It is not disposed of. */ readonly client: DbClient
      readonly connectionString?: never
    }
)

/**
 * A store whose logs are in EventStoreDB. It has neither guards nor appends over several streams; its `traits` say so, and
 * the runtime goes other ways there.
 * @throws VitrineError `bad-settings`, naming the option and what was expected
 * @throws StoreError `invalid` when the prefix cannot begin the name of a stream, or credentials are missing
 */
export function eventStoreDbStore(options: EventStoreDbStoreOptions): Store {
  checkSettings(options)
  const tenant = options.prefix ?? 'vitrine'
  const credentials = credentialsOf(options)
  return {
    open: async () => {
      const connection = await connect(options, credentials)
      try {
        const beside = await options.beside.open()
        return await openOn(connection, tenant, beside).catch(async (fault) => {
          await beside.close()
          throw fault
        })
      } catch (fault) {
        await connection.close()
        throw fault
      }
    },
  }
}

async function openOn(connection: Connection, tenant: string, beside: OpenStore): Promise<OpenStore> {
  const { views, progress, keys } = beside
  const log = eventStoreOn(await openLog(connection, namesOf(tenant, 'log')))
  const told = await openLog(connection, namesOf(tenant, 'messages'))
  const messages = messageLogOn(told, await forgottenIn(progress, told.logId))
  return {
    log,
    views,
    progress,
    keys,
    messages,
    close: async () => {
      await Promise.all([log.close(), messages.close()])
      await beside.close()
      await connection.close()
    },
  }
}

async function connect(options: EventStoreDbStoreOptions, credentials: Credentials | undefined): Promise<Connection> {
  const { patience = 10_000 } = options
  const use = { credentials, patience }
  if (options.client) return clientConnection(options.client, { ...use, close: async () => undefined })
  const { EventStoreDBClient } = await import('@eventstore/db-client')
  const client: DbClient = EventStoreDBClient.connectionString(options.connectionString)
  return clientConnection(client, { ...use, close: once(() => client.dispose()) })
}

/** Credentials of one call keep an append off the shared path, and an insecure server ignores them. */
function credentialsOf({
  appends = 'plain',
  credentials,
  connectionString,
}: EventStoreDbStoreOptions): ClientUse['credentials'] {
  if (appends === 'batch') return undefined
  const found = credentials ?? (connectionString === undefined ? nobody : credentialsIn(connectionString))
  if (found) return found
  throw new StoreError(
    'invalid',
    'A secure server needs credentials with every append: name them in the connection string or in `credentials`.',
  )
}

const nobody: Credentials = { username: '', password: '' }

function credentialsIn(connectionString: string): Credentials | undefined {
  const [, username, password] = /^[a-z+]+:\/\/([^:@/]*):([^@/]*)@/i.exec(connectionString) ?? []
  if (username !== undefined && password !== undefined) {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  }
  return /[?&]tls=false/i.test(connectionString) ? nobody : undefined
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
