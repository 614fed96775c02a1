import { idIn } from '../id.js'
import { submissionInFlight } from '../listing/commands/listing-row.js'
import type { Listing } from '../listing/state.js'
import { nameOf } from './about-listing.js'
import { absoluteLink, invitationLink } from './pages.js'
import { messageRow } from './table-row.js'

/** What invitees are told, and a publisher of its rights. */
export const aboutTeam = [
  messageRow({
    on: 'MemberInvited',
    kind: 'invitation',
    to: (event) => {
      const [publisherId, { invitationId }] = [idIn(event), event.data]
      return { are: 'recipients', recipients: [{ is: 'invitee', publisherId, invitationId }] }
    },
    facts: (event, { publisher, rules, open }) => {
      const { invitationId, role, until } = event.data
      const secret = open(event.data.secret)
      if (secret === undefined) return undefined
      const page = invitationLink(rules, { publisherId: idIn(event), invitationId }, secret)
      return { publisherName: publisher.profile.name, invitedBy: event.metadata.actor.name, role, until, page }
    },
  }),
  messageRow({
    on: 'AutoPublishRevoked',
    kind: 'auto-publish-revoked',
    readsListings: true,
    to: (event) => ({ are: 'publisher', publisherId: idIn(event) }),
    about: (event, { listings }) => fallingBack(listings, idIn(event)),
    facts: (event, { publisher, about, rules }) => ({
      publisherName: publisher.profile.name,
      page: absoluteLink(rules, rules.pages.publisher({ publisherId: idIn(event) })),
      submissions: about.map((listing) => ({ listingId: listing.id, listingName: nameOf(listing) })),
    }),
  }),
]

/** The listings of which a submission in flight was to be published by itself (P4). */
function fallingBack(listings: readonly Listing[], publisherId: string): readonly string[] {
  return listings
    .filter(
      ({ publisherId: owner, working }) => owner === publisherId && submissionInFlight(working)?.publishMode === 'auto',
    )
    .map(({ id }) => id)
}
