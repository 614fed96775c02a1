import type { Writable } from 'node:stream'

/** Where output goes. Whoever prints waits until it has gone, so that nothing piles up. */
export interface Printer {
  /** How many columns a line may have; where nobody looks, as many as it takes. */
  readonly width: number
  readonly isTerminal: boolean
  /** Rejects once nobody reads any more, or everything is to stop. */
  print(text: string): Promise<void>
}

type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/**
 * `closed` is called when nobody reads any more, as with `| head`. Once the signal says stop, nothing waits for whoever reads
 * slowly.
 */
export function printerOn(output: Output, stop: AbortSignal, closed: () => void): Printer {
  let isClosed = false
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }))
  output.on('error', (fault: Error & { code?: string }) => {
    if (fault.code !== 'EPIPE') throw fault
    isClosed = true
    closed()
  })
  const isTerminal = output.isTTY === true
  return {
    isTerminal,
    width: isTerminal ? Math.max(output.columns ?? 100, 40) : Number.POSITIVE_INFINITY,
    print: (text) => {
      // Whoever prints more has not heard yet that it is over.
      if (isClosed || stop.aborted) return Promise.reject(new Error('Nobody reads this any more.'))
      const gone = new Promise<void>((resolve) => output.write(text, () => resolve()))
      return Promise.race([gone, stopped])
    },
  }
}
