import { asFound } from './as-found.js'
import { RuntimeError } from './errors.js'

/** An instant as text. What was written last is remembered: many commands come within a millisecond. */
export function instantText(instant: Date): string {
  const millisecond = instant.getTime()
  if (millisecond !== last.millisecond) last = { millisecond, text: instant.toISOString() }
  return last.text
}

let last = { millisecond: 0, text: '1970-01-01T00:00:00.000Z' }

/** An instant that a caller gave, as text. @throws RuntimeError `invalid-options` when it is none */
export function instantGiven(given: Date | string): string {
  const instant = new Date(given ?? Number.NaN)
  if (!Number.isNaN(instant.getTime())) return instant.toISOString()
  const message = `${asFound(given)} is no instant; a Date or a text such as 2026-01-05T09:00:00Z was expected.`
  throw new RuntimeError('invalid-options', message)
}
