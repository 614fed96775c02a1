import * as z from 'zod'
import { actorId } from '../actor-id.js'
import { unknown } from '../decide.js'
import { readingOf } from '../event-definition.js'
import { id, idIn } from '../id.js'
import type { Listing } from '../listing/state.js'
import { personal, sameSealed } from '../personal.js'
import { memberIn, type Publisher } from '../publisher/state.js'
import { type Refused, refuse } from '../refusal.js'
import type { Facts, Row } from '../row.js'
import type { Rules } from '../rules.js'
import { contact } from './contact.js'
import { type LeadEvent, leadEvents } from './events.js'
import { type Lead, type LeadStep, leadSteps, leadWorkers, worksLeads } from './state.js'

/** What decisions on a lead lean on. */
export interface LeadFacts extends Facts {
  /** The publisher that owns the lead; none before it is captured. */
  readonly publisher: Publisher
  /** The listing that the command names; none for every other command. */
  readonly listing: Listing
  readonly rules: Rules
}

type SchemaOf<Type extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { type: z.ZodLiteral<Type>; leadId: z.ZodString } & Fields,
  z.core.$strict
>

type CommandOf<Type extends string, Fields extends z.ZodRawShape> = z.output<SchemaOf<Type, Fields>>

type RowOf<Type extends string, Fields extends z.ZodRawShape> = Row<Lead, LeadFacts, CommandOf<Type, Fields>, LeadEvent>

function leadRow<const Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  parts: Omit<RowOf<Type, Fields>, 'type' | 'command'>,
): RowOf<Type, Fields> & { readonly type: Type; readonly command: SchemaOf<Type, Fields> } {
  const command = z.strictObject({ type: z.literal(type), leadId: id, ...fields })
  return { type, command, ...parts }
}

const { dataOf } = readingOf(leadEvents)
const text = z.string().trim().min(1).max(20_000)
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString())

const workers = { members: leadWorkers } as const
const notErased = { status: [...leadSteps, 'lost'] } as const
const subject = ({ leadId }: { readonly leadId: string }) => `lead-${leadId}`

export const captureLead = leadRow(
  'CaptureLead',
  {
    listingId: id,
    contact: personal(contact),
    message: personal(text),
    consent: z.strictObject({ text, at: instant.optional() }),
    token: z.string().min(1).max(200).optional(),
  },
  {
    who: { visitor: true },
    begins: true,
    strangersSee: 'listing',
    subject,
    when: 'the listing is public, or private and the token is that of its link now; the consent is not from the future',
    writes: ['LeadCaptured'],
    may: (_lead, { listing }) => (isShown(listing) ? undefined : unknown('listing')),
    does: (command, _lead, { listing, now, rules }) => {
      const { listingId, contact, message, consent, token } = command
      if (listing.live.status === 'private' && listing.live.token !== token) return unknown('listing')
      const { text, at = now } = consent
      if (at > now) return refuse('consent-in-the-future', `The consent is said to be of ${at}; it is ${now}.`, { now })
      const { publisherId } = listing
      const respondBy = hoursAfter(now, rules.firstResponseWithinHours)
      const data = { listingId, publisherId, contact, message, consent: { text, at }, respondBy }
      return [{ type: 'LeadCaptured', data: listing.live.status === 'private' ? { ...data, token } : data }]
    },
    commandOf: (events) => {
      const { publisherId: _, respondBy: _until, ...captured } = dataOf(events, 'LeadCaptured')
      return { command: { type: 'CaptureLead', leadId: idIn(events[0]!), ...captured }, made: {} }
    },
  },
)

export const assignLead = leadRow(
  'AssignLead',
  { assignee: actorId },
  {
    who: workers,
    from: notErased,
    when: 'the assignee is on the team, as an administrator or for sales',
    writes: ['LeadAssigned'],
    already: ({ assignee }, lead) => lead.assignee === assignee,
    does: ({ assignee }, _lead, { publisher }) =>
      notToBeAssigned(assignee, publisher) ?? [{ type: 'LeadAssigned', data: { assignee } }],
    commandOf: (events, { id: leadId }) => ({
      command: { type: 'AssignLead', leadId, ...dataOf(events, 'LeadAssigned') },
      made: {},
    }),
  },
)

export const unassignLead = leadRow(
  'UnassignLead',
  { assignee: actorId.optional() },
  {
    who: { ...workers, system: true },
    from: notErased,
    when: 'from whoever is named, else from whom it is assigned to; by the system only once they have left the team (P7)',
    writes: ['LeadUnassigned'],
    may: ({ assignee }, { asker, publisher }) =>
      asker.system && assignee !== undefined ? stillThere(assignee, publisher) : undefined,
    does: ({ assignee: from }, { assignee }) =>
      assignee === undefined || (from !== undefined && from !== assignee)
        ? []
        : [{ type: 'LeadUnassigned', data: { assignee } }],
    commandOf: (events, { id: leadId }) => ({
      command: { type: 'UnassignLead', leadId, ...dataOf(events, 'LeadUnassigned') },
      made: {},
    }),
  },
)

export const markContacted = stepRow('MarkContacted', 'LeadContacted', 'contacted')
export const markPurchased = stepRow('MarkPurchased', 'LeadPurchased', 'purchased')
export const markDelivered = stepRow('MarkDelivered', 'LeadDelivered', 'delivered')

