import { existsSync } from 'node:fs'
import { format, parse } from 'node:path'
import type { OpenStore, Store } from '@vitrine/core'
import { sqliteEventStore } from './event-store.js'
import { translated } from './faults.js'
import { type FileOptions, openFile, type SqliteFile } from './file.js'
import { sqliteKeyStore } from './key-store.js'
import { sqliteMessageLog } from './message-log.js'
import { keysSchema, logIdOf, logSchema, messagesSchema, migrate, type Schema, viewsSchema } from './schema.js'
import { checkSettings } from './settings.js'
import { sqliteViewStore } from './view-store.js'

/** How a store on SQLite waits, and what it risks. */
export interface SqliteStoreOptions {
  /** How many milliseconds a call waits for another process to let go of the file; 10,000 by default. */
  readonly patience?: number
  /**
   * `FULL`, the default: what was acknowledged survives a loss of power. `NORMAL` is faster, and may lose the last
   * appends then, though not when the process dies.
   */
  readonly synchronous?: 'FULL' | 'NORMAL'
  /**
   * Nothing is written, and no file is made: one that lies beside the log but is missing is empty. Files of an older schema
   * are refused with `schema-missing`. False by default.
   */
  readonly readOnly?: boolean
}

/**
 * A store in four files: the log and the progress of policies in `file`, and beside it what can be rebuilt from them, the
 * keys of personal data, and what was told to whom (`market.db`, `market.views.db`, `market.keys.db`,
 * `market.messages.db`). Several processes may open it at the same time.
 * @throws VitrineError `bad-settings`, naming the option and what was expected
 */
export function sqliteStore(file: string, options: SqliteStoreOptions = {}): Store {
  checkSettings(file, options)
  const { patience = 10_000, synchronous = 'FULL', readOnly = false } = options
  const accessTo = (path: string) => {
    if (!readOnly) return 'write'
    return path === file || existsSync(path) ? 'read' : 'stand in'
  }
  return {
    open: () =>
      translated(file, async () => {
        const files: SqliteFile[] = []
        const open = async (path: string, how: FileOptions, schema: Schema) => {
          const opened = await openFile(path, { ...how, access: accessTo(path) })
          files.push(opened)
          await migrate(opened, schema)
          return opened
        }
        try {
          const main = await open(file, { patience, synchronous }, logSchema)
          const views = await open(beside(file, 'views'), { patience, ...forViews }, viewsSchema)
          const keys = await open(beside(file, 'keys'), { patience, synchronous: 'FULL', wipes: true }, keysSchema)
          const messages = await open(beside(file, 'messages'), { patience, synchronous }, messagesSchema)
          return storeIn(main, views, keys, messages)
        } catch (fault) {
          for (const opened of files) opened.close()
          throw fault
        }
      }),
  }
}

/** A page that is written again and again while views are filled is moved into the file once in a while. */
const forViews = { synchronous: 'NORMAL', checkpointPages: 4_000 } as const

function storeIn(main: SqliteFile, views: SqliteFile, keys: SqliteFile, messages: SqliteFile): OpenStore {
  const parts = {
    log: sqliteEventStore(main, logIdOf(main)),
    views: sqliteViewStore(views),
    progress: sqliteViewStore(main),
    keys: sqliteKeyStore(keys),
    messages: sqliteMessageLog(messages, logIdOf(messages)),
  }
  return {
    ...parts,
    close: async () => {
      await Promise.all(Object.values(parts).map((part) => part.close()))
      for (const file of [main, views, keys, messages]) file.close()
    },
  }
}

function beside(file: string, part: string): string {
  const { dir, name, ext } = parse(file)
  return format({ dir, base: `${name}.${part}${ext}` })
}
