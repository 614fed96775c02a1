import * as z from 'zod'
import { type EventOf, event, type StoredOf } from '../event-definition.js'

// These are stored for ever. A change of shape is a new version with an upcaster, never an edit.
// They hold references alone: no address, no text of a message, nothing that a person could be known by but their id.

const publisherId = z.string()
const recipient = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('member'), publisherId, actorId: z.string() }),
  z.strictObject({ is: z.literal('address'), publisherId, addressId: z.string() }),
  z.strictObject({ is: z.literal('invitee'), publisherId, invitationId: z.string() }),
  z.strictObject({ is: z.literal('staff'), actorId: z.string() }),
  z.strictObject({ is: z.literal('endpoint'), publisherId, endpointId: z.string() }),
  z.strictObject({ is: z.literal('named'), name: z.string(), by: z.enum(['email', 'webhook']).optional() }),
])
/** Counts in the list of recipients, from 0. */
const delivery = { recipient: z.int() }
/** Made for one attempt alone: whose it is knows it. */
const claim = z.string()

/** Every event of a message: one stream each, `message-<id>`, in the log of messages. */
export const messageEvents = {
  MessageRequested: event(
    'publisher',
    z.strictObject({
      policy: z.string(),
      key: z.string(),
      kind: z.string(),
      event: z.strictObject({
        id: z.string(),
        stream: z.string(),
        version: z.int(),
        position: z.int(),
        occurredAt: z.string(),
      }),
      about: z.array(z.string()).optional(),
      recipients: z.array(recipient),
      notAfter: z.string(),
    }),
    // Version 1 did not say how a recipient is reached whom a policy names.
    { upcast: [(data) => data] },
  ),
  MessageAttempted: event('publisher', z.strictObject({ ...delivery, claim, attempt: z.int(), until: z.string() })),
  MessageDelivered: event('publisher', z.strictObject({ ...delivery, claim, receipt: z.string().optional() })),
  MessageFailed: event('publisher', z.strictObject({ ...delivery, claim, reason: z.string(), nextAt: z.string() })),
  MessageGivenUp: event('publisher', z.strictObject({ ...delivery, reason: z.string() })),
  MessageExpired: event('publisher', z.strictObject(delivery)),
  MessageSuppressed: event(
    'publisher',
    z.strictObject({ ...delivery, reason: z.enum(['muted', 'left', 'erased', 'no-address', 'gone', 'settled']) }),
    // Version 1 did not know `settled`.
    { upcast: [(data) => data] },
  ),
  MessageResent: event('publisher', z.strictObject({ ...delivery, why: z.string(), notAfter: z.string() })),
} as const

/** What happened to a message. */
export type MessageEvent = EventOf<typeof messageEvents>

/** A message's event as the log of messages holds it. */
export type StoredMessageEvent = StoredOf<MessageEvent>

/**
 * Why a message was not sent to somebody. `muted`: they want no messages of this kind · `left`: they are no longer what it
 * was for: not on the team in such a role, not of the staff, not invited · `erased`: their address, or what it would have
 * told, was erased · `no-address`: none is known · `gone`: nobody is there any more ·
 * `settled`: what it would have asked for had been done, or was no longer wanted.
 */
export type SuppressedBecause = Extract<MessageEvent, { type: 'MessageSuppressed' }>['data']['reason']
