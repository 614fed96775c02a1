import { enquiry } from '../sample-content.js'
import { publisherId, secretOf } from '../world.js'
import { firstOf, type Law } from './law.js'

const { contact, message } = enquiry
const ofLeads = [contact.name, contact.email, contact.phone, message, 'chose another', 'Rang twice']
const addresses = ['@home.example', '@marsh.example']

/** What is personal stands nowhere in plain words. */
export const privacyLaws: readonly Law[] = [
  {
    title: 'no event and no state holds in plain words what is personal, and nothing of it once the lead is erased',
    breach: ({ events, lead, publisher, listing }) => {
      const held = JSON.stringify([events, lead, publisher, listing])
      const ofPublisher = JSON.stringify([
        events.filter(({ stream }) => stream === `publisher-${publisherId}`),
        publisher,
      ])
      const secrets = events.flatMap(({ data: { invitationId } }) =>
        typeof invitationId === 'string' ? [secretOf(invitationId)] : [],
      )
      const open = firstOf([...ofLeads, ...addresses], (words) => (held.includes(words) ? words : undefined))
      const told = open ?? secrets.find((secret) => ofPublisher.includes(secret))
      if (told !== undefined) return `"${told}" stands in plain words in what is stored.`
      return lead.status === 'erased' && JSON.stringify(lead).includes('"box"')
        ? 'An erased lead still holds boxes.'
        : undefined
    },
  },
]
