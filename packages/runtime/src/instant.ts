import { instantIn } from '@vitrine/core'
import { asFound } from './as-found.js'
import { RuntimeError } from './errors.js'

/** An instant as text. What was written last is remembered: many commands come within a millisecond. */
export function instantText(instant: Date): string {
  const millisecond = instant.getTime()
  if (millisecond !== last.millisecond) last = { millisecond, text: instant.toISOString() }
  return last.text
}

let last = { millisecond: 0, text: '1970-01-01T00:00:00.000Z' }

/** An instant that a caller gave, as text; without a zone it is in UTC. @throws RuntimeError `invalid-options` when it is none */
export function instantGiven(given: unknown): string {
  if (given instanceof Date && !Number.isNaN(given.getTime())) return given.toISOString()
  const instant = typeof given === 'string' ? instantIn(given) : undefined
  if (instant !== undefined) return instant
  const message = `${asFound(given)} is no instant; a Date or a text such as 2026-01-05T09:00:00Z was expected.`
  throw new RuntimeError('invalid-options', message)
}
