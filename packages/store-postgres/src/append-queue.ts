import { type Appended, abortedError, nextGroup } from '@vitrine/core'
import { type Prepared, type Settlement, storeGroup } from './append.js'
import type { Database } from './database.js'
import { appendFault, storeFault } from './faults.js'

/** Appends that came in the meantime are stored by one call, so that many share one write to the disk. */
export interface AppendQueue {
  add(append: Prepared, signal: AbortSignal | undefined): Promise<Appended>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

interface Waiting extends Prepared {
  readonly settle: (settlement: Settlement) => void
}

/** @param stored told after each call that came through */
export function appendQueue(database: Database, own: string, stored: () => void): AppendQueue {
  const waiting = new Set<Waiting>()
  let running: Promise<void> | undefined

  /** Until a connection is had nothing was sent, and who waits may still give up. */
  const storeNext = () =>
    database.sending(async (ask) => {
      const group = nextGroup(waiting)
      for (const member of group) waiting.delete(member)
      if (group.length === 0) return
      try {
        const settlements = await storeGroup(ask, own, database.patience, group)
        for (const [at, member] of group.entries()) member.settle(settlements[at]!)
        stored()
      } catch (fault) {
        for (const member of group) member.settle(appendFault(database.where, fault))
      }
    })

  const storeAll = async () => {
    while (waiting.size > 0) {
      // A turn of the event loop lets everything that is ready to append join.
      await new Promise(setImmediate)
      const asking = new Set(waiting)
      await storeNext().catch((fault) => refuse(waiting, asking, storeFault(database.where, fault)))
    }
    running = undefined
  }

  return {
    add: async (append, signal) => {
      if (signal?.aborted) throw abortedError(signal.reason)
      const { promise, resolve, reject } = Promise.withResolvers<Appended>()
      const member = {
        ...append,
        settle: (found: Settlement) => (found instanceof Error ? reject(found) : resolve(found)),
      }
      waiting.add(member)
      running ??= storeAll()
      if (!signal) return promise
      const stop = () => {
        if (waiting.delete(member)) reject(abortedError(signal.reason))
      }
      signal.addEventListener('abort', stop)
      return promise.finally(() => signal.removeEventListener('abort', stop))
    },
    settled: async () => running,
  }
}

/** Whoever waited while no connection was to be had hears of it; who came later has a try of their own. */
function refuse(waiting: Set<Waiting>, asking: ReadonlySet<Waiting>, fault: Error): void {
  for (const member of asking) if (waiting.delete(member)) member.settle(fault)
}
