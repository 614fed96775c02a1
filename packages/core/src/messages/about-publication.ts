import { privatePath } from '../links.js'
import type { ListingDataOf } from '../listing/events.js'
import { approvalOf, submissionOf } from '../listing/parts.js'
import type { Listing } from '../listing/state.js'
import type { Rules } from '../rules.js'
import { forPublisher, toPublisher } from './about-listing.js'
import { messageRow } from './table-row.js'

/** What a publisher is told from the approval on: that its listing is live, or until when it has to be published. */
export const aboutPublication = [
  messageRow({
    on: 'Approved',
    kind: 'publish-before',
    when: ({ data }) => data.publishMode === 'manual',
    to: toPublisher,
    facts: ({ data: { publishBy, autoPublishDenied } }, context) => {
      const because = autoPublishDenied ?? submissionOf(context.before).fellBack
      return { ...forPublisher(context), publishBy, ...(because && { because }) }
    },
  }),
  messageRow({
    on: 'PublishModeChanged',
    kind: 'publish-before',
    when: ({ data }, { before }) => data.mode === 'manual' && before.working.status === 'approved',
    to: toPublisher,
    facts: ({ data: { cause: because } }, context) => ({
      ...forPublisher(context),
      publishBy: approvalOf(context.before).publishBy,
      ...(because && { because }),
    }),
  }),
  messageRow({
    on: 'Published',
    kind: 'approved-and-live',
    when: (_event, { before }) => goesLiveByItself(before),
    to: toPublisher,
    facts: ({ data }, context) => ({ ...forPublisher(context), ...reached(data, context.rules) }),
  }),
  messageRow({
    on: 'Published',
    kind: 'published',
    when: (_event, { before }) => !goesLiveByItself(before),
    to: toPublisher,
    facts: ({ data }, context) => ({ ...forPublisher(context), ...reached(data, context.rules) }),
  }),
  messageRow({
    on: 'PublicationReminded',
    kind: 'publication-reminder',
    to: toPublisher,
    // It may be late: what was decided or extended meanwhile is not reminded of (T29).
    settled: ({ data: { publishBy } }, { listing }) => publishByOf(listing!) !== publishBy,
    facts: ({ data: { publishBy, daysLeft } }, context) => ({ ...forPublisher(context), publishBy, daysLeft }),
  }),
  messageRow({
    on: 'AutoRejected',
    kind: 'auto-rejected',
    to: toPublisher,
    facts: ({ data: { approvedAt, publishBy } }, context) => ({ ...forPublisher(context), approvedAt, publishBy }),
  }),
]

/**
 * Approved to be published by itself, and nobody has changed that since. Who clicked does not matter: it has not been told
 * yet that it is approved.
 */
function goesLiveByItself(listing: Listing): boolean {
  const { working } = listing
  return working.status === 'approved' && working.submission.publishMode === 'auto' && !approvalOf(listing).modeChanged
}

function publishByOf({ working }: Listing): string | undefined {
  return working.status === 'approved' ? working.approval.publishBy : undefined
}

/** The vanity URL if there is one, else the live link; of what is private always the private link (T18). */
function reached(data: ListingDataOf<'Published'>, { baseUrl }: Rules) {
  const path = data.visibility === 'private' ? privatePath(data.token) : data.path
  return { link: `${baseUrl}${path}`, visibility: data.visibility }
}
