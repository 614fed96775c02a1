import { idIn } from '../id.js'
import type { Contact } from '../lead/contact.js'
import type { StoredLeadEvent } from '../lead/events.js'
import { type LeadStatus, type LeadStep, leadReaders, opensLeads } from '../lead/state.js'
import type { Sealed } from '../personal.js'
import { foldedView } from './folded-view.js'
import { perLead } from './per-lead.js'

/** A lead among those of its publisher. Once it is erased, nothing in it is personal. */
export interface PipelineLead {
  readonly leadId: string
  readonly publisherId: string
  readonly listingId: string
  readonly status: LeadStatus
  /** How far it has come, also when it was lost or erased since. */
  readonly reached: LeadStep
  readonly lost: boolean
  /** The actor id of the member whose lead it is. */
  readonly assignee: string | null
  /** For those who work leads; to all others it is withheld. */
  readonly contact: Sealed<Contact> | null
  readonly consentedAt: string
  readonly capturedAt: string
  /** When it took its last step: forward, lost, reopened or erased. */
  readonly lastStepAt: string
  readonly respondBy: string
  /** Nobody responded in time, and nobody has responded since. */
  readonly overdue: boolean
  /** `respondBy` while a first response is awaited: what falls due is found by it (P6). */
  readonly responseDueBy: string | null
  readonly notes: number
}

/** What becomes of every lead. Erased ones stay, so that they can be counted. */
export const leadPipeline = foldedView({
  name: 'lead-pipeline',
  version: 1,
  audience: 'publisher',
  seenBy: leadReaders,
  personal: { fields: ['contact'], opens: opensLeads },
  on: perLead(
    'LeadCaptured',
    'LeadAssigned',
    'LeadUnassigned',
    'FirstResponseOverdue',
    'LeadContacted',
    'LeadPurchased',
    'LeadDelivered',
    'LeadLost',
    'LeadReopened',
    'LeadNoteAdded',
    'LeadErased',
  ),
  first: uncaptured(),
  next: (lead: PipelineLead, event) => ({ ...lead, ...changedBy(lead, event) }),
  entry: (lead): PipelineLead => lead,
  indexes: [
    ['capturedAt'],
    ['responseDueBy'],
    ['publisherId', 'capturedAt'],
    ['publisherId', 'status', 'capturedAt'],
    ['publisherId', 'overdue', 'capturedAt'],
    ['publisherId', 'assignee', 'capturedAt'],
    ['publisherId', 'listingId', 'capturedAt'],
    ['publisherId', 'listingId', 'status', 'capturedAt'],
  ],
})

function changedBy(lead: PipelineLead, event: StoredLeadEvent): Partial<PipelineLead> {
  const at = event.metadata.occurredAt
  switch (event.type) {
    case 'LeadCaptured':
      return captured(event)
    case 'LeadAssigned':
      return { assignee: event.data.assignee }
    case 'LeadUnassigned':
      return { assignee: null }
    case 'FirstResponseOverdue':
      return { overdue: true, responseDueBy: null }
    case 'LeadContacted':
      return stepTo('contacted', at)
    case 'LeadPurchased':
      return stepTo('purchased', at)
    case 'LeadDelivered':
      return stepTo('delivered', at)
    case 'LeadLost':
      return { status: 'lost', lost: true, lastStepAt: at, ...responded }
    case 'LeadReopened':
      return { status: lead.reached, lost: false, lastStepAt: at }
    case 'LeadNoteAdded':
      return { notes: lead.notes + 1 }
    case 'LeadErased':
      return { status: 'erased', lost: false, lastStepAt: at, assignee: null, contact: null, notes: 0, ...responded }
  }
}

const responded = { overdue: false, responseDueBy: null } as const

function captured(event: Extract<StoredLeadEvent, { type: 'LeadCaptured' }>): PipelineLead {
  const { publisherId, listingId, contact, consent, respondBy } = event.data
  const { occurredAt } = event.metadata
  return {
    ...uncaptured(),
    leadId: idIn(event),
    publisherId,
    listingId,
    contact,
    consentedAt: consent.at,
    capturedAt: occurredAt,
    lastStepAt: occurredAt,
    respondBy,
    responseDueBy: respondBy,
  }
}

function stepTo(step: LeadStep, at: string): Partial<PipelineLead> {
  return { status: step, reached: step, lastStepAt: at, ...responded }
}

function uncaptured(): PipelineLead {
  return {
    leadId: '',
    publisherId: '',
    listingId: '',
    status: 'new',
    reached: 'new',
    lost: false,
    assignee: null,
    contact: null,
    consentedAt: '',
    capturedAt: '',
    lastStepAt: '',
    respondBy: '',
    overdue: false,
    responseDueBy: null,
    notes: 0,
  }
}