export const markLost = leadRow(
  'MarkLost',
  { reason: personal(text) },
  {
    who: workers,
    from: { status: ['new', 'contacted', 'purchased'] },
    subject,
    writes: ['LeadLost'],
    already: ({ reason }, { loss }) => sameSealed(reason, loss?.reason),
    does: ({ reason }) => [{ type: 'LeadLost', data: { reason } }],
    commandOf: (events, { id: leadId }) => ({
      command: { type: 'MarkLost', leadId, ...dataOf(events, 'LeadLost') },
      made: {},
    }),
  },
)

export const reopenLead = leadRow(
  'ReopenLead',
  {},
  {
    who: workers,
    from: { status: ['lost'] },
    when: 'back to the status before; a first response that was given or overdue is not asked for again',
    writes: ['LeadReopened'],
    does: () => [{ type: 'LeadReopened', data: {} }],
    commandOf: (_events, { id: leadId }) => ({ command: { type: 'ReopenLead', leadId }, made: {} }),
  },
)

export const addLeadNote = leadRow(
  'AddLeadNote',
  { text: personal(text) },
  {
    who: workers,
    from: notErased,
    subject,
    writes: ['LeadNoteAdded'],
    does: ({ text }, _lead, { made }) => [{ type: 'LeadNoteAdded', data: { noteId: made.id, text } }],
    commandOf: (events, { id: leadId }) => {
      const { noteId, text } = dataOf(events, 'LeadNoteAdded')
      return { command: { type: 'AddLeadNote', leadId, text }, made: { id: noteId } }
    },
  },
)

export const recordResponseOverdue = leadRow(
  'RecordResponseOverdue',
  { respondBy: z.iso.datetime() },
  {
    who: { system: true },
    from: { status: ['new'] },
    when: 'now is later than respondBy, and nobody has responded since it was captured (P6); once a lead',
    writes: ['FirstResponseOverdue'],
    already: ({ respondBy }, lead) => lead.firstResponse === 'overdue' && lead.respondBy === respondBy,
    may: (lead, { now }) => notAwaited(lead) ?? (now > lead.respondBy ? undefined : notDue(lead)),
    does: ({ respondBy }, lead) =>
      respondBy === lead.respondBy
        ? [{ type: 'FirstResponseOverdue', data: { respondBy } }]
        : refuse('deadline-moved', `The first response was due by ${lead.respondBy}.`, { until: lead.respondBy }),
    commandOf: (events, { id: leadId }) => ({
      command: { type: 'RecordResponseOverdue', leadId, ...dataOf(events, 'FirstResponseOverdue') },
      made: {},
    }),
  },
)

export const eraseLead = leadRow(
  'EraseLead',
  {},
  {
    who: { members: ['administrator'], staff: ['operator'] },
    when: 'for good: who asked and what was written of them is gone, that there was a lead stays',
    writes: ['LeadErased'],
    already: (_command, { status }) => status === 'erased',
    does: () => [{ type: 'LeadErased', data: {} }],
    commandOf: (_events, { id: leadId }) => ({ command: { type: 'EraseLead', leadId }, made: {} }),
  },
)

type StepEvent = 'LeadContacted' | 'LeadPurchased' | 'LeadDelivered'

/** A step forward: those between may be skipped, and none is taken back. */
function stepRow<const Type extends string>(type: Type, event: StepEvent, step: LeadStep) {
  return leadRow(
    type,
    {},
    {
      who: workers,
      from: { status: leadSteps.slice(0, leadSteps.indexOf(step)) },
      when: 'steps may be skipped, none is taken back',
      writes: [event],
      already: (_command, { status }) => status === step,
      whyNot: neverBack,
      does: () => [{ type: event, data: {} }],
      commandOf: (_events, { id: leadId }) => ({ command: { type, leadId }, made: {} }),
    },
  )
}

function neverBack({ status }: Lead): Refused | undefined {
  if (!leadSteps.some((step) => step === status)) return undefined
  return refuse('never-back', `The lead is ${status} already, and a lead never goes back.`, { status })
}

function isShown({ live }: Listing): boolean {
  return live.status === 'public' || live.status === 'private'
}

function notToBeAssigned(actorId: string, publisher: Publisher): Refused | undefined {
  const member = memberIn(publisher, actorId)
  if (!member) return refuse('unknown-member', 'Nobody with this id is on the team.')
  if (worksLeads(member.role)) return undefined
  return refuse(
    'assignee-may-not',
    `Leads are worked by administrators and sales people; ${member.name} is a ${member.role}.`,
    { role: member.role },
  )
}

function stillThere(assignee: string, publisher: Publisher): Refused | undefined {
  const member = memberIn(publisher, assignee)
  return member && refuse('assignee-still-member', `${member.name} is on the team, and keeps the lead.`)
}

function notAwaited({ firstResponse }: Lead): Refused | undefined {
  if (firstResponse === 'awaited') return undefined
  return refuse('no-response-awaited', 'A first response is not awaited any more: it was given, or noted as overdue.')
}

function notDue({ respondBy }: Lead): Refused {
  return refuse('not-due', `The first response is not overdue: there is time until ${respondBy}.`, { until: respondBy })
}

function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 60 * 60 * 1000).toISOString()
}
