import type { MemberRole } from '../actor.js'
import type { EventNamed } from '../known-events.js'
import { foldedView } from './folded-view.js'

/** A person, and what they are to the publishers whose teams they are on now. */
export interface Membership {
  readonly actorId: string
  readonly name: string
  readonly publisherIds: readonly string[]
  /** By publisher. */
  readonly roles: { readonly [publisherId: string]: MemberRole }
}

type Kept = Omit<Membership, 'publisherIds'>

type MembershipEvent = EventNamed<'MemberJoined' | 'RoleChanged' | 'MemberRemoved'>

const ofMember = ({ data }: { readonly data: { readonly actorId: string } }) => [data.actorId]

/** Who is on which team, by actor id, and by publisher: its team. */
export const memberships = foldedView({
  name: 'memberships',
  version: 1,
  audience: 'operator',
  on: {
    MemberJoined: ofMember,
    RoleChanged: ofMember,
    MemberRemoved: ofMember,
  },
  first: { actorId: '', name: '', roles: {} },
  next: (kept: Kept, event) => {
    const after = keptAfter(kept, event, event.stream.slice('publisher-'.length))
    return Object.keys(after.roles).length === 0 ? undefined : after
  },
  entry: (kept): Membership => ({ ...kept, publisherIds: Object.keys(kept.roles) }),
  indexes: [['name'], ['publisherIds', 'name']],
})

function keptAfter({ actorId, name, roles }: Kept, event: MembershipEvent, publisherId: string): Kept {
  const { [publisherId]: _, ...others } = roles
  switch (event.type) {
    case 'MemberJoined': {
      const joined = event.data
      return { actorId: joined.actorId, name: joined.name, roles: { ...roles, [publisherId]: joined.role } }
    }
    case 'RoleChanged':
      return { actorId, name, roles: { ...roles, [publisherId]: event.data.role } }
    case 'MemberRemoved':
      return { actorId, name, roles: others }
  }
}
