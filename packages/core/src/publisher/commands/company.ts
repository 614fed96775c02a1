import * as z from 'zod'
import { idIn } from '../../id.js'
import type { Publisher } from '../state.js'
import { administrators, dataOf, operators, publisherRow, text } from './publisher-row.js'

const profile = { name: text, website: z.url({ protocol: /^https?$/ }).optional() }
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
