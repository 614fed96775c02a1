import type { EventNamed } from '../known-events.js'
import { type LeadStep, leadReaders, leadSteps } from '../lead/state.js'
import type { View } from '../view.js'
import { defineView } from './define-view.js'

/**
 * What became of the leads that one listing brought in one month. A lead counts in every stage that it has reached: a step
 * that was skipped is reached with the one that came instead of it. Losing a lead takes it out of no stage; reopening it
 * takes it out of `lost` alone; erasing it takes it out of nothing.
 */
export interface LeadFunnel extends Counts {
  readonly publisherId: string
  readonly listingId: string
  /** Of the capture, in UTC: `2026-03`. */
  readonly month: string
}

interface Counts {
  readonly captured: number
  readonly contacted: number
  readonly purchased: number
  readonly delivered: number
  readonly lost: number
  readonly erased: number
}

/** What is remembered of a lead, under the name of its stream, until it is erased: in no index, shown to nobody. */
interface CountedLead {
  /** The key of the document that it counts in. */
  readonly countedIn: string
  readonly reached: LeadStep
  readonly lost: boolean
  readonly erased: boolean
}

const indexes = [['month'], ['publisherId', 'month'], ['publisherId', 'listingId', 'month']] as const
const nowhere = Object.fromEntries(indexes.flat().map((field) => [field, []]))
const uncounted: CountedLead = { ...nowhere, countedIn: '', reached: 'new', lost: false, erased: false }

const ofLead = (event: { readonly stream: string }) => [event.stream]
const on = {
  LeadCaptured: (event: EventNamed<'LeadCaptured'>) => [event.stream, funnelKey(event)],
  LeadContacted: ofLead,
  LeadPurchased: ofLead,
  LeadDelivered: ofLead,
  LeadLost: ofLead,
  LeadReopened: ofLead,
  LeadErased: ofLead,
}

type FunnelEvent = EventNamed<keyof typeof on>

/** How many leads came how far, by publisher, listing and month of capture. */
export const leadFunnel: View<object, keyof typeof on, LeadFunnel> = defineView<
  LeadFunnel | CountedLead,
  keyof typeof on,
  LeadFunnel
>({
  name: 'lead-funnel',
  version: 1,
  audience: 'publisher',
  seenBy: leadReaders,
  empty: uncounted,
  on,
  alsoTouches: (document) => ('countedIn' in document && document.countedIn !== '' ? [document.countedIn] : []),
  apply(document, event, key, others) {
    const before = others(event.stream) as CountedLead | undefined
    const after = countedAfter(before, event)
    if (key === event.stream) return after.erased ? undefined : after
    const funnel = 'countedIn' in document ? begunBy(event as EventNamed<'LeadCaptured'>) : document
    return { ...funnel, ...moved(funnel, countsOf(before), countsOf(after)) }
  },
  indexes,
  show: (document) => ('countedIn' in document ? undefined : document),
})

function countedAfter(before: CountedLead = uncounted, event: FunnelEvent): CountedLead {
  switch (event.type) {
    case 'LeadCaptured':
      return { ...before, countedIn: funnelKey(event) }
    case 'LeadContacted':
      return { ...before, reached: 'contacted' }
    case 'LeadPurchased':
      return { ...before, reached: 'purchased' }
    case 'LeadDelivered':
      return { ...before, reached: 'delivered' }
    case 'LeadLost':
      return { ...before, lost: true }
    case 'LeadReopened':
      return { ...before, lost: false }
    case 'LeadErased':
      return { ...before, erased: true }
  }
}

/** What one lead adds to each count. */
function countsOf(lead: CountedLead | undefined): Counts {
  if (!lead) return nothing
  const hasReached = (step: LeadStep) => Number(leadSteps.indexOf(lead.reached) >= leadSteps.indexOf(step))
  return {
    captured: 1,
    contacted: hasReached('contacted'),
    purchased: hasReached('purchased'),
    delivered: hasReached('delivered'),
    lost: Number(lead.lost),
    erased: Number(lead.erased),
  }
}

function moved(counts: Counts, before: Counts, after: Counts): Counts {
  return {
    captured: counts.captured + after.captured - before.captured,
    contacted: counts.contacted + after.contacted - before.contacted,
    purchased: counts.purchased + after.purchased - before.purchased,
    delivered: counts.delivered + after.delivered - before.delivered,
    lost: counts.lost + after.lost - before.lost,
    erased: counts.erased + after.erased - before.erased,
  }
}

const nothing: Counts = { captured: 0, contacted: 0, purchased: 0, delivered: 0, lost: 0, erased: 0 }

/** The first lead of a listing in a month begins its document. */
function begunBy(event: EventNamed<'LeadCaptured'>): LeadFunnel {
  const { publisherId, listingId } = event.data
  return { publisherId, listingId, month: monthOf(event), ...nothing }
}

function funnelKey(event: EventNamed<'LeadCaptured'>): string {
  const { publisherId, listingId } = event.data
  return `${publisherId}|${listingId}|${monthOf(event)}`
}

function monthOf({ metadata }: EventNamed<'LeadCaptured'>): string {
  return metadata.occurredAt.slice(0, 'yyyy-mm'.length)
}
