import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process that was started, what it has said so far, and how it ended. */
export interface Started {
  readonly child: ChildProcess
  /** All full lines so far. */
  lines(): readonly string[]
  /** It has said something. */
  readonly said: Promise<void>
  /** Its code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  /** Ends it at once, with no chance to do anything more. */
  kill(): Promise<void>
}

const started = new Set<ChildProcess>()

/** Ends what a failed test left behind. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL')
}

/** Starts Node with these words: flags, if it has any, then the program with its own. */
export function start(...words: readonly [string, ...string[]]): Started {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  started.add(child)
  child.once('close', () => started.delete(child))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const ended = once(child, 'close').then(([code, signal]: (number | string)[]) => signal ?? code!)
  return {
    child,
    lines: () => output.split('\n').slice(0, -1),
    said: once(child.stdout, 'data').then(() => undefined),
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
