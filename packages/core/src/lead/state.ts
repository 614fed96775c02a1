import type { MemberRole } from '../actor.js'
import type { Sealed } from '../personal.js'
import type { Viewer } from '../viewer.js'
import type { Contact } from './contact.js'

/** How far a lead has come. Steps may be skipped, never taken back. */
export const leadSteps = ['new', 'contacted', 'purchased', 'delivered'] as const
export type LeadStep = (typeof leadSteps)[number]
export type LeadStatus = LeadStep | 'lost' | 'erased'

/** Who works leads: reads contacts, and changes what becomes of them. */
export const leadWorkers = ['administrator', 'sales'] as const satisfies readonly MemberRole[]

/** Who sees that there are leads at all. */
export const leadReaders = [...leadWorkers, 'viewer'] as const satisfies readonly MemberRole[]

/** What is remembered of one lead. Once it is erased, nothing personal. */
export interface Lead {
  id: string
  /** `none`: the id is unknown. */
  status: LeadStatus | 'none'
  listingId: string
  publisherId: string
  contact?: Sealed<Contact>
  message?: Sealed<string>
  /** What the visitor agreed to, and when. */
  consent: { text: string; at: string }
  capturedAt: string
  /** Until when somebody is to respond: what the rules said when it was captured. */
  respondBy: string
  /** Whether somebody responded: nobody yet · somebody did, or gave it up · nobody had when the time was over. */
  firstResponse: 'awaited' | 'given' | 'overdue'
  /** The actor id of the member whose lead it is. */
  assignee?: string
  notes: LeadNote[]
  /** Why it is lost, and how far it had come, while it is. */
  loss?: { from: LeadStep; reason: Sealed<string> }
}

/** Something that was noted, by whom and when. */
export interface LeadNote {
  noteId: string
  text: Sealed<string>
  by: { id: string; name: string }
  at: string
}

/** A lead before its first event. */
export function noLead(): Lead {
  return {
    id: '',
    status: 'none',
    listingId: '',
    publisherId: '',
    consent: { text: '', at: '' },
    capturedAt: '',
    respondBy: '',
    firstResponse: 'awaited',
    notes: [],
  }
}

/** Its status, or `undefined` for an id that is unknown. */
export function leadStanding(lead: Lead): { status: LeadStatus } | undefined {
  return lead.status === 'none' ? undefined : { status: lead.status }
}

/** Whether a role on the team has a right to leads. */
export function worksLeads(role: MemberRole | undefined): boolean {
  return leadWorkers.some((worker) => worker === role)
}

/** Who reads what is personal in leads: those who work them. Staff does not. */
export function opensLeads({ member, role }: Viewer): boolean {
  return member && worksLeads(role)
}
