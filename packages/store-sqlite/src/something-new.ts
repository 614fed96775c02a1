import type { SqliteFile } from './file.js'

/** Milliseconds between two looks for the writes of other processes: at first, and at last. */
const shortest = 50
const longest = 250

/**
 * Resolves when the file is no longer in the given state, or when a signal says stop. Writes of this process wake it at
 * once; for those of others it looks. Waiting keeps no process alive.
 */
export function somethingNew(file: SqliteFile, state: string, signals: readonly AbortSignal[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  const wake = () => resolve()
  const look = (delay: number) => {
    timer = setTimeout(() => {
      try {
        if (file.state() === state) look(Math.min(delay * 1.5, longest))
        else wake()
      } catch (fault) {
        reject(fault)
      }
    }, delay).unref()
  }
  file.watching.add(wake)
  for (const signal of signals) signal.addEventListener('abort', wake)
  if (file.state() === state && !signals.some(({ aborted }) => aborted)) look(shortest)
  else wake()
  return promise.finally(() => {
    clearTimeout(timer)
    file.watching.delete(wake)
    for (const signal of signals) signal.removeEventListener('abort', wake)
  })
}
