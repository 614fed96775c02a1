import { codeOf, RuntimeError } from './errors.js'
import { checkRunning, positionOf, type RunningView } from './running-view.js'
import type { ViewRunner } from './view-runner.js'

/** How questions wait for their view. */
export interface Waiting {
  readonly runner: ViewRunner
  /** Views run in the background: else whoever asks folds them. */
  readonly inBackground: () => boolean
  /** Milliseconds; then `not-caught-up`. */
  readonly patience: number
}

/**
 * Resolves when a view has handled everything up to a position and can be asked.
 * @throws RuntimeError `not-caught-up` when that takes too long, `view-stopped` when it would take for ever
 */
export async function waitForView(waiting: Waiting, running: RunningView, position: number): Promise<void> {
  if (isThere(running, position)) return
  checkRunning(running)
  if (waiting.inBackground()) return hear(waiting, running, position)
  while (!isThere(running, position)) {
    const moved = await waiting.runner.step([running])
    checkRunning(running)
    if (!moved && !isThere(running, position)) throw notCaughtUp(running, position)
  }
}

/** Whether an error says that a view is not far enough yet, or stands still. */
export function isLate(error: unknown): boolean {
  return ['not-caught-up', 'view-stopped'].includes(codeOf(error) ?? '')
}

function hear({ runner, patience }: Waiting, running: RunningView, position: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const look = () => {
    if (isThere(running, position)) return resolve()
    try {
      checkRunning(running)
    } catch (error) {
      reject(error)
    }
  }
  const timer = Number.isFinite(patience)
    ? setTimeout(() => reject(notCaughtUp(running, position)), patience)
    : undefined
  const leave = runner.onMove(look)
  look()
  return promise.finally(() => {
    clearTimeout(timer)
    leave()
  })
}

function isThere(running: RunningView, position: number): boolean {
  return running.live && positionOf(running) >= position
}

function notCaughtUp(running: RunningView, position: number): RuntimeError {
  const at = positionOf(running)
  const message = `View ${running.view.name} is at position ${at}, not yet at ${position}. Ask again later.`
  return new RuntimeError('not-caught-up', message, { view: running.view.name, position: at, wanted: position })
}
