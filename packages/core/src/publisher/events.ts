import * as z from 'zod'
import { memberRoles } from '../actor.js'
import { type EventOf, event, type StoredOf } from '../event-definition.js'

// These are stored for ever. A change of shape is a new version with an upcaster, never an edit.

const role = z.enum(memberRoles)
const reason = z.strictObject({ reason: z.string() })
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
  MemberJoined: event('publisher', z.strictObject({ actorId: z.string(), name: z.string(), role })),
  RoleChanged: event('publisher', z.strictObject({ actorId: z.string(), role })),
  MemberRemoved: event('publisher', z.strictObject({ actorId: z.string() })),
} as const

/** What happened to a publisher. */
export type PublisherEvent = EventOf<typeof publisherEvents>

/** A publisher's event as the log holds it. */
export type StoredPublisherEvent = StoredOf<PublisherEvent>
