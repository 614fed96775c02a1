import type { EventNamed } from '../known-events.js'
import { type Naming, nameless, nameOf, namingAfter, namingTypes } from './edition-name.js'
import { foldedView } from './folded-view.js'
import { type ListingOrigin, noOrigin, originAfter } from './listing-origin.js'
import { perListing } from './per-listing.js'

/** An approved revision that waits for its publication. */
export interface PublicationDeadline extends ListingOrigin {
  readonly name: string
  readonly submissionId: string
  readonly approvedAt: string
  readonly publishBy: string
  /** When the deadline that runs now was set: by the approval or by an extension. */
  readonly runsSince: string
  /** The smallest threshold, in days, that was reminded of for this deadline. */
  readonly remindedFor: number | null
}

type Running = Pick<PublicationDeadline, 'submissionId' | 'approvedAt' | 'publishBy' | 'runsSince' | 'remindedFor'>

interface Kept {
  readonly origin: ListingOrigin
  readonly naming: Naming
  readonly running: Running | null
}

const on = perListing(
  ...namingTypes,
  'VanityUrlClaimed',
  'VanityUrlReleased',
  'Approved',
  'PublicationReminded',
  'PublicationDeadlineExtended',
  'AutoRejected',
  'Deleted',
)

type DeadlineEvent = EventNamed<keyof typeof on>

/** What is approved and not yet published, by listing, with its deadline. The sweep reads it (T1–T4, T29). */
export const deadlines = foldedView({
  name: 'deadlines',
  version: 1,
  audience: 'publisher',
  on,
  first: { origin: noOrigin, naming: nameless, running: null },
  next: (kept: Kept, event) =>
    event.type === 'Deleted'
      ? undefined
      : {
          origin: originAfter(kept.origin, event),
          naming: namingAfter(kept.naming, event),
          running: runningAfter(kept.running, event),
        },
  entry: ({ origin, naming, running }): PublicationDeadline | undefined =>
    running ? { ...origin, name: nameOf(naming), ...running } : undefined,
  indexes: [['publishBy'], ['publisherId', 'publishBy']],
})

function runningAfter(running: Running | null, event: DeadlineEvent): Running | null {
  switch (event.type) {
    case 'Approved': {
      const { submissionId, approvedAt, publishBy } = event.data
      return { submissionId, approvedAt, publishBy, runsSince: approvedAt, remindedFor: null }
    }
    case 'PublicationReminded':
      return running && { ...running, remindedFor: event.data.threshold }
    case 'PublicationDeadlineExtended':
      return (
        running && { ...running, publishBy: event.data.until, runsSince: event.metadata.occurredAt, remindedFor: null }
      )
    case 'Republished':
      return running
    default:
      return null
  }
}
