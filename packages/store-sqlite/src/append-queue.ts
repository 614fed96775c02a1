import { type Append, type Appended, abortedError, nextGroup, type SerialisedEvent, StoreError } from '@vitrine/core'
import { appender } from './append.js'
import { breaksIndex, isBusy, storeFault } from './faults.js'
import type { SqliteFile } from './file.js'

/** Appends that came in the meantime are stored in one transaction, so that many share one write to the disk. */
export interface AppendQueue {
  /** @throws StoreError `aborted` */
  add(append: Append, events: SerialisedWrites, signal: AbortSignal | undefined): Promise<Appended>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

type SerialisedWrites = readonly (readonly SerialisedEvent[])[]

interface Waiting {
  readonly append: Append
  readonly events: SerialisedWrites
  readonly since: number
  readonly resolve: (answer: Appended) => void
  readonly reject: (fault: unknown) => void
}

export function appendQueue(file: SqliteFile): AppendQueue {
  const { begin, store, forget } = appender(file)
  const waiting = new Set<Waiting>()
  const chain = chainOfAppends()
  let running: Promise<void> | undefined

  const storeTogether = (group: readonly Waiting[], asksForIds: boolean) =>
    file.transaction(() => {
      begin(
        group.map(({ append }) => append),
        asksForIds,
      )
      return group.map((member) => settlementOf(member, store))
    })

  /** Hardly anybody brings an id twice: that is asked only where the index has found one. */
  const settlementsOf = (group: readonly Waiting[]) => {
    try {
      return storeTogether(group, false)
    } catch (fault) {
      if (!breaksIndex(fault)) throw fault
      forget()
      return storeTogether(group, true)
    }
  }

  const storeGroup = () => {
    const group = nextGroup(waiting)
    try {
      for (const settle of settlementsOf(group)) settle()
    } catch (fault) {
      forget()
      if (isBusy(fault)) throw fault
      for (const member of group) member.reject(storeFault(file.path, fault))
    }
    for (const member of group) waiting.delete(member)
  }

  const storeAll = async () => {
    while (waiting.size > 0) {
      // A turn of the event loop lets everything that is ready to append join; in a chain that is one alone.
      await (chain.goesOn() ? undefined : new Promise(setImmediate))
      try {
        await file.patiently(storeGroup)
      } catch (fault) {
        giveUp(waiting, file, fault)
      }
      chain.note()
    }
    running = undefined
  }

  return {
    add: (append, events, signal) => {
      if (signal?.aborted) throw abortedError(signal.reason)
      const { promise, resolve, reject } = Promise.withResolvers<Appended>()
      const member = { append, events, since: performance.now(), resolve, reject }
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

/** Milliseconds for which a chain may keep the event loop from its turn. */
const longestChain = 10

/**
 * Appends of which each comes of the answer to the one before, with nothing to wait for in between: they form a chain, as in
 * a loop that awaits one command after the other. Whoever else has something to append comes with a turn of the event loop.
 */
function chainOfAppends() {
  let isSameTask = false
  let end = 0
  return {
    goesOn: () => isSameTask && performance.now() < end,
    note: () => {
      if (isSameTask) return
      isSameTask = true
      end = performance.now() + longestChain
      // This comes when all that follows from the answers has been done, but for what waits for something else.
      process.nextTick(() => {
        isSameTask = false
      })
    },
  }
}

/** Stores one member; what to tell its caller once the transaction is through. */
function settlementOf({ append, events, resolve, reject }: Waiting, store: ReturnType<typeof appender>['store']) {
  try {
    const answer = store(append, events)
    return () => resolve(answer)
  } catch (fault) {
    if (!(fault instanceof StoreError)) throw fault
    return () => reject(fault)
  }
}

/** Nobody waits longer than the file's patience; who came later keeps waiting. */
function giveUp(waiting: Set<Waiting>, { patience, path }: SqliteFile, fault: unknown): void {
  const late = performance.now() - patience
  for (const member of waiting) {
    if (member.since > late) return
    waiting.delete(member)
    member.reject(storeFault(path, fault))
  }
}
