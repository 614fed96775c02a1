import type { MemberRole } from '../actor.js'
import { idIn } from '../id.js'
import type { EventNamed } from '../known-events.js'
import type { Locale } from '../locale.js'
import type { Sealed } from '../personal.js'
import { defineView } from './define-view.js'

/** Somebody on the team of a publisher, or invited to it. */
export interface TeamEntry {
  readonly publisherId: string
  readonly status: 'member' | 'invited'
  /** Of a member. */
  readonly actorId: string | null
  readonly name: string | null
  readonly role: MemberRole
  /** When they joined, or were invited. */
  readonly since: string
  /** Of an invitation, and of who joined by one. */
  readonly invitationId: string | null
  readonly invitedBy: { readonly id: string; readonly name: string } | null
  /** Where the invitation went; the publisher's administrators read it. */
  readonly email: Sealed<string> | null
  readonly locale: Locale | null
  /** Of an invitation: the last instant at which it is accepted. Past it, it has expired. */
  readonly until: string | null
}

type TeamEvent = EventNamed<'MemberInvited' | 'InvitationRevoked' | 'MemberJoined' | 'RoleChanged' | 'MemberRemoved'>

const nobody: TeamEntry = {
  publisherId: '',
  status: 'member',
  actorId: null,
  name: null,
  role: 'viewer',
  since: '',
  invitationId: null,
  invitedBy: null,
  email: null,
  locale: null,
  until: null,
}

const ofInvitation = ({ data }: EventNamed<'MemberInvited' | 'InvitationRevoked'>) => [data.invitationId]
const ofMember = (event: EventNamed<'RoleChanged' | 'MemberRemoved'>) => [teamKey(idIn(event), event.data.actorId)]

/** The people of each publisher and those whom it has invited. What is accepted, revoked or removed is gone. */
export const team = defineView<TeamEntry, TeamEvent['type']>({
  name: 'team',
  version: 1,
  audience: 'publisher',
  personal: { fields: ['email'], opens: ({ role }) => role === 'administrator' },
  empty: nobody,
  on: {
    MemberInvited: ofInvitation,
    InvitationRevoked: ofInvitation,
    MemberJoined: (event) => {
      const { actorId, invitationId } = event.data
      const key = teamKey(idIn(event), actorId)
      return invitationId === undefined ? [key] : [key, invitationId]
    },
    RoleChanged: ofMember,
    MemberRemoved: ofMember,
  },
  apply: (entry, event, key, others) => {
    switch (event.type) {
      case 'MemberInvited':
        return invitation(event)
      case 'MemberJoined':
        return key === event.data.invitationId ? undefined : member(event, others(event.data.invitationId ?? ''))
      case 'RoleChanged':
        return { ...entry, role: event.data.role }
      case 'InvitationRevoked':
      case 'MemberRemoved':
        return undefined
    }
  },
  indexes: [['name'], ['publisherId', 'name'], ['publisherId', 'status', 'name'], ['publisherId', 'role', 'name']],
})

/** The key of a member in the view `team`; that of an invitation is its id. */
export function teamKey(publisherId: string, actorId: string): string {
  return `${publisherId}|${actorId}`
}

function invitation(event: EventNamed<'MemberInvited'>): TeamEntry {
  const { invitationId, email, role, locale, until } = event.data
  const { actor, occurredAt } = event.metadata
  const invitedBy = { id: actor.id, name: actor.name }
  const what = { publisherId: idIn(event), status: 'invited', since: occurredAt } as const
  return { ...nobody, ...what, role, invitationId, invitedBy, email, locale, until }
}

function member(event: EventNamed<'MemberJoined'>, invited: TeamEntry = nobody): TeamEntry {
  const { actorId, name, role } = event.data
  const what = { publisherId: idIn(event), status: 'member', since: event.metadata.occurredAt, until: null } as const
  return { ...invited, ...what, actorId, name, role }
}
