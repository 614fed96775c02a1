import { idIn } from '../id.js'
import { aboutListing, publicNameOf } from './about-listing.js'
import { absoluteLink } from './pages.js'
import { messageRow } from './table-row.js'

/** What those who work leads are told. */
export const aboutLeads = [
  messageRow({
    on: 'LeadCaptured',
    kind: 'lead-captured',
    to: (event) => ({ are: 'sales', publisherId: event.data.publisherId, leadId: idIn(event) }),
    facts: (event, { publisher, listing, rules, open }) => {
      const { publisherId, contact, message } = event.data
      const leadId = idIn(event)
      const from = open(contact)
      if (from === undefined) return undefined
      const page = absoluteLink(rules, rules.pages.lead({ publisherId, leadId }))
      const about = { ...aboutListing(listing!, publisher, page), listingName: publicNameOf(listing!) }
      const said = open(message)
      return { ...about, leadId, from, ...(said !== undefined && { message: said }) }
    },
  }),
]
