import { setTimeout } from 'node:timers/promises'
import { abortedError, closedError, type LogPage, planReadAll, type ReadAllOptions, StoreError } from '@vitrine/core'
import { type Log, verify } from './log.js'
import { pageAfter } from './page-after.js'

/** Milliseconds before a reader that follows tries again while the server is away: at first, and at last. */
const soonest = 100
const latest = 5_000

/** Reads the log in pages. Who follows is told nothing of a server that goes away and comes back: it goes on behind its last page. */
export async function* readLog(log: Log, options: ReadAllOptions, closing: AbortSignal): AsyncGenerator<LogPage> {
  const plan = planReadAll(options)
  const { signal } = options
  const signals = signal ? [closing, signal] : [closing]
  const ended = AbortSignal.any(signals)
  let after = plan.after
  let faults = 0
  let isVerified = plan.verify === undefined
  for (let first = true; ; ) {
    if (closing.aborted) throw closedError()
    if (signal?.aborted && plan.follow) return
    if (signal?.aborted) throw abortedError(signal.reason)
    try {
      if (plan.verify && !isVerified) await verify(log, plan.verify, ended)
      isVerified = true
      const page = await pageAfter(log, after, plan, ended)
      faults = 0
      const position = page.through?.position ?? 0
      if (first || position > after) yield page
      first = false
      after = Math.max(after, position)
      if (!page.atHead) continue
      if (!plan.follow) return
      await log.wake.beyond(after, signals)
    } catch (fault) {
      if (ended.aborted) continue
      if (!plan.follow || !isAway(fault)) throw fault
      faults += 1
      await pause(faults, ended)
    }
  }
}

function isAway(fault: unknown): boolean {
  return fault instanceof StoreError && fault.code === 'unavailable'
}

async function pause(faults: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(soonest * 2 ** faults, latest) * (0.5 + Math.random() / 2)
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined)
}
