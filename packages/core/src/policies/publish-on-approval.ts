import type { StoredListingEvent } from '../listing/events.js'
import type { Policy } from '../policy.js'

/** P1: what was approved in mode auto is published by the system, without a click. It answers Approved alone. */
export const publishOnApproval: Policy<StoredListingEvent> = {
  name: 'publish-on-approval',
  on: {
    Approved: ({ data, stream }) => {
      if (data.publishMode === 'manual') return []
      const { submissionId } = data
      return [
        { key: submissionId, command: { type: 'Publish', listingId: stream.slice('listing-'.length), submissionId } },
      ]
    },
  },
}
