import { canonicalJson } from '../json.js'
import type { SendOutcome } from '../notifier.js'
import type { MessageEvent } from './events.js'
import type { Address, Recipient } from './message.js'
import type { Delivery, RequestedMessage } from './state.js'

/** How often, and how far apart, a message is tried. */
export interface RetryRules {
  /** After as many attempts it is given up. */
  readonly attempts: number
  /** Milliseconds after the first failure; each later pause is four times as long, */
  readonly firstPause: number
  /** and never longer than this. */
  readonly longestPause: number
}

/** What is to be done about a delivery. */
export type NextStep = 'nothing' | 'attempt' | 'expire' | 'giveUp'

/**
 * What is to be done about a delivery now. Whoever has claimed an attempt is left alone until the claim ends; then the
 * attempt counts as one whose outcome nobody knows.
 */
export function nextStep(delivery: Delivery, { attempts }: Pick<RetryRules, 'attempts'>, now: string): NextStep {
  const { status, claim, nextAt = '', notAfter } = delivery
  if (!isOpen(delivery) || (claim && now < claim.until)) return 'nothing'
  if (now > notAfter) return 'expire'
  if (status === 'underWay' && delivery.attempts >= attempts) return 'giveUp'
  return now < nextAt ? 'nothing' : 'attempt'
}

/** When there will be something to do about a delivery, if nobody does anything before; `undefined` once it has ended. */
export function dueAt(delivery: Delivery, requestedAt: string): string | undefined {
  if (!isOpen(delivery)) return undefined
  const { claim, nextAt = requestedAt } = delivery
  return claim?.until ?? [nextAt, expiryOf(delivery)].toSorted()[0]
}

/** When a delivery that is still open expires. */
export function expiryOf({ claim, notAfter }: Delivery): string {
  return [claim?.until ?? '', later(notAfter, 1)].toSorted()[1]!
}

/** Whether it has not ended yet. */
export function isOpen({ status }: Delivery): boolean {
  return status === 'due' || status === 'underWay' || status === 'waiting'
}

/** An attempt that was made, and what came of it. */
export interface Attempted {
  readonly recipient: number
  readonly claim: string
  readonly outcome: SendOutcome
}

/**
 * What is to be recorded of an attempt, `undefined` when it no longer matters: others have taken over meanwhile, and only
 * that it arrived is still worth knowing. `chance` is from 0 up to 1: it spreads the retries of messages that failed at
 * the same moment.
 */
export function afterAttempt(
  delivery: Delivery,
  { recipient, claim, outcome }: Attempted,
  { rules, now, chance }: { readonly rules: RetryRules; readonly now: string; readonly chance: number },
): MessageEvent | undefined {
  if (outcome.outcome === 'delivered') return deliveredBy(delivery, { recipient, claim, outcome })
  if (delivery.claim?.id !== claim) return undefined
  if (outcome.outcome === 'gone') return { type: 'MessageSuppressed', data: { recipient, reason: 'gone' } }
  const { reason } = outcome
  if (outcome.outcome === 'refused' || delivery.attempts >= rules.attempts)
    return { type: 'MessageGivenUp', data: { recipient, reason } }
  const pause = Math.max(outcome.retryAfter ?? 0, pauseAfter(delivery.attempts, rules, chance))
  return { type: 'MessageFailed', data: { recipient, claim, reason, nextAt: later(now, pause) } }
}

/** Milliseconds from a failed attempt to the next one: between half of what is due after so many, and all of it. */
export function pauseAfter(attempts: number, { firstPause, longestPause }: RetryRules, chance: number): number {
  const longest = Math.min(firstPause * 4 ** (attempts - 1), longestPause)
  return Math.round(longest * (0.5 + chance / 2))
}

/**
 * What is sent one after the other, in the order in which it was requested, as long as nothing fails: the messages of one
 * stream to one recipient.
 */
export function laneOf({ event }: Pick<RequestedMessage, 'event'>, { to }: Delivery): string {
  return `${event.stream} ${canonicalJson(to)}`
}

/** Whether later messages of the same lane wait for this one: it was never tried, or its first attempt is under way. */
export function holdsLane(delivery: Delivery): boolean {
  return delivery.status === 'due' || (delivery.status === 'underWay' && delivery.attempts === 1)
}

/** The kind of address at which a recipient is reached. */
export function channelOf(to: Recipient): Address['by'] {
  if (to.is === 'named') return to.by ?? 'email'
  return to.is === 'endpoint' ? 'webhook' : 'email'
}

function deliveredBy(
  { status }: Delivery,
  { recipient, claim, outcome }: Attempted & { readonly outcome: Extract<SendOutcome, { outcome: 'delivered' }> },
): MessageEvent | undefined {
  if (status === 'delivered') return undefined
  const { receipt } = outcome
  return { type: 'MessageDelivered', data: { recipient, claim, ...(receipt !== undefined && { receipt }) } }
}

/** Never beyond the year 9999, so that instants can be compared as texts. */
function later(instant: string, milliseconds: number): string {
  return new Date(Math.min(Date.parse(instant) + milliseconds, lastInstant)).toISOString()
}

const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999)
