import type { MemberRole, Person, StaffRole } from '@vitrine/core'
import type { People } from '@vitrine/runtime'

/** The people that scenarios and generated histories are played by. */
export const people = {
  ada: { id: 'u-ada', name: 'Ada Marsh' },
  luc: { id: 'u-luc', name: 'Luc Moreau' },
  sam: { id: 'u-sam', name: 'Sam Ortiz' },
  vic: { id: 'u-vic', name: 'Vic Lund' },
  rita: { id: 'u-rita', name: 'Rita Okafor' },
  olaf: { id: 'u-olaf', name: 'Olaf Brandt' },
  zoe: { id: 'u-zoe', name: 'Zoe Stranger' },
} as const satisfies { [name: string]: Person }

/** The team of the publisher that owns the listings: its roles by actor id. */
export const team: { readonly [actorId: string]: MemberRole } = {
  'u-ada': 'administrator',
  'u-luc': 'lister',
  'u-sam': 'sales',
  'u-vic': 'viewer',
}

const mailboxes = '@people.example'

const staff: { readonly [actorId: string]: StaffRole } = { 'u-rita': 'reviewer', 'u-olaf': 'operator' }

/** The staff function of a marketplace with one reviewer, Rita, and one operator, Olaf. */
export function staffOf(actorId: string): StaffRole | undefined {
  return staff[actorId]
}

/** How the people of scenarios are reached: everybody has a mailbox, and Rita reviews. */
export const directory: People = {
  contact: (actorId) => ({ email: `${actorId}${mailboxes}`, locale: 'en' }),
  reviewers: () => [people.rita.id],
}

/** Whose mailbox it is, by actor id; another address as it is. */
export function ownerOf(email: string): string {
  return email.endsWith(mailboxes) ? email.slice(0, -mailboxes.length) : email
}
