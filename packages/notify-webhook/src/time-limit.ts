/** How long an attempt may take: what a receiver may make its sender wait. */
export interface TimeLimits {
  /** Milliseconds until there is a connection: the look-up of the host, TCP and TLS. */
  readonly connectTimeoutMs: number
  /** Milliseconds until the headers of the answer are there. */
  readonly timeoutMs: number
}

/** The time of one attempt, running. */
export interface TimeLimit {
  /** Aborted when the time is over or was ended; its reason is then a sentence for people. */
  readonly signal: AbortSignal
  /** There is a connection. */
  connected(): void
  /** Lets go of the timers and of the caller's signal. */
  end(): void
}

/** Starts the time of an attempt, which is also over when the signal says so. */
export function timeLimit({ connectTimeoutMs, timeoutMs }: TimeLimits, stopped: AbortSignal): TimeLimit {
  const over = new AbortController()
  const stop = () => over.abort('The attempt was stopped before there was an answer.')
  const connecting = setTimeout(
    () => over.abort(`There was no connection within ${connectTimeoutMs} ms.`),
    connectTimeoutMs,
  )
  const answering = setTimeout(() => over.abort(`There was no answer within ${timeoutMs} ms.`), timeoutMs)
  if (stopped.aborted) stop()
  else stopped.addEventListener('abort', stop)
  return {
    signal: over.signal,
    connected: () => clearTimeout(connecting),
    end: () => {
      clearTimeout(connecting)
      clearTimeout(answering)
      stopped.removeEventListener('abort', stop)
    },
  }
}
