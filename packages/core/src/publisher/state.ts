import type { MemberRole } from '../actor.js'

export type PublisherStatus = 'pending' | 'approved' | 'refused' | 'suspended'

/** What is remembered of one publisher. */
export interface Publisher {
  id: string
  /** `none`: the id is unknown. */
  status: PublisherStatus | 'none'
  profile: { name: string; website?: string | undefined }
  rights: { autoPublish: boolean; autoApproval: boolean }
  /** The team, by actor id. */
  members: { [actorId: string]: { name: string; role: MemberRole } }
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

/** Its status, or `undefined` for an id that is unknown. */
export function publisherStanding(publisher: Publisher): { status: PublisherStatus } | undefined {
  return publisher.status === 'none' ? undefined : { status: publisher.status }
}
