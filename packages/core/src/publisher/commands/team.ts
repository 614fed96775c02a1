import * as z from 'zod'
import { memberRoles } from '../../actor.js'
import { sameJson } from '../../json.js'
import { type Refused, refuse } from '../../refusal.js'
import { memberIn, type Publisher } from '../state.js'
import { administrators, dataOf, publisherRow, role, text } from './publisher-row.js'

const actorId = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => id !== '__proto__', 'an actor id cannot be __proto__: no object keeps it as a key')

export const addMember = publisherRow(
  'AddMember',
  { actorId, name: text, role },
  {
    who: administrators,
    when: 'they are not on the team yet',
    writes: ['MemberJoined'],
    already: ({ actorId, name, role }, publisher) => sameJson(memberIn(publisher, actorId), { name, role }),
    does: ({ actorId, name, role }, publisher) => {
      const member = memberIn(publisher, actorId)
      if (member) return refuse('member-already', `${member.name} is on the team already, as ${member.role}.`)
      return [{ type: 'MemberJoined', data: { actorId, name, role } }]
    },
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'AddMember', publisherId, ...dataOf(events, 'MemberJoined') },
      made: {},
    }),
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
    when: 'administrators remove anybody, everybody may leave; the last administrator cannot',
    writes: ['MemberRemoved'],
    may: alone,
    does: ({ actorId }, publisher, { asker }) => {
      if (actorId !== asker.id && asker.member !== 'administrator') return onlyOneself
      if (!memberIn(publisher, actorId)) return unknownMember
      return lastAdministrator(actorId, publisher) ?? [{ type: 'MemberRemoved', data: { actorId } }]
    },
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'RemoveMember', publisherId, ...dataOf(events, 'MemberRemoved') },
      made: {},
    }),
  },
)

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
