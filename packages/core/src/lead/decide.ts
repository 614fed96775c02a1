import type * as z from 'zod'
import type { Aggregate } from '../aggregate.js'
import {
  addLeadNote,
  assignLead,
  captureLead,
  eraseLead,
  type LeadFacts,
  markContacted,
  markDelivered,
  markLost,
  markPurchased,
  recordResponseOverdue,
  reopenLead,
  unassignLead,
} from './commands.js'
import { type LeadEvent, leadEvents, type StoredLeadEvent } from './events.js'
import { evolveLead } from './evolve.js'
import { type Lead, leadReaders, leadStanding, noLead, opensLeads } from './state.js'

/** Every command of a lead, in the order of its life. */
export const leadRows = {
  CaptureLead: captureLead,
  AssignLead: assignLead,
  UnassignLead: unassignLead,
  RecordResponseOverdue: recordResponseOverdue,
  MarkContacted: markContacted,
  MarkPurchased: markPurchased,
  MarkDelivered: markDelivered,
  MarkLost: markLost,
  ReopenLead: reopenLead,
  AddLeadNote: addLeadNote,
  EraseLead: eraseLead,
} as const

/** Anything that can be asked of a lead. */
export type LeadCommand = {
  [Type in keyof typeof leadRows]: z.output<(typeof leadRows)[Type]['command']>
}[keyof typeof leadRows]

/** The same as a caller writes it: what has a default may be left out, and what is personal is plain. */
export type LeadRequest = {
  [Type in keyof typeof leadRows]: z.input<(typeof leadRows)[Type]['command']>
}[keyof typeof leadRows]

/** Leads: one stream each, `lead-<id>`. What time asks for is left to the sweep. */
export const leadAggregate: Aggregate<Lead, LeadFacts, LeadEvent> = {
  noun: 'lead',
  prefix: 'lead-',
  idField: 'leadId',
  events: leadEvents,
  standing: leadStanding,
  decider: { initial: noLead, evolve: (lead, event) => evolveLead(lead, event as StoredLeadEvent) },
  seenBy: leadReaders,
  personal: { fields: ['contact', 'message', 'notes', 'loss'], opens: opensLeads },
  rows: leadRows,
  overdue: () => [],
}
