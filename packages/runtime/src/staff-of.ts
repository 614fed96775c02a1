import type { StaffRole } from '@vitrine/core'
import { asFound } from './as-found.js'
import { RuntimeError } from './errors.js'

/** The role that a person has in the marketplace's own team; `undefined` for everybody else. */
export type StaffOf = (actorId: string) => StaffRole | undefined | Promise<StaffRole | undefined>

/**
 * The service's own function, held to its word: an empty answer, of whatever kind, is nobody's; no other word makes anybody staff.
 * It throws a RuntimeError `staff-unknown`.
 */
export function knownStaff(staff: StaffOf): StaffOf {
  return (actorId) => {
    const said: unknown = staff(actorId)
    return typeof said === 'object' && said !== null
      ? Promise.resolve(said).then((later) => roleIn(actorId, later))
      : roleIn(actorId, said)
  }
}

function roleIn(actorId: string, said: unknown): StaffRole | undefined {
  if (said === 'reviewer' || said === 'operator') return said
  if (said === undefined || said === null || said === false || said === '') return undefined
  const message = `staff gave ${asFound(said)} for ${actorId}, where 'reviewer', 'operator' or undefined was expected.`
  throw new RuntimeError('staff-unknown', message, { actorId })
}
