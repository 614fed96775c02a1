import type * as z from 'zod'
import type { Aggregate } from '../aggregate.js'
import {
  approvePublisher,
  grantAutoApproval,
  grantAutoPublish,
  refusePublisher,
  register,
  reinstatePublisher,
  revokeAutoApproval,
  revokeAutoPublish,
  suspendPublisher,
  updateProfile,
} from './commands/company.js'
import {
  addEndpoint,
  disableEndpoint,
  enableEndpoint,
  removeEndpoint,
  rotateEndpointSecret,
} from './commands/endpoints.js'
import { acceptInvitation, inviteMember, revokeInvitation } from './commands/invitations.js'
import {
  removeNotificationAddress,
  setNotificationAddress,
  setNotificationPreferences,
} from './commands/notifications.js'
import type { PublisherFacts } from './commands/publisher-row.js'
import { addMember, changeRole, removeMember } from './commands/team.js'
import { type PublisherEvent, publisherEvents, type StoredPublisherEvent } from './events.js'
import { evolvePublisher } from './evolve.js'
import { noPublisher, type Publisher, publisherStanding } from './state.js'

/** Every command of a publisher. */
export const publisherRows = {
  Register: register,
  ApprovePublisher: approvePublisher,
  RefusePublisher: refusePublisher,
  SuspendPublisher: suspendPublisher,
  ReinstatePublisher: reinstatePublisher,
  GrantAutoPublish: grantAutoPublish,
  RevokeAutoPublish: revokeAutoPublish,
  GrantAutoApproval: grantAutoApproval,
  RevokeAutoApproval: revokeAutoApproval,
  UpdateProfile: updateProfile,
  AddMember: addMember,
  InviteMember: inviteMember,
  RevokeInvitation: revokeInvitation,
  AcceptInvitation: acceptInvitation,
  ChangeRole: changeRole,
  RemoveMember: removeMember,
  SetNotificationAddress: setNotificationAddress,
  RemoveNotificationAddress: removeNotificationAddress,
  AddEndpoint: addEndpoint,
  DisableEndpoint: disableEndpoint,
  EnableEndpoint: enableEndpoint,
  RotateEndpointSecret: rotateEndpointSecret,
  RemoveEndpoint: removeEndpoint,
  SetNotificationPreferences: setNotificationPreferences,
} as const

/** Anything that can be asked of a publisher. */
export type PublisherCommand = {
  [Type in keyof typeof publisherRows]: z.output<(typeof publisherRows)[Type]['command']>
}[keyof typeof publisherRows]

/** The same as a caller writes it: what has a default may be left out. */
export type PublisherRequest = {
  [Type in keyof typeof publisherRows]: z.input<(typeof publisherRows)[Type]['command']>
}[keyof typeof publisherRows]

/** Publishers: one stream each, `publisher-<id>`. Time decides nothing here. */
export const publisherAggregate: Aggregate<Publisher, PublisherFacts, PublisherEvent> = {
  noun: 'publisher',
  prefix: 'publisher-',
  idField: 'publisherId',
  events: publisherEvents,
  personal: {
    fields: ['members', 'invitations', 'notificationAddress', 'endpoints'],
    opens: ({ role }) => role === 'administrator',
  },
  hidden: ['secrets'],
  standing: publisherStanding,
  decider: {
    initial: noPublisher,
    evolve: (publisher, event) => evolvePublisher(publisher, event as StoredPublisherEvent),
  },
  rows: publisherRows,
  overdue: () => [],
}
