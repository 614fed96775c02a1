import * as z from 'zod'
import { memberRoles } from '../actor.js'
import { type ErasingEvent, type EventOf, event, type StoredOf } from '../event-definition.js'
import { locales } from '../locale.js'
import { sealed } from '../personal.js'
import { addressSubject, endpointSubject, invitationSubject } from './subjects.js'

// These are stored for ever. A change of shape is a new version with an upcaster, never an edit.

const role = z.enum(memberRoles)
const locale = z.enum(locales)
const reason = z.strictObject({ reason: z.string() })
const endpoint = z.strictObject({ endpointId: z.string() })
const nothing = z.strictObject({})

/** Every event of a publisher: the company, its rights, its team. */
export const publisherEvents = {
  Registered: event('publisher', z.strictObject({ name: z.string(), website: z.string().optional() })),
  PublisherApproved: event('publisher', nothing),
  PublisherRefused: event('publisher', reason),
  PublisherSuspended: event('publisher', reason),
  PublisherReinstated: event('publisher', nothing),
  AutoPublishGranted: event('publisher', nothing),
  AutoPublishRevoked: event('publisher', nothing),
  AutoApprovalGranted: event('publisher', nothing),
  AutoApprovalRevoked: event('publisher', nothing),
  ProfileUpdated: event('publisher', z.strictObject({ name: z.string(), website: z.string().optional() })),
  MemberInvited: event(
    'publisher',
    z.strictObject({
      invitationId: z.string(),
      email: sealed<string>(),
      role,
      locale,
      until: z.string(),
      secretHash: z.string(),
      secret: sealed<string>(),
    }),
    { personal: ['email'], hidden: ['secretHash', 'secret'] },
  ),
  InvitationRevoked: event('publisher', z.strictObject({ invitationId: z.string() }), {
    erases: erasing('invitationId', invitationSubject),
  }),
  MemberJoined: event(
    'publisher',
    z.strictObject({
      actorId: z.string(),
      name: z.string(),
      role,
      invitationId: z.string().optional(),
      locale: locale.optional(),
    }),
    { upcast: [(data) => data] },
  ),
  RoleChanged: event('publisher', z.strictObject({ actorId: z.string(), role })),
  MemberRemoved: event('publisher', z.strictObject({ actorId: z.string(), invitationId: z.string().optional() }), {
    upcast: [(data) => data],
    erases: erasing('invitationId', invitationSubject),
  }),
  NotificationAddressSet: event(
    'publisher',
    z.strictObject({ addressId: z.string(), email: sealed<string>(), locale, replaces: z.string().optional() }),
    { personal: ['email'], erases: erasing('replaces', addressSubject) },
  ),
  NotificationAddressRemoved: event('publisher', z.strictObject({ addressId: z.string() }), {
    erases: erasing('addressId', addressSubject),
  }),
  EndpointAdded: event(
    'publisher',
    z.strictObject({
      endpointId: z.string(),
      url: z.string(),
      kinds: z.array(z.string()).optional(),
      secret: sealed<string>(),
    }),
    { personal: ['secret'] },
  ),
  EndpointDisabled: event('publisher', z.strictObject({ endpointId: z.string(), cause: z.literal('gone').optional() })),
  EndpointEnabled: event('publisher', endpoint),
  EndpointSecretRotated: event(
    'publisher',
    z.strictObject({ endpointId: z.string(), secret: sealed<string>(), until: z.string() }),
    { personal: ['secret'] },
  ),
  EndpointRemoved: event('publisher', endpoint, { erases: erasing('endpointId', endpointSubject) }),
  NotificationPreferencesSet: event('publisher', z.strictObject({ actorId: z.string(), muted: z.array(z.string()) })),
} as const

/** What happened to a publisher. */
export type PublisherEvent = EventOf<typeof publisherEvents>

/** A publisher's event as the log holds it. */
export type StoredPublisherEvent = StoredOf<PublisherEvent>

/** The event ends the data of whoever this field names; of nobody when it names none. */
function erasing(field: string, subjectOf: (id: string) => string) {
  return ({ data }: ErasingEvent): readonly string[] => {
    const id = data[field]
    return typeof id === 'string' ? [subjectOf(id)] : []
  }
}
