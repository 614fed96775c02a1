import type { Address, Message, Notifier, SendOutcome } from '@vitrine/core'

/** A notifier that keeps what it was given. */
export interface MemoryNotifier extends Notifier {
  /** Every attempt, in order, whatever became of it. */
  readonly attempts: readonly Message<object>[]
  /** What was delivered, in order. */
  readonly sent: readonly Message<object>[]
}

/** What a memory notifier may be told. */
export interface MemoryNotifierOptions {
  /** `email` by default. */
  readonly by?: Address['by']
  /** `memory` by default. */
  readonly name?: string
  /** Milliseconds that an answer may take; 30,000 by default. */
  readonly timeoutMs?: number
  /** What becomes of an attempt: the first of a message is 1, its repeats count on. `delivered` when absent. */
  readonly answer?: (message: Message<object>, attempt: number) => SendOutcome | Promise<SendOutcome>
}

/** A notifier for tests: `answer` plays the receiver. It passes the same contract as those that send. */
export function memoryNotifier(options: MemoryNotifierOptions = {}): MemoryNotifier {
  const {
    by = 'email',
    name = 'memory',
    timeoutMs = 30_000,
    answer = () => ({ outcome: 'delivered' }) as const,
  } = options
  const attempts: Message<object>[] = []
  const sent: Message<object>[] = []
  const underWay = new Set<Promise<SendOutcome>>()
  let closed = false

  async function attempt(message: Message<object>, signal: AbortSignal): Promise<SendOutcome> {
    attempts.push(message)
    const outcome = await outcomeOf(
      () => answer(message, attempts.filter(({ id }) => id === message.id).length),
      signal,
    )
    if (outcome.outcome === 'delivered') sent.push(message)
    return outcome
  }

  return {
    name,
    by,
    attempts,
    sent,
    send(message, { signal }) {
      const refusal = notBegun(message, by, closed, signal)
      if (refusal) return Promise.resolve(refusal)
      const sending = attempt(message, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])).finally(() =>
        underWay.delete(sending),
      )
      underWay.add(sending)
      return sending
    },
    async close() {
      closed = true
      await Promise.all(underWay)
    },
  }
}

function notBegun(
  { address }: Message<object>,
  by: string,
  closed: boolean,
  signal: AbortSignal,
): SendOutcome | undefined {
  if (closed) return { outcome: 'failed', reason: 'The notifier is closed.' }
  if (signal.aborted) return { outcome: 'failed', reason: 'The attempt was stopped before it began.' }
  if (address.by !== by) return { outcome: 'refused', reason: `This notifier writes to ${by}, not to ${address.by}.` }
  return undefined
}

async function outcomeOf(answer: () => SendOutcome | Promise<SendOutcome>, signal: AbortSignal): Promise<SendOutcome> {
  const stopped = new Promise<SendOutcome>((resolve) => {
    const reason = 'There was no answer in time, or the attempt was stopped.'
    signal.addEventListener('abort', () => resolve({ outcome: 'failed', reason }), { once: true })
  })
  try {
    return await Promise.race([answer(), stopped])
  } catch {
    return { outcome: 'failed', reason: 'The receiver threw.' }
  }
}
