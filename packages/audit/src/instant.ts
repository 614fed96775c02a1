import { AuditError } from './audit-error.js'

/** A day, or a day and a time; without a zone it is in UTC. */
const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * An instant as people write it (`2026-03-01`, `2026-03-01T09:30Z`, with seconds or another zone), in UTC with milliseconds. A
 * day alone is its beginning.
 * @throws AuditError `used-wrongly`
 */
export function instantOf(given: string): string {
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = form.exec(given) ?? []
  const date = new Date(`${day}T${time}${seconds}${zone}`)
  if (day !== undefined && !Number.isNaN(date.getTime()) && isDay(day)) return date.toISOString()
  const expected = 'An instant such as 2026-03-01 or 2026-03-01T09:30Z was expected.'
  throw new AuditError('used-wrongly', `${given} is no instant. ${expected}`)
}

/** The thirtieth of February would be taken for the second of March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00Z`).toISOString().startsWith(day)
}
