import * as fc from 'fast-check'

/** Moments around an instant, UTC with milliseconds: at it, a millisecond before and behind it, and hours and days off. */
export function momentsAround(instant: string | Date): fc.Arbitrary<string> {
  const at = new Date(instant).getTime()
  const near = fc.constantFrom(0, 1, -1)
  const far = fc.constantFrom(0, 0, hour, -hour, day, -day, 7 * day, -7 * day, 30 * day, -30 * day)
  return fc.tuple(near, far).map(([some, more]) => new Date(at + some + more).toISOString())
}

/** How long people wait: not at all, a moment, hours, days; and just up to a deadline of so many days, and just past it. */
export function pauses(deadlineDays = 60): fc.Arbitrary<number> {
  const deadline = deadlineDays * day
  return fc.constantFrom(0, 1, 60_000, hour, day, Math.round(deadline / 3), deadline - 14 * day, deadline, deadline + 1)
}

const hour = 60 * 60 * 1000
const day = 24 * hour
