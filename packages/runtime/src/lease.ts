import { randomUUID } from 'node:crypto'
import type { Checkpoint, ViewStore, ViewTable } from '@vitrine/core'
import { codeOf } from './errors.js'

/** Work that one process at a time does, so that others need not do it too. What it writes is fenced apart from this. */
export interface Lease {
  /** It is this process's now: it was renewed within its time. */
  readonly isHeld: boolean
  /** Renews it, or takes it over when its holder has not renewed it for its time. To be called several times in that time. */
  tend(): Promise<void>
  /** Resolves when it is held, or the signal says stop. */
  untilHeld(signal: AbortSignal): Promise<void>
  /** Gives it up: whoever looks next has it. */
  release(): Promise<void>
}

/** Begins the name of the table of every lease. */
const leasePrefix = 'lease:'
const nobody = 'nobody'

/**
 * A lease on a kind of work. Each claim is the checkpoint of a table of its own, with a fresh id, set by comparing it with the
 * one before: of two claims one counts. Nobody's clock is compared with anybody else's: a claim that one process has seen
 * unchanged for the time of the lease, by its own monotonic clock, is given up.
 * @param time milliseconds; 0: everybody does the work
 */
export function leaseOn(store: ViewStore, work: string, time: number, now = () => performance.now()): Lease {
  const waiting = new Set<() => void>()
  let opening: Promise<ViewTable> | undefined
  let seen: Checkpoint | undefined
  let seenAt = 0
  let held: { readonly until: number } | undefined

  const open = () => {
    opening ??= store.open({ name: leasePrefix + work, version: 1, indexes: [], text: false })
    return opening.catch((error: unknown) => {
      opening = undefined
      throw error
    })
  }

  const look = async (table: ViewTable) => {
    const { checkpoint } = await table.status()
    if (checkpoint?.id === seen?.id) return
    seen = checkpoint
    seenAt = now()
  }

  /** Counts from before it was asked for: whoever waits for it to end began later. */
  const claim = async (table: ViewTable, id: string = randomUUID()) => {
    const asked = now()
    const to = { logId: leasePrefix, position: (seen?.position ?? 0) + 1, id }
    try {
      await table.write({ from: seen, to, put: [], remove: [] })
    } catch (error) {
      if (codeOf(error) !== 'checkpoint-moved') throw error
      held = undefined
      return look(table)
    }
    seen = to
    seenAt = now()
    held = id === nobody ? undefined : { until: asked + time }
    if (held) for (const wake of waiting) wake()
  }

  const lease = {
    get isHeld() {
      return time === 0 || (held !== undefined && now() < held.until)
    },
    async tend() {
      if (time === 0) return
      const table = await open()
      if (!held) await look(table)
      const isFree = seen === undefined || seen.id === nobody || now() - seenAt >= time
      if (held || isFree) await claim(table)
    },
    async untilHeld(signal: AbortSignal) {
      if (lease.isHeld || signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise.finally(() => waiting.delete(resolve))
    },
    async release() {
      if (held) await claim(await open(), nobody)
    },
  }
  return lease
}
