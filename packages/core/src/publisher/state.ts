import type { MemberRole } from '../actor.js'
import type { Locale } from '../locale.js'
import type { Sealed } from '../personal.js'

export type PublisherStatus = 'pending' | 'approved' | 'refused' | 'suspended'

/** What is remembered of one publisher. */
export interface Publisher {
  id: string
  /** `none`: the id is unknown. */
  status: PublisherStatus | 'none'
  /** Why it is refused or suspended, while it is. */
  reason?: string
  profile: { name: string; website?: string | undefined }
  rights: { autoPublish: boolean; autoApproval: boolean }
  /** The team, by actor id. */
  members: { [actorId: string]: Member }
  /** What nobody has accepted or revoked yet, by id; also when its time is over. */
  invitations: { [invitationId: string]: Invitation }
  /** How the others ended, by id. */
  endedInvitations: { [invitationId: string]: 'used' | 'revoked' }
  /** Where messages to the publisher go, instead of to the people on its team. */
  notificationAddress?: NotificationAddress
  /** Where its own systems are told, by id. */
  endpoints: { [endpointId: string]: Endpoint }
  /** Of open invitations and of those by which members joined: SHA-256 of the secret, by id. No answer holds this part. */
  secrets: { [invitationId: string]: string }
}

/** Somebody on the team. */
export interface Member {
  name: string
  role: MemberRole
  /** By which they joined, if by any. The address and the language are those that it was written to. */
  invitationId?: string
  email?: Sealed<string>
  locale?: Locale
  /** The kinds of messages that they do not want. */
  muted?: string[]
}

/** An invitation that may be accepted. */
export interface Invitation {
  email: Sealed<string>
  role: MemberRole
  locale: Locale
  /** The last instant at which it is accepted. */
  until: string
  invitedBy: { id: string; name: string }
}

/** An address of the publisher itself. */
export interface NotificationAddress {
  id: string
  email: Sealed<string>
  locale: Locale
}

/** Where messages to the publisher go beside people: over HTTP, signed with a secret. */
export interface Endpoint {
  url: string
  /** The kinds of messages that it gets; all that go to the publisher when absent. */
  kinds?: string[]
  status: 'enabled' | 'disabled'
  /** `gone`: its receiver said so, and the system disabled it. */
  cause?: 'gone'
  secret: Sealed<string>
  /** The secret before, by which messages can be known as well until then. */
  before?: { secret: Sealed<string>; until: string }
}

/** A publisher before its first event. */
export function noPublisher(): Publisher {
  return {
    id: '',
    status: 'none',
    profile: { name: '' },
    rights: { autoPublish: false, autoApproval: false },
    members: {},
    invitations: {},
    endedInvitations: {},
    endpoints: {},
    secrets: {},
  }
}

/** Who has this id on the team. An id is any text, also the name of something that every object has. */
export function memberIn({ members }: Publisher, actorId: string): Member | undefined {
  return Object.hasOwn(members, actorId) ? members[actorId] : undefined
}

/** The endpoint of this id. */
export function endpointIn({ endpoints }: Pick<Publisher, 'endpoints'>, endpointId: string): Endpoint | undefined {
  return Object.hasOwn(endpoints, endpointId) ? endpoints[endpointId] : undefined
}

/** The secrets that a message is signed with now, newest first. */
export function secretsAt({ secret, before }: Endpoint, now: string): readonly Sealed<string>[] {
  return before && now <= before.until ? [secret, before.secret] : [secret]
}

/** Its status, or `undefined` for an id that is unknown. */
export function publisherStanding(publisher: Publisher): { status: PublisherStatus } | undefined {
  return publisher.status === 'none' ? undefined : { status: publisher.status }
}
