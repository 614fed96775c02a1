import type { PersonalFields } from '../personal.js'

/** Contacts in evidence are for those who must check what a publisher is able to do, and for those who answer them. */
export const evidenceReaders: PersonalFields = {
  fields: ['evidence'],
  opens: ({ staff, member, role }) => (member ? role === 'administrator' || role === 'lister' : staff),
}
