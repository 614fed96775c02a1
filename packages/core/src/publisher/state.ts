import type { MemberRole } from '../actor.js'

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
}

/** Somebody on the team. */
export interface Member {
  name: string
  role: MemberRole
}

/** A publisher before its first event. */
export function noPublisher(): Publisher {
  return {
    id: '',
    status: 'none',
    profile: { name: '' },
    rights: { autoPublish: false, autoApproval: false },
    members: {},
  }
}

/** Who has this id on the team. An id is any text, also the name of something that every object has. */
export function memberIn({ members }: Publisher, actorId: string): Member | undefined {
  return Object.hasOwn(members, actorId) ? members[actorId] : undefined
}

/** Its status, or `undefined` for an id that is unknown. */
export function publisherStanding(publisher: Publisher): { status: PublisherStatus } | undefined {
  return publisher.status === 'none' ? undefined : { status: publisher.status }
}
