import { instantIn } from '@vitrine/core'
import { AuditError } from './audit-error.js'

/** An instant as people write it, in UTC with milliseconds. @throws AuditError `used-wrongly` */
export function instantOf(given: string): string {
  const instant = instantIn(given)
  if (instant !== undefined) return instant
  const expected = 'An instant such as 2026-03-01 or 2026-03-01T09:30Z was expected.'
  throw new AuditError('used-wrongly', `${given} is no instant. ${expected}`)
}
