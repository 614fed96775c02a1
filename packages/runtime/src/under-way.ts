import { RuntimeError } from './errors.js'

/** Keeps count of what is under way, so that closing can wait for it. */
export interface UnderWay {
  /** @throws RuntimeError `closed` once it is ending */
  run<Result>(task: () => Promise<Result>): Promise<Result>
  /** Lets nothing new begin, and resolves when all has ended. */
  end(): Promise<void>
}

export function underWay(): UnderWay {
  const running = new Set<Promise<unknown>>()
  let ending = false
  return {
    run: (task) => {
      if (ending) return Promise.reject(marketplaceClosed())
      const result = task()
      running.add(result)
      const done = () => running.delete(result)
      result.then(done, done)
      return result
    },
    end: async () => {
      ending = true
      await Promise.allSettled(running)
    },
  }
}

/** What whoever asks a closed marketplace is told. */
export function marketplaceClosed(): RuntimeError {
  return new RuntimeError('closed', 'The marketplace is closed. Open it again to go on.')
}
