import type { Lead, Listing, Publisher, Rules } from '@vitrine/core'
import type { Found } from './find-stream.js'

/** Something that time will do, or would like somebody to do before. */
export interface PendingDeadline {
  readonly at: string
  readonly what: string
  /** What is written once it has passed; nothing, where it only ends a possibility. */
  readonly writes?: string
}

/** What time has still to decide on something, soonest first. */
export function pendingDeadlines(is: Found['is'], state: object, rules: Rules): readonly PendingDeadline[] {
  const pending = { listing: ofListing, publisher: ofPublisher, lead: ofLead }[is](state, rules)
  return pending.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const day = 86_400_000

function ofListing(state: object, rules: Rules): readonly PendingDeadline[] {
  const { working } = state as Listing
  if (working.status !== 'approved') return []
  const { publishBy, runsSince, remindedFor = Number.POSITIVE_INFINITY } = working.approval
  const before = (days: number) => new Date(Date.parse(publishBy) - days * day).toISOString()
  const reminders = rules.remindDaysBefore
    .filter((days) => days < remindedFor && before(days) > runsSince)
    .map((days) => ({ at: before(days), what: `a reminder, ${days} days before`, writes: 'PublicationReminded' }))
  return [...reminders, { at: publishBy, what: 'publish by then', writes: 'AutoRejected' }]
}

function ofPublisher(state: object): readonly PendingDeadline[] {
  return Object.values((state as Publisher).invitations).map(({ until, role }) => ({
    at: until,
    what: `an invitation as ${role} ends`,
  }))
}

function ofLead(state: object): readonly PendingDeadline[] {
  const { status, firstResponse, respondBy } = state as Lead
  if (status !== 'new' || firstResponse !== 'awaited') return []
  return [{ at: respondBy, what: 'respond by then', writes: 'FirstResponseOverdue' }]
}
