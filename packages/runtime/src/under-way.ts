import { RuntimeError } from './errors.js'

/** Keeps count of what is under way, so that closing can wait for it. */
export interface UnderWay {
  /** @throws RuntimeError `closed` once it is ending */
  run<Result>(task: () => Promise<Result>): Promise<Result>
  /** Lets nothing new begin, and resolves when all has ended. */
  end(): Promise<void>
}

export function underWay(): UnderWay {
  const ended = Promise.withResolvers<void>()
  let running = 0
  let ending = false
  const endOne = () => {
    running -= 1
    if (ending && running === 0) ended.resolve()
  }
  return {
    run: (task) => {
      if (ending) return Promise.reject(marketplaceClosed())
      const result = task()
      running += 1
      result.then(endOne, endOne)
      return result
    },
    end: () => {
      ending = true
      if (running === 0) ended.resolve()
      return ended.promise
    },
  }
}

/** What whoever asks a closed marketplace is told. */
export function marketplaceClosed(): RuntimeError {
  return new RuntimeError('closed', 'The marketplace is closed. Open it again to go on.')
}
