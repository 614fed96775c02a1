/** A day, or a day and a time; without a zone it is in UTC. */
const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * An instant as people write it (`2026-03-01`, `2026-03-01T09:30Z`, with seconds or another zone), in UTC with milliseconds.
 * A day alone is its beginning. Nothing for what is no instant.
 */
export function instantIn(text: string): string | undefined {
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = form.exec(text) ?? []
  const date = new Date(`${day}T${time}${seconds}${zone}`)
  return day !== undefined && !Number.isNaN(date.getTime()) && isDay(day) ? date.toISOString() : undefined
}

/** The thirtieth of February would be taken for the second of March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00Z`).toISOString().startsWith(day)
}
