import { memberRoles } from '../../actor.js'
import { actorId, newActorId } from '../../actor-id.js'
import { type Refused, refuse } from '../../refusal.js'
import { type Member, memberIn, type Publisher } from '../state.js'
import { administrators, dataOf, publisherRow, role, text } from './publisher-row.js'

export const addMember = publisherRow(
  'AddMember',
  { actorId: newActorId, name: text, role },
  {
    who: administrators,
    when: 'they are not on the team yet',
    writes: ['MemberJoined'],
    already: ({ actorId, name, role }, publisher) => {
      const member = memberIn(publisher, actorId)
      return member?.name === name && member.role === role
    },
    does: ({ actorId, name, role }, publisher) => {
      const joined = { type: 'MemberJoined' as const, data: { actorId, name, role } }
      return memberAlready(memberIn(publisher, actorId)) ?? [joined]
    },
    commandOf: (events, { id: publisherId }) => {
      const { actorId, name, role } = dataOf(events, 'MemberJoined')
      return { command: { type: 'AddMember', publisherId, actorId, name, role }, made: {} }
    },
  },
)

export const changeRole = publisherRow(
  'ChangeRole',
  { actorId, role },
  {
    who: administrators,
    when: 'they are on the team; the last administrator cannot step down',
    writes: ['RoleChanged'],
    already: ({ actorId, role }, publisher) => memberIn(publisher, actorId)?.role === role,
    may: alone,
    does: ({ actorId, role }, publisher) => {
      if (!memberIn(publisher, actorId)) return unknownMember
      return lastAdministrator(actorId, publisher) ?? [{ type: 'RoleChanged', data: { actorId, role } }]
    },
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'ChangeRole', publisherId, ...dataOf(events, 'RoleChanged') },
      made: {},
    }),
  },
)

export const removeMember = publisherRow(
  'RemoveMember',
  { actorId },
  {
    who: { members: memberRoles },
    when: 'administrators remove anybody, everybody may leave; the last administrator cannot. The address of who was invited is erased',
    writes: ['MemberRemoved'],
    may: alone,
    does: ({ actorId }, publisher, { asker }) => {
      if (actorId !== asker.id && asker.member !== 'administrator') return onlyOneself
      const member = memberIn(publisher, actorId)
      if (!member) return unknownMember
      const { invitationId } = member
      const data = invitationId === undefined ? { actorId } : { actorId, invitationId }
      return lastAdministrator(actorId, publisher) ?? [{ type: 'MemberRemoved', data }]
    },
    commandOf: (events, { id: publisherId }) => {
      const { actorId } = dataOf(events, 'MemberRemoved')
      return { command: { type: 'RemoveMember', publisherId, actorId }, made: {} }
    },
  },
)

/** Why somebody cannot join a team that they are on. */
export function memberAlready(member: Member | undefined): Refused | undefined {
  return member && refuse('member-already', `${member.name} is on the team already, as ${member.role}.`)
}

const unknownMember = refuse('unknown-member', 'Nobody with this id is on the team.')
const onlyAdministrator = refuse(
  'last-administrator',
  'The last administrator can neither leave nor step down. Make somebody else one first.',
)
const onlyOneself = refuse('role-may-not', 'Only administrators remove others from the team; everybody may leave.')

function alone({ members }: Publisher): Refused | undefined {
  return Object.keys(members).length > 1 ? undefined : onlyAdministrator
}

function lastAdministrator(actorId: string, { members }: Publisher): Refused | undefined {
  const administrators = Object.keys(members).filter((member) => members[member]?.role === 'administrator')
  return administrators.includes(actorId) && administrators.length === 1 ? onlyAdministrator : undefined
}
