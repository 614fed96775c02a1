import { awake } from './awake.js'
import { longestTimer, sleep } from './background.js'
import { codeOf, RuntimeError } from './errors.js'
import { checkRunning, positionOf, type RunningView } from './running-view.js'
import { marketplaceClosed } from './under-way.js'
import type { ViewRunner } from './view-runner.js'

/** How questions wait for their view. */
export interface Waiting {
  readonly runner: ViewRunner
  /** Views run in the background: else whoever asks folds them. */
  readonly inBackground: () => boolean
  /** Milliseconds; then `not-caught-up`. From 2^31 on, for ever. */
  readonly patience: number
  /** Says when the marketplace is closed: then nothing is waited for any more. */
  readonly stopping: AbortSignal
}

/**
 * Resolves when a view has handled everything up to a position and can be asked.
 * @throws RuntimeError `not-caught-up` when that takes too long, `view-stopped` when it would take for ever,
 * `closed` when the marketplace is closed meanwhile
 */
export async function waitForView(waiting: Waiting, running: RunningView, position: number): Promise<void> {
  if (isThere(running, position)) return
  checkRunning(running)
  const { stopping } = waiting
  if (waiting.inBackground() && !stopping.aborted) return awake(() => hear(waiting, running, position))
  while (!isThere(running, position)) {
    if (stopping.aborted) throw marketplaceClosed()
    const moved = await waiting.runner.step([running])
    checkRunning(running)
    if (!moved && !isThere(running, position)) throw notCaughtUp(running, position)
  }
}

/** Whether an error says that a view is not far enough yet, or stands still. */
export function isLate(error: unknown): boolean {
  return ['not-caught-up', 'view-stopped'].includes(codeOf(error) ?? '')
}

/** Milliseconds between two looks at what other processes have done: at first, and at last. */
const shortest = 25
const longest = 250
/** Looks after which whoever waits folds by itself: who has the lease may be dead. */
const looksEnough = 8

function hear(waiting: Waiting, running: RunningView, position: number): Promise<void> {
  const { runner, patience, stopping } = waiting
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const over = new AbortController()
  const look = () => {
    if (isThere(running, position)) return resolve()
    try {
      checkRunning(running)
    } catch (error) {
      reject(error)
    }
  }
  const timer =
    patience <= longestTimer ? setTimeout(() => reject(notCaughtUp(running, position)), patience) : undefined
  stopping.addEventListener('abort', () => reject(marketplaceClosed()), { signal: over.signal })
  const leave = runner.onMove(look)
  look()
  void lookOut(runner, running, look, over.signal)
  return promise.finally(() => {
    clearTimeout(timer)
    leave()
    over.abort()
  })
}

/** Another process may run the view: then nothing is heard of it here. */
async function lookOut(runner: ViewRunner, running: RunningView, look: () => void, signal: AbortSignal): Promise<void> {
  for (let looks = 1; ; looks += 1) {
    await sleep(Math.min(shortest * 1.5 ** looks, longest), signal)
    if (signal.aborted) return
    const looked = looks % looksEnough === 0 ? runner.step([running]) : runner.takeUp([running])
    await looked.catch(() => undefined)
    look()
  }
}

function isThere(running: RunningView, position: number): boolean {
  return running.live && positionOf(running) >= position
}

function notCaughtUp(running: RunningView, position: number): RuntimeError {
  const at = positionOf(running)
  const message = `View ${running.view.name} is at position ${at}, not yet at ${position}. Ask again later.`
  return new RuntimeError('not-caught-up', message, { view: running.view.name, position: at, wanted: position })
}
