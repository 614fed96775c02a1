import * as z from 'zod'
import { type EventOf, event, type StoredOf } from '../event-definition.js'
import { sealed } from '../personal.js'
import type { Contact } from './contact.js'

// These are stored for ever. A change of shape is a new version with an upcaster, never an edit.

const nothing = z.strictObject({})

/** Every event of a lead, in the order of its life. What a person wrote is sealed under the key of that lead alone. */
export const leadEvents = {
  LeadCaptured: event(
    'publisher',
    z.strictObject({
      listingId: z.string(),
      publisherId: z.string(),
      contact: sealed<Contact>(),
      message: sealed<string>(),
      consent: z.strictObject({ text: z.string(), at: z.string() }),
      respondBy: z.string(),
      /** Of the private link through which it came: with it the capture can be decided again. */
      token: z.string().optional(),
    }),
    { personal: ['contact', 'message'], hidden: ['token'] },
  ),
  LeadAssigned: event('publisher', z.strictObject({ assignee: z.string() })),
  LeadUnassigned: event('publisher', z.strictObject({ assignee: z.string() })),
  FirstResponseOverdue: event('publisher', z.strictObject({ respondBy: z.string() })),
  LeadContacted: event('publisher', nothing),
  LeadPurchased: event('publisher', nothing),
  LeadDelivered: event('publisher', nothing),
  LeadLost: event('publisher', z.strictObject({ reason: sealed<string>() }), { personal: ['reason'] }),
  LeadReopened: event('publisher', nothing),
  LeadNoteAdded: event('publisher', z.strictObject({ noteId: z.string(), text: sealed<string>() }), {
    personal: ['text'],
  }),
  LeadErased: event('publisher', nothing, { erases: ({ stream }) => [stream] }),
} as const

/** What happened to a lead. */
export type LeadEvent = EventOf<typeof leadEvents>

/** A lead's event as the log holds it. */
export type StoredLeadEvent = StoredOf<LeadEvent>
