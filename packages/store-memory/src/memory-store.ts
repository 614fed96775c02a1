import { randomUUID } from 'node:crypto'
import type { OpenStore, Store } from '@vitrine/core'
import { memoryEventStore } from './event-store.js'
import { memoryKeyStore, noKeys } from './key-store.js'
import { emptyLog } from './log.js'
import { memoryMessageLog } from './message-log.js'
import { memoryViewStore, noViews } from './view-store.js'

/**
 * A store in the memory of this process, as strict as the persistent ones. What it holds belongs to the value that this
 * returns: opened twice it is the same data, so that a restart can be tried.
 */
export function memoryStore(): Store {
  const log = emptyLog(randomUUID())
  const views = noViews()
  const progress = noViews()
  const keys = noKeys()
  const messages = emptyLog(randomUUID())
  return {
    open: async (): Promise<OpenStore> => {
      const parts = {
        log: memoryEventStore(log),
        views: memoryViewStore(views),
        progress: memoryViewStore(progress),
        keys: memoryKeyStore(keys),
        messages: memoryMessageLog(messages),
      }
      return {
        ...parts,
        close: async () => {
          await Promise.all(Object.values(parts).map((part) => part.close()))
        },
      }
    },
  }
}
