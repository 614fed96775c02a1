import { type Person, type Publisher, publisherAggregate, type Viewer } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import { isId } from './is-id.js'
import type { Wiring } from './wiring.js'

/** The operator's own code: it sees what staff sees, and what is personal. */
export const ownCode: Viewer = { actorId: 'operator', staff: true, member: false, unrestricted: true }

/** Somebody who is not known: sees what is public. */
export const anybody: Viewer = { actorId: 'visitor', staff: false, member: false }

/** Whether this names somebody. */
export function isPerson(person: unknown): person is Person {
  return typeof person === 'object' && person !== null && 'id' in person && typeof person.id === 'string'
}

/** The person in `for`. What is not for everybody is never answered without one. @throws RuntimeError `person-needed` */
export function personIn(asking: { readonly for?: unknown } | undefined): Person {
  if (isPerson(asking?.for)) return asking.for
  throw new RuntimeError('person-needed', 'Say for whom you ask, { for: person } with their id, or ask asOperator.')
}

/**
 * What a person is to a publisher. Membership is read from the log afresh: a right that was revoked is gone at once. For
 * staff, who see the thing either way, what is cached will do.
 */
export async function viewerOf(wiring: Wiring, person: Person, publisherId: string): Promise<Viewer> {
  const staff = (await wiring.staff(person.id)) !== undefined
  if (!isId(publisherId)) return { actorId: person.id, staff, member: false }
  const stream = `${publisherAggregate.prefix}${publisherId}`
  const known = staff ? wiring.streams.cached(stream) : undefined
  const { state } = known ?? (await wiring.streams.afresh(stream))
  const { members } = state as Publisher
  const role = Object.hasOwn(members, person.id) ? members[person.id]?.role : undefined
  const viewer = { actorId: person.id, staff, member: role !== undefined }
  return role === undefined ? viewer : { ...viewer, role }
}
