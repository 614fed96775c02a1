import { type Lead, type Listing, standingOf, step } from '@vitrine/core'
import { firstOf, type Law, listingEventsIn } from './law.js'

type Table = { readonly [event: string]: readonly (readonly [from: string, to: string])[] }

/** Statuses move along tables that are written down apart from the code. */
export const transitionLaws: readonly Law[] = [
  {
    title: 'D13 the working and the live revision move only along the table of transitions',
    breach: (world) => {
      const { decider } = world.aggregates.listing
      let before: Listing = decider.initial()
      return firstOf(listingEventsIn(world), (event) => {
        const was = statusesOf(before)
        before = step(decider, before, event)
        const is = statusesOf(before)
        if (fits(workingTable[event.type], was.working, is.working) && fits(liveTable[event.type], was.live, is.live))
          return undefined
        return `${event.type} led from ${JSON.stringify(was)} to ${JSON.stringify(is)}.`
      })
    },
  },
  {
    title: 'D13 a lead moves only along its table, and back from a loss to where it was',
    breach: (world) => {
      const { decider } = world.aggregates.lead
      let lead: Lead = decider.initial()
      const events = world.events.filter(({ stream }) => stream.startsWith('lead-'))
      return firstOf(events, (event) => {
        const was = lead
        lead = step(decider, was, event)
        if (!fits(leadTable[event.type], was.status, lead.status))
          return `${event.type} led from ${was.status} to ${lead.status}.`
        const back = event.type !== 'LeadReopened' || lead.status === was.loss?.from
        return back ? undefined : `The lead was ${was.loss?.from} when it was lost, and is ${lead.status} now.`
      })
    },
  },
]

const anyShown = ['none', 'public', 'private'].flatMap((from) => [
  [from, 'public'] as const,
  [from, 'private'] as const,
])
const written = ['draft', 'rejected', 'approved'].map((from) => [from, 'draft'] as const)

const workingTable: Table = {
  Created: [['nothing', 'draft']],
  RevisionStarted: [['none', 'draft']],
  Submitted: ['draft', 'rejected'].map((from) => [from, 'submitted'] as const),
  ReviewStarted: [['submitted', 'inReview']],
  Rejected: ['submitted', 'inReview'].map((from) => [from, 'rejected'] as const),
  SubmissionRecalled: ['submitted', 'inReview'].map((from) => [from, 'draft'] as const),
  Approved: ['submitted', 'inReview'].map((from) => [from, 'approved'] as const),
  Published: [['approved', 'none']],
  AutoRejected: [['approved', 'rejected']],
  Revised: written,
  VanityUrlClaimed: written,
  VanityUrlReleased: written,
  RevisionDiscarded: ['draft', 'rejected'].map((from) => [from, 'none'] as const),
  Deleted: [['draft', 'nothing']],
}

const liveTable: Table = {
  Published: anyShown,
  Republished: anyShown,
  Withdrawn: ['public', 'private', 'suspended'].map((from) => [from, 'none'] as const),
  MadePrivate: [['public', 'private']],
  MadePublic: [['private', 'public']],
  PrivateLinkRenewed: [['private', 'private']],
  Suspended: ['public', 'private'].map((from) => [from, 'suspended'] as const),
  Reinstated: ['public', 'private'].map((to) => ['suspended', to] as const),
}

const leadTable: Table = {
  LeadCaptured: [['none', 'new']],
  LeadContacted: [['new', 'contacted']],
  LeadPurchased: ['new', 'contacted'].map((from) => [from, 'purchased'] as const),
  LeadDelivered: ['new', 'contacted', 'purchased'].map((from) => [from, 'delivered'] as const),
  LeadLost: ['new', 'contacted', 'purchased'].map((from) => [from, 'lost'] as const),
  LeadReopened: ['new', 'contacted', 'purchased'].map((to) => ['lost', to] as const),
  LeadErased: ['new', 'contacted', 'purchased', 'delivered', 'lost'].map((from) => [from, 'erased'] as const),
}

function statusesOf(listing: Listing): { readonly working: string; readonly live: string } {
  return standingOf(listing) ?? { working: 'nothing', live: 'none' }
}

function fits(moves: readonly (readonly [string, string])[] | undefined, from: string, to: string): boolean {
  return moves ? moves.some(([before, after]) => before === from && after === to) : from === to
}
