import { type Person, type Publisher, publisherAggregate, type Viewer } from '@vitrine/core'
import type { Wiring } from './wiring.js'

/** The operator's own code: it sees what staff sees. */
export const ownCode: Viewer = { actorId: 'operator', staff: true, member: false }

/** Somebody who is not known: sees what is public. */
export const anybody: Viewer = { actorId: 'visitor', staff: false, member: false }

/** What a person is to a publisher. Membership is read from the log afresh: a right that was revoked is gone at once. */
export async function viewerOf(wiring: Wiring, person: Person, publisherId: string): Promise<Viewer> {
  const [staff, member] = await Promise.all([wiring.staff(person.id), isMember(wiring, person, publisherId)])
  return { actorId: person.id, staff: staff !== undefined, member }
}

async function isMember({ streams }: Wiring, { id }: Person, publisherId: string): Promise<boolean> {
  if (publisherId === '') return false
  const { state } = await streams.afresh(`${publisherAggregate.prefix}${publisherId}`)
  return Object.hasOwn((state as Publisher).members, id)
}
