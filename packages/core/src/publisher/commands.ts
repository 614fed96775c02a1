import * as z from 'zod'
import { memberRoles } from '../actor.js'
import { readingOf } from '../event-definition.js'
import { id, idIn } from '../id.js'
import { sameJson } from '../json.js'
import { type Refused, refuse } from '../refusal.js'
import type { Facts, Row } from '../row.js'
import type { Rules } from '../rules.js'
import { type PublisherEvent, publisherEvents } from './events.js'
import { memberIn, type Publisher } from './state.js'

/** What decisions on a publisher lean on: nothing but itself. */
export interface PublisherFacts extends Facts {
  readonly rules: Rules
}

type SchemaOf<Type extends string, Fields extends z.ZodRawShape> = z.ZodObject<
  { type: z.ZodLiteral<Type>; publisherId: z.ZodString } & Fields,
  z.core.$strict
>

type CommandOf<Type extends string, Fields extends z.ZodRawShape> = z.output<SchemaOf<Type, Fields>>

type RowOf<Type extends string, Fields extends z.ZodRawShape> = Row<
  Publisher,
  PublisherFacts,
  CommandOf<Type, Fields>,
  PublisherEvent
>

function publisherRow<const Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  parts: Omit<RowOf<Type, Fields>, 'type' | 'command'>,
): RowOf<Type, Fields> & { readonly type: Type; readonly command: SchemaOf<Type, Fields> } {
  const command = z.strictObject({ type: z.literal(type), publisherId: id, ...fields })
  return { type, command, ...parts }
}

const { dataOf } = readingOf(publisherEvents)
const text = z.string().trim().min(1).max(2_000)
const actorId = z
  .string()
  .min(1)
  .max(200)
  .refine((id) => id !== '__proto__', 'an actor id cannot be __proto__: no object keeps it as a key')
const role = z.enum(memberRoles)
const profile = { name: text, website: z.url({ protocol: /^https?$/ }).optional() }

const operators = { staff: ['operator'] } as const
const administrators = { members: ['administrator'] } as const
const inBusiness = { status: ['approved', 'suspended'] } as const

export const register = publisherRow('Register', profile, {
  who: { person: true },
  begins: true,
  when: 'who registers becomes the first administrator',
  writes: ['Registered', 'MemberJoined'],
  does: ({ name, website }, _publisher, { asker }) => [
    { type: 'Registered', data: profileData(name, website) },
    { type: 'MemberJoined', data: { actorId: asker.id, name: asker.name, role: 'administrator' } },
  ],
  commandOf: (events) => ({
    command: { type: 'Register', publisherId: idIn(events[0]!), ...dataOf(events, 'Registered') },
    made: {},
  }),
})

export const approvePublisher = publisherRow(
  'ApprovePublisher',
  {},
  {
    who: operators,
    from: { status: ['pending', 'refused'] },
    writes: ['PublisherApproved'],
    already: (_command, { status }) => status === 'approved',
    does: () => [{ type: 'PublisherApproved', data: {} }],
    commandOf: (_events, { id: publisherId }) => ({ command: { type: 'ApprovePublisher', publisherId }, made: {} }),
  },
)

export const refusePublisher = publisherRow(
  'RefusePublisher',
  { reason: text },
  {
    who: operators,
    from: { status: ['pending'] },
    writes: ['PublisherRefused'],
    already: ({ reason }, publisher) => publisher.status === 'refused' && publisher.reason === reason,
    does: ({ reason }) => [{ type: 'PublisherRefused', data: { reason } }],
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'RefusePublisher', publisherId, ...dataOf(events, 'PublisherRefused') },
      made: {},
    }),
  },
)

export const suspendPublisher = publisherRow(
  'SuspendPublisher',
  { reason: text },
  {
    who: operators,
    from: { status: ['approved'] },
    when: 'its live listings stay live; submitting, publishing and making public end (T22)',
    writes: ['PublisherSuspended'],
    already: ({ reason }, publisher) => publisher.status === 'suspended' && publisher.reason === reason,
    does: ({ reason }) => [{ type: 'PublisherSuspended', data: { reason } }],
    commandOf: (events, { id: publisherId }) => ({
      command: { type: 'SuspendPublisher', publisherId, ...dataOf(events, 'PublisherSuspended') },
      made: {},
    }),
  },
)

export const reinstatePublisher = publisherRow(
  'ReinstatePublisher',
  {},
  {
    who: operators,
    from: { status: ['suspended'] },
    writes: ['PublisherReinstated'],
    already: (_command, { status }) => status === 'approved',
    does: () => [{ type: 'PublisherReinstated', data: {} }],
    commandOf: (_events, { id: publisherId }) => ({ command: { type: 'ReinstatePublisher', publisherId }, made: {} }),
  },
)

export const grantAutoPublish = rightRow('GrantAutoPublish', 'AutoPublishGranted', ({ rights }) => rights.autoPublish)
export const revokeAutoPublish = rightRow(
  'RevokeAutoPublish',
  'AutoPublishRevoked',
  ({ rights }) => !rights.autoPublish,
)
export const grantAutoApproval = rightRow(
  'GrantAutoApproval',
  'AutoApprovalGranted',
  ({ rights }) => rights.autoApproval,
)
export const revokeAutoApproval = rightRow(
  'RevokeAutoApproval',
  'AutoApprovalRevoked',
  ({ rights }) => !rights.autoApproval,
)

export const updateProfile = publisherRow('UpdateProfile', profile, {
  who: administrators,
  writes: ['ProfileUpdated'],
  already: ({ name, website }, { profile }) => profile.name === name && profile.website === website,
  does: ({ name, website }) => [{ type: 'ProfileUpdated', data: profileData(name, website) }],
  commandOf: (events, { id: publisherId }) => ({
    command: { type: 'UpdateProfile', publisherId, ...dataOf(events, 'ProfileUpdated') },
    made: {},
  }),
})

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

type RightEvent = 'AutoPublishGranted' | 'AutoPublishRevoked' | 'AutoApprovalGranted' | 'AutoApprovalRevoked'

function rightRow<const Type extends string>(type: Type, event: RightEvent, holds: (publisher: Publisher) => boolean) {
  return publisherRow(
    type,
    {},
    {
      who: operators,
      from: inBusiness,
      writes: [event],
      already: (_command, publisher) => holds(publisher),
      does: () => [{ type: event, data: {} }],
      commandOf: (_events, { id: publisherId }) => ({ command: { type, publisherId }, made: {} }),
    },
  )
}

function profileData(name: string, website: string | undefined): { name: string; website?: string } {
  return website === undefined ? { name } : { name, website }
}

function alone({ members }: Publisher): Refused | undefined {
  return Object.keys(members).length > 1 ? undefined : onlyAdministrator
}

function lastAdministrator(actorId: string, { members }: Publisher): Refused | undefined {
  const administrators = Object.keys(members).filter((member) => members[member]?.role === 'administrator')
  return administrators.includes(actorId) && administrators.length === 1 ? onlyAdministrator : undefined
}
