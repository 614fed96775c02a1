import { VitrineError } from '../errors.js'
import { newerThanThisCode } from '../event-definition.js'
import { idIn } from '../id.js'
import type { StoredLeadEvent } from './events.js'
import type { Lead, LeadStep } from './state.js'

/** One event later. A recipe: it changes the lead that it is given. */
export function evolveLead(lead: Lead, event: StoredLeadEvent): void {
  switch (event.type) {
    case 'LeadCaptured': {
      const { token: _, ...captured } = event.data
      Object.assign(lead, captured)
      lead.id = idIn(event)
      lead.status = 'new'
      lead.capturedAt = event.metadata.occurredAt
      return
    }
    case 'LeadAssigned':
      lead.assignee = event.data.assignee
      return
    case 'LeadUnassigned':
      delete lead.assignee
      return
    case 'FirstResponseOverdue':
      lead.firstResponse = 'overdue'
      return
    case 'LeadContacted':
      return stepTo(lead, 'contacted')
    case 'LeadPurchased':
      return stepTo(lead, 'purchased')
    case 'LeadDelivered':
      return stepTo(lead, 'delivered')
    case 'LeadLost':
      lead.loss = { from: stepOf(lead), reason: event.data.reason }
      lead.status = 'lost'
      responded(lead)
      return
    case 'LeadReopened':
      lead.status = lossOf(lead).from
      delete lead.loss
      return
    case 'LeadNoteAdded': {
      const { actor, occurredAt } = event.metadata
      lead.notes.push({ ...event.data, by: { id: actor.id, name: actor.name }, at: occurredAt })
      return
    }
    case 'LeadErased':
      lead.status = 'erased'
      lead.notes = []
      delete lead.contact
      delete lead.message
      delete lead.loss
      delete lead.assignee
      return
    default:
      throw newerThanThisCode(event)
  }
}

function stepTo(lead: Lead, step: LeadStep): void {
  lead.status = step
  responded(lead)
}

/** That the time was over stays known, whatever comes later. */
function responded(lead: Lead): void {
  if (lead.firstResponse === 'awaited') lead.firstResponse = 'given'
}

// Each part is there whenever the status says so; a history in which it is not cannot have been decided by the rows.

function stepOf(lead: Lead): LeadStep {
  const { status } = lead
  if (status === 'none' || status === 'lost' || status === 'erased') throw impossible(lead, `the status ${status}`)
  return status
}

function lossOf(lead: Lead): NonNullable<Lead['loss']> {
  if (lead.loss) return lead.loss
  throw impossible(lead, 'no loss')
}

function impossible({ id }: Lead, what: string): VitrineError {
  return new VitrineError('impossible-history', `The history of lead ${id} does not fit: it has ${what} here.`, {
    stream: `lead-${id}`,
  })
}
