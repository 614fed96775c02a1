import { appendFileSync, readFileSync } from 'node:fs'
import type { Notifier, SendOutcome } from '@vitrine/core'

/** What a receiver has written down: an attempt has begun, or has ended. */
export interface Noted {
  readonly what: 'begun' | 'taken' | 'ended'
  readonly id: string
  readonly mailbox: string
  readonly name: string
}

/**
 * A receiver that outlives whoever sends: it writes down each attempt, and whether it has taken the message, in a file. It
 * answers as chance has it: it takes the message, also without saying so; it fails; it never answers.
 */
export function receiver(file: string, chance: () => number = Math.random): Notifier {
  return {
    name: 'receiver',
    by: 'email',
    send: async ({ id, address, facts }, { signal }) => {
      const mailbox = address.by === 'email' ? address.email : ''
      const { name } = facts as { readonly name: string }
      const note = (what: Noted['what']) => appendFileSync(file, `${JSON.stringify({ what, id, mailbox, name })}\n`)
      note('begun')
      await until(signal, chance() * 10)
      const outcome = await answered(chance(), signal, () => note('taken'))
      note('ended')
      return outcome
    },
    close: async () => undefined,
  }
}

/** Everything that receivers wrote down in this file. */
export function notedIn(file: string): readonly Noted[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Noted)
}

async function answered(chance: number, signal: AbortSignal, take: () => void): Promise<SendOutcome> {
  if (chance < 0.15) return { outcome: 'failed', reason: 'The receiver answered 503.', retryAfter: 20 }
  if (chance < 0.2) await until(signal, Number.POSITIVE_INFINITY)
  if (signal.aborted) return { outcome: 'failed', reason: 'There was no answer.' }
  take()
  return chance < 0.35 ? { outcome: 'failed', reason: 'The connection was reset.' } : { outcome: 'delivered' }
}

function until(signal: AbortSignal, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.min(milliseconds, 2 ** 31 - 1))
  if (signal.aborted) resolve()
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(() => clearTimeout(timer))
}
