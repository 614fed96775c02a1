import type { RetryRules } from '@vitrine/core'
import { asFound } from './as-found.js'
import { longestTimer } from './background.js'
import { RuntimeError } from './errors.js'

/** How messages are delivered. All have defaults. */
export interface MessageOptions {
  /** After as many attempts a message is given up; 12 by default. */
  readonly attempts?: number
  /** Milliseconds after the first failed attempt; each later pause is four times as long. 10,000 by default. */
  readonly firstPause?: number
  /** Milliseconds that no pause is longer than; 12 hours by default. */
  readonly longestPause?: number
  /** Milliseconds that one attempt may take, whatever the notifier does; 30,000 by default. */
  readonly sendWithin?: number
  /** Attempts under way at once; 16 by default. */
  readonly atOnce?: number
  /** Days after what it tells of, past which a message is recorded as expired and not sent; 7 by default. */
  readonly expireAfterDays?: number
  /** Days after its end, past which a message is forgotten; 400 by default. */
  readonly keepForDays?: number
}

/** The same with nothing left out. */
export interface MessageRules extends RetryRules, Required<MessageOptions> {}

/** @throws RuntimeError `invalid-options` */
export function messageRules(options: MessageOptions = {}): MessageRules {
  const rules = { ...defaults, ...withoutGaps(options) }
  for (const [name, value] of Object.entries(rules)) {
    if (!Object.hasOwn(mosts, name)) {
      const known = Object.keys(mosts).join(', ')
      throw new RuntimeError('invalid-options', `There is no messages.${name}: one of ${known} was expected.`)
    }
    const most = mosts[name as keyof MessageRules]
    if (Number.isFinite(value) && value > 0 && value <= most) continue
    const expected = most === Infinity ? 'a number above 0' : `a number above 0 and up to ${most}`
    throw new RuntimeError('invalid-options', `messages.${name} is ${asFound(value)}: ${expected} was expected.`)
  }
  return rules
}

const hour = 3_600_000
const defaults: MessageRules = {
  attempts: 12,
  firstPause: 10_000,
  longestPause: 12 * hour,
  sendWithin: 30_000,
  atOnce: 16,
  expireAfterDays: 7,
  keepForDays: 400,
}

/** Days of a hundred years: dates end somewhere. */
const longestDays = 36_525

const mosts: { readonly [Name in keyof MessageRules]: number } = {
  attempts: Infinity,
  firstPause: longestTimer,
  longestPause: longestTimer,
  sendWithin: longestTimer,
  atOnce: Infinity,
  expireAfterDays: longestDays,
  keepForDays: longestDays,
}

function withoutGaps(options: MessageOptions): MessageOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
