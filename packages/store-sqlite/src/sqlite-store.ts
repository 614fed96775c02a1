import { format, parse } from 'node:path'
import type { OpenStore, Store } from '@vitrine/core'
import { sqliteEventStore } from './event-store.js'
import { translated } from './faults.js'
import { openFile, type SqliteFile } from './file.js'
import { logIdOf, logSchema, migrate, viewsSchema } from './schema.js'
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
}

/**
 * A store in two files: the log and the progress of policies in `file`, and what can be rebuilt from them beside it
 * (`market.db` and `market.views.db`). Several processes may open it at the same time.
 */
export function sqliteStore(file: string, options: SqliteStoreOptions = {}): Store {
  const { patience = 10_000, synchronous = 'FULL' } = options
  return {
    open: () =>
      translated(file, async () => {
        const main = await openFile(file, { patience, synchronous })
        const beside = await openFile(viewsFileOf(file), { patience, synchronous: 'NORMAL' }).catch((fault) => {
          main.close()
          throw fault
        })
        return opened(main, beside).catch((fault) => {
          main.close()
          beside.close()
          throw fault
        })
      }),
  }
}

async function opened(main: SqliteFile, beside: SqliteFile): Promise<OpenStore> {
  await migrate(main, logSchema)
  await migrate(beside, viewsSchema)
  const log = sqliteEventStore(main, logIdOf(main))
  const views = sqliteViewStore(beside)
  const progress = sqliteViewStore(main)
  return {
    log,
    views,
    progress,
    close: async () => {
      await Promise.all([log.close(), views.close(), progress.close()])
      main.close()
      beside.close()
    },
  }
}

function viewsFileOf(file: string): string {
  const { dir, name, ext } = parse(file)
  return format({ dir, base: `${name}.views${ext}` })
}
