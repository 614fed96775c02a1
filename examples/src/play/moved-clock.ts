const minute = 60_000

/** A clock that stands still until it is moved. */
export interface MovedClock {
  now(): Date
  /** Forward only: an earlier instant changes nothing. */
  moveTo(instant: Date): void
  moveBy(minutes: number): void
}

export function movedClock(start: Date): MovedClock {
  let now = start
  const moveTo = (instant: Date) => {
    if (instant > now) now = instant
  }
  return { now: () => now, moveTo, moveBy: (minutes) => moveTo(new Date(now.getTime() + minutes * minute)) }
}

const inUtc = { timeZone: 'UTC' } as const
const long = new Intl.DateTimeFormat('en-GB', {
  ...inUtc,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const short = new Intl.DateTimeFormat('en-GB', { ...inUtc, day: 'numeric', month: 'long' })
const withTime = new Intl.DateTimeFormat('en-GB', {
  ...inUtc,
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** `Monday 5 January 2026` */
export function longDate(instant: Date): string {
  return long.format(instant).replace(',', '')
}

/** `5 January` */
export function shortDate(instant: Date | string): string {
  return short.format(new Date(instant))
}

/** `05 Jan 09:40` */
export function dateAndTime(instant: Date | string): string {
  return withTime.format(new Date(instant)).replace(',', '')
}
