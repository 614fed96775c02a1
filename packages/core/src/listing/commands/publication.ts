import * as z from 'zod'
import { id } from '../../id.js'
import { pathOf } from '../../links.js'
import { notInGoodStanding } from '../../publisher/standing.js'
import { type Refused, refuse } from '../../refusal.js'
import type { ListingEvent } from '../events.js'
import { approvalOf, editionOf, submissionOf } from '../parts.js'
import type { Approval, Listing, LiveVisibility } from '../state.js'
import {
  approvalExpired,
  dataOf,
  findData,
  type ListingFacts,
  listers,
  listingRow,
  listingSuspended,
  operators,
  submissionInFlight,
  text,
  theSystem,
  visibility,
} from './listing-row.js'
import { deniesAutoPublish } from './verdict.js'

const awaitsPublication = { working: ['approved'] } as const

export const publish = listingRow(
  'Publish',
  { revision: z.int().positive().optional(), visibility: visibility.optional(), submissionId: id.optional() },
  {
    who: { ...listers, ...theSystem },
    from: awaitsPublication,
    when: 'it names the revision (the system: the submission); not past publishBy (T1); publisher in good standing; the live revision is not suspended; the system only in mode auto (T9)',
    writes: ['Published', 'Superseded', 'PublishModeChanged'],
    already: ({ revision, visibility }, { live }) =>
      (live.status === 'public' || live.status === 'private') &&
      live.revision === revision &&
      (visibility === undefined || live.status === visibility),
    whyNot: (listing) => expiredBefore(listing) ?? listingSuspended(listing),
    may: (listing, facts) =>
      pastDeadline(listing, facts) ?? (facts.asker.system ? notAutomatic(listing) : forbidsPublication(listing, facts)),
    does: (command, listing, facts) => {
      const outdated = namesAnother(command, listing) ?? fixedVisibility(command.visibility, listing)
      if (outdated) return outdated
      const denied = facts.asker.system ? deniesAutoPublish(listing, facts.publisher) : undefined
      if (denied) return [{ type: 'PublishModeChanged', data: { mode: 'manual', cause: denied } }]
      return publicationEvents(listing, facts, command.visibility)
    },
    commandOf: (events, before) => {
      const { revision } = editionOf(before)
      const data = findData(events, 'Published')
      const named = { type: 'Publish' as const, listingId: before.id, revision, submissionId: submissionOf(before).id }
      if (!data) return { command: named, made: {} }
      return {
        command: { ...named, visibility: data.visibility },
        made: data.visibility === 'private' ? { token: data.token } : {},
      }
    },
  },
)

const deadline = { submissionId: id, publishBy: z.iso.datetime() }

export const remindPublication = listingRow(
  'RemindPublication',
  { ...deadline, threshold: z.number().positive() },
  {
    who: theSystem,
    from: awaitsPublication,
    when: 'the threshold is reached, lies after the approval or extension, and was not reminded of (T29)',
    writes: ['PublicationReminded'],
    already: (command, { working }) =>
      working.status === 'approved' &&
      concerns(command, working) &&
      working.approval.remindedFor !== undefined &&
      working.approval.remindedFor <= command.threshold,
    may: noThresholdYet,
    does: (command, listing, { now }) => {
      const { publishBy, threshold } = command
      const moved = deadlineMoved(command, listing)
      if (moved) return moved
      if (!isReached(threshold, approvalOf(listing), now)) return notDue(`The threshold of ${threshold} days`)
      const daysLeft = Math.ceil((Date.parse(publishBy) - Date.parse(now)) / day)
      return [{ type: 'PublicationReminded', data: { publishBy, threshold, daysLeft } }]
    },
    commandOf: (events, before) => {
      const { publishBy, threshold } = dataOf(events, 'PublicationReminded')
      const named = { type: 'RemindPublication' as const, listingId: before.id, submissionId: submissionOf(before).id }
      return { command: { ...named, publishBy, threshold }, made: {} }
    },
  },
)

export const extendDeadline = listingRow(
  'ExtendDeadline',
  { until: z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString()), reason: text },
  {
    who: operators,
    from: awaitsPublication,
    when: 'not past publishBy; until is later than it (T3)',
    writes: ['PublicationDeadlineExtended'],
    already: ({ until, reason }, { working, staffOnly }) =>
      working.status === 'approved' && working.approval.publishBy === until && staffOnly.extensionReason === reason,
    whyNot: expiredBefore,
    may: pastDeadline,
    does: ({ until, reason }, listing) => {
      const { publishBy } = approvalOf(listing)
      if (until > publishBy) return [{ type: 'PublicationDeadlineExtended', data: { until, reason } }]
      return refuse('deadline-not-later', `The deadline is ${publishBy}; an extension must be later.`, {
        until: publishBy,
      })
    },
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'ExtendDeadline', listingId, ...dataOf(events, 'PublicationDeadlineExtended') },
      made: {},
    }),
  },
)

export const expireApproval = listingRow('ExpireApproval', deadline, {
  who: theSystem,
  from: awaitsPublication,
  when: 'now is later than publishBy (T1)',
  writes: ['AutoRejected'],
  already: (command, { working }) =>
    working.status === 'rejected' &&
    working.submission.id === command.submissionId &&
    working.rejection.by === 'system' &&
    working.rejection.publishBy === command.publishBy,
  may: (listing, { now }) => (now > approvalOf(listing).publishBy ? undefined : notDue('The approval')),
  does: (command, listing) => {
    const moved = deadlineMoved(command, listing)
    if (moved) return moved
    const { approvedAt, publishBy } = approvalOf(listing)
    return [{ type: 'AutoRejected', data: { cause: 'publication-overdue', approvedAt, publishBy } }]
  },
  commandOf: (events, before) => {
    const { publishBy } = dataOf(events, 'AutoRejected')
    const submissionId = submissionOf(before).id
    return { command: { type: 'ExpireApproval', listingId: before.id, submissionId, publishBy }, made: {} }
  },
})

