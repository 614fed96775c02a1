import type { StoredListingEvent } from '../listing/events.js'
import type { Policy } from '../policy.js'

/**
 * P5: asks for the approval, without a review, of whatever may be an update. Whether it is one that is trusted, only the
 * decision can tell (T23): it knows what is live then, and which rights are held.
 */
export const approveTrustedUpdates: Policy<StoredListingEvent> = {
  name: 'approve-trusted-updates',
  on: {
    Submitted: ({ data: { submissionId, contentHash, revision }, stream }) => {
      if (revision === 1) return []
      const listingId = stream.slice('listing-'.length)
      return [{ key: submissionId, command: { type: 'Approve', listingId, submissionId, contentHash } }]
    },
  },
}
