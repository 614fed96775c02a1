import { setTimeout } from 'node:timers/promises'
import { reasonOf } from './errors.js'
import type { Logger } from './logger.js'

/** Something that runs until it is stopped: as long as there is work, else it waits. */
export interface Loop {
  readonly name: string
  /** Does some of the work; `false` when there is none left. */
  step(): Promise<boolean>
  /** Resolves when there may be work again, at the latest when the signal says stop. */
  wait(signal: AbortSignal): Promise<void>
}

/** Milliseconds that a timer can wait, 25 days; it fires at once when it is given more. */
export const longestTimer = 2 ** 31 - 1

/** Milliseconds between two attempts after a fault, at the most. */
const longestPause = 5_000

/** Runs a loop until the signal says stop. A fault is logged, and after a pause it goes on. */
export async function runLoop({ name, step, wait }: Loop, logger: Logger, signal: AbortSignal): Promise<void> {
  for (let faults = 0; !signal.aborted; ) {
    try {
      if (!(await step()) && !signal.aborted) await wait(signal)
      faults = 0
    } catch (error) {
      if (signal.aborted) return
      faults += 1
      logger.error(`The ${name} could not go on; trying again.`, { reason: reasonOf(error), faults })
      await sleep(Math.min(100 * 2 ** faults, longestPause) * (0.5 + Math.random() / 2), signal)
    }
  }
}

/** Waits, keeping no process alive, until the time is over or the signal says stop. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
}