/** What Publish would write, or why it may not: for a change to mode auto on an approved revision. */
export function publication(listing: Listing, facts: ListingFacts): readonly ListingEvent[] | Refused {
  return pastDeadline(listing, facts) ?? forbidsPublication(listing, facts) ?? publicationEvents(listing, facts)
}

/** Whether a reminder's threshold, in days before the deadline, is reached and counts (T29). */
export function isReached(
  threshold: number,
  { publishBy, runsSince }: Pick<Approval, 'publishBy' | 'runsSince'>,
  now: string,
): boolean {
  const instant = Date.parse(publishBy) - Math.round(threshold * day)
  return instant > Date.parse(runsSince) && instant <= Date.parse(now)
}

/** The mode changes with what takes an automatic publication out of reach (T9), in the same append. */
export function fallsBackToManual({ working }: Listing, cause: 'withdrawn' | 'listing'): readonly ListingEvent[] {
  if (submissionInFlight(working)?.publishMode !== 'auto') return []
  return [{ type: 'PublishModeChanged', data: { mode: 'manual', cause } }]
}

/** The way a revision is shown: the token of a private one stays while it is live (T19). */
export function shownAs(listing: Listing, facts: ListingFacts, asked?: LiveVisibility) {
  const as = asked ?? listing.lastVisibility ?? 'public'
  if (as === 'public') return { visibility: as } as const
  return { visibility: as, token: listing.live.status === 'private' ? listing.live.token : facts.made.token } as const
}

/** Old and new swap in one append; Superseded is for readers. A revision that is only shown otherwise replaces none. */
export function supersededBy(revision: number, { live }: Listing): readonly ListingEvent[] {
  if (live.status === 'none' || live.revision === revision) return []
  return [{ type: 'Superseded', data: { revision: live.revision } }]
}

const day = 24 * 60 * 60 * 1000

function publicationEvents(listing: Listing, facts: ListingFacts, asked?: LiveVisibility): readonly ListingEvent[] {
  const { revision, content, slug } = editionOf(listing)
  const data = { revision, path: pathOf(listing.id, slug), content, ...shownAs(listing, facts, asked) }
  return [{ type: 'Published', data }, ...supersededBy(revision, listing)]
}

function forbidsPublication(listing: Listing, { publisher }: ListingFacts): Refused | undefined {
  return notInGoodStanding(publisher) ?? listingSuspended(listing)
}

function notAutomatic(listing: Listing): Refused | undefined {
  if (submissionOf(listing).publishMode === 'auto') return undefined
  return refuse('publish-mode-manual', 'The publisher publishes this revision by hand.')
}

interface NamedPublication {
  readonly revision?: number | undefined
  readonly submissionId?: string | undefined
}

function namesAnother(command: NamedPublication, listing: Listing): Refused | undefined {
  const { revision } = editionOf(listing)
  const { id: submissionId } = submissionOf(listing)
  if (command.revision === undefined && command.submissionId === undefined) {
    return refuse('revision-needed', `Publish names the revision: ${revision} is approved.`, { revision })
  }
  if (command.revision !== undefined && command.revision !== revision) {
    return refuse('another-revision', `Revision ${revision} is approved, not revision ${command.revision}.`, {
      revision,
    })
  }
  if (command.submissionId === undefined || command.submissionId === submissionId) return undefined
  return refuse('submission-outdated', 'Another submission is current.', { submissionId })
}

function fixedVisibility(asked: LiveVisibility | undefined, { lastVisibility }: Listing): Refused | undefined {
  if (asked === undefined || lastVisibility === undefined || asked === lastVisibility) return undefined
  const command = asked === 'private' ? 'MakePrivate' : 'MakePublic'
  return refuse('visibility-stays', `An update stays ${lastVisibility}, as the listing was; use ${command} afterwards.`)
}

function expiredBefore({ working }: Listing): Refused | undefined {
  if (working.status !== 'rejected' || working.rejection.by !== 'system') return undefined
  return approvalExpired(working.rejection.publishBy)
}

function pastDeadline(listing: Listing, { now }: ListingFacts): Refused | undefined {
  const { publishBy } = approvalOf(listing)
  return now > publishBy ? approvalExpired(publishBy) : undefined
}

interface NamedDeadline {
  readonly submissionId: string
  readonly publishBy: string
}

function concerns(
  named: NamedDeadline,
  { submission, approval }: { submission: { id: string }; approval: Approval },
): boolean {
  return named.submissionId === submission.id && named.publishBy === approval.publishBy
}

function deadlineMoved(named: NamedDeadline, listing: Listing): Refused | undefined {
  const approval = approvalOf(listing)
  if (concerns(named, { submission: submissionOf(listing), approval })) return undefined
  return refuse('deadline-moved', `The deadline is now ${approval.publishBy}.`, { until: approval.publishBy })
}

function noThresholdYet(listing: Listing, { now }: ListingFacts): Refused | undefined {
  const { publishBy, runsSince } = approvalOf(listing)
  return now > runsSince && now < publishBy ? undefined : notDue('A reminder')
}

function notDue(what: string): Refused {
  return refuse('not-due', `${what} is not due yet.`)
}
