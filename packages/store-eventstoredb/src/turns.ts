import { abortedError } from '@vitrine/core'

/** Lets calls wait for each other: those of one stream for their turn, all of them for a place. */
export interface Turns {
  /** Runs the work when its turn has come. A signal ends the wait, not the work. */
  inTurn<Answer>(stream: string, work: () => Promise<Answer>, signal: AbortSignal | undefined): Promise<Answer>
  /** Runs the work when fewer than the bound are under way. */
  withPlace<Answer>(work: () => Promise<Answer>): Promise<Answer>
  /** Resolves when nothing waits and nothing is under way. */
  settled(): Promise<void>
}

/**
 * Appends to one stream that are made one after the other are sent one after the other: on the way to the server they
 * could overtake each other. `bound`: a connection carries at most 100 calls at once, and the 101st hangs without an error.
 */
export function turns(bound: number): Turns {
  const lasts = new Map<string, Promise<unknown>>()
  const underWay = new Set<Promise<unknown>>()
  const waiting: (() => void)[] = []
  let places = bound

  const takePlace = async () => {
    if (places > 0) places -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const givePlace = () => {
    const next = waiting.shift()
    if (next) next()
    else places += 1
  }
  const counted = <Answer>(work: Promise<Answer>): Promise<Answer> => {
    const done = work.finally(() => underWay.delete(done))
    underWay.add(done)
    return done
  }

  return {
    inTurn(stream, work, signal) {
      const before = lasts.get(stream) ?? Promise.resolve()
      const mine = before.then(() => {
        if (signal?.aborted) throw abortedError(signal.reason)
        return work()
      })
      const ended = mine
        .catch(() => undefined)
        .then(() => {
          if (lasts.get(stream) === ended) lasts.delete(stream)
        })
      lasts.set(stream, ended)
      return counted(mine)
    },
    async withPlace(work) {
      await takePlace()
      try {
        return await work()
      } finally {
        givePlace()
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}
