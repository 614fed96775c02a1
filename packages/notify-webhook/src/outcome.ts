import { STATUS_CODES } from 'node:http'
import type { SendOutcome } from '@vitrine/core'
import type { Answer } from './post.js'

/** What a receiver may answer when the same message may well be taken later. */
const passing = new Set([408, 409, 425, 429])

/** Nobody is kept waiting longer by a receiver: a day. */
const longestWait = 86_400_000

const httpDate = /^[A-Z][a-z]{2,8}, .* GMT$/

/** What an answer means for the message. The reason holds the status and its usual phrase, nothing that was received. */
export function outcomeOf(answer: Answer, now: number): SendOutcome {
  const { status } = answer
  const reason = reasonOf(status)
  if (status >= 200 && status < 300) return { outcome: 'delivered' }
  if (status === 410) return { outcome: 'gone', reason }
  if (status >= 400 && status < 500 && !passing.has(status)) return { outcome: 'refused', reason }
  const retryAfter = waitFor(answer, now)
  return { outcome: 'failed', reason, ...(retryAfter !== undefined && { retryAfter }) }
}

/** Why there was no answer at all, by the code of the fault: its text may hold anything. */
export function faultInWords(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined
  if (code === undefined) return 'The connection was closed without an answer.'
  return /CERT|SIGNATURE|ISSUER/.test(code)
    ? `The certificate was not accepted (${code}).`
    : `There was no answer (${code}).`
}

function reasonOf(status: number): string {
  const phrase = STATUS_CODES[status]
  const hint = status >= 300 && status < 400 ? '; redirects are not followed' : ''
  return `The receiver answered ${status}${phrase === undefined ? '' : ` ${phrase}`}${hint}.`
}

/** Milliseconds; a date counts from the receiver's own, where it says one, so that clocks need not agree. */
function waitFor({ retryAfter = '', date = '' }: Answer, now: number): number | undefined {
  const milliseconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : (instantOf(retryAfter) ?? Number.NaN) - (instantOf(date) ?? now)
  return milliseconds > 0 ? Math.min(milliseconds, longestWait) : undefined
}

function instantOf(text: string): number | undefined {
  const instant = httpDate.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(instant) ? undefined : instant
}
