import type { Connection, Hearing } from './connection.js'
import type { ServerPosition } from './db-client.js'

/** Wakes those who wait at the head of a log. It only says that there may be something: what there is they read. */
export interface Wake {
  /** The log has grown up to here. */
  reached(position: number): void
  /** Resolves when there may be something behind a position, or a signal says stop. */
  beyond(position: number, signals: readonly AbortSignal[]): Promise<void>
  end(): void
}

/** Milliseconds after which whoever waits looks by itself: a subscription can be silent without an error. */
const lookEvery = 5_000
/** Milliseconds before a subscription that failed is begun again: at first, and at last. */
const soonest = 100
const latest = 5_000
/** What a server before 24.10.5 notes when it has nothing to note. Taken for a place, it would be the end of the log. */
const nowhere = 2n ** 64n - 1n

/** One subscription for all who wait, from when the first one does. It comes back by itself, whatever ended it. */
export function wakeUp(connection: Pick<Connection, 'subscribe'>, prefix: string, begin: () => ServerPosition): Wake {
  const waiting = new Set<() => void>()
  let top = 0
  let resume: ServerPosition | undefined
  let subscription: { end(): void } | undefined
  let again: NodeJS.Timeout | undefined
  let faults = 0
  let over = false

  const wakeAll = () => {
    for (const wake of waiting) wake()
  }
  const subscribe = () => {
    if (over || subscription || again) return
    resume ??= begin()
    subscription = connection.subscribe(prefix, resume, hearing)
  }
  const hearing: Hearing = {
    begun: () => {
      faults = 0
      wakeAll()
    },
    event: (at) => {
      resume = at
      if (at.commit > top) top = Number(at.commit)
      wakeAll()
    },
    // Both numbers are kept: a place whose second one is 0 is resumed with the event at it, any other behind it.
    looked: (at) => {
      if (at.commit < nowhere && at.commit >= (resume?.commit ?? 0n)) resume = at
    },
    failed: () => {
      subscription = undefined
      // Where it stood may be no place any more, of a log that was restored.
      if (faults > 2) resume = undefined
      const pause = Math.min(soonest * 2 ** faults, latest) * (0.5 + Math.random() / 2)
      faults += 1
      again = setTimeout(() => {
        again = undefined
        wakeAll()
        if (waiting.size > 0) subscribe()
      }, pause)
    },
  }

  return {
    reached(position) {
      top = Math.max(top, position)
      wakeAll()
    },
    async beyond(position, signals) {
      if (top > position || signals.some(({ aborted }) => aborted)) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const wake = () => resolve()
      waiting.add(wake)
      for (const signal of signals) signal.addEventListener('abort', wake)
      subscribe()
      const timer = setTimeout(wake, lookEvery)
      await promise
      clearTimeout(timer)
      waiting.delete(wake)
      for (const signal of signals) signal.removeEventListener('abort', wake)
    },
    end() {
      over = true
      clearTimeout(again)
      subscription?.end()
      wakeAll()
    },
  }
}
