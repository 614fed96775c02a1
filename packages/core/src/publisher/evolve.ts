import { VitrineError } from '../errors.js'
import { newerThanThisCode } from '../event-definition.js'
import { idIn } from '../id.js'
import type { StoredPublisherEvent } from './events.js'
import {
  type Endpoint,
  endpointIn,
  type Invitation,
  type Member,
  memberIn,
  type NotificationAddress,
  type Publisher,
} from './state.js'

/** One event later. A recipe: it changes the publisher that it is given. */
export function evolvePublisher(publisher: Publisher, event: StoredPublisherEvent): void {
  switch (event.type) {
    case 'Registered':
      publisher.id = idIn(event)
      publisher.status = 'pending'
      publisher.profile = { ...event.data }
      return
    case 'PublisherApproved':
    case 'PublisherReinstated':
      publisher.status = 'approved'
      delete publisher.reason
      return
    case 'PublisherRefused':
      publisher.status = 'refused'
      publisher.reason = event.data.reason
      return
    case 'PublisherSuspended':
      publisher.status = 'suspended'
      publisher.reason = event.data.reason
      return
    case 'AutoPublishGranted':
      publisher.rights.autoPublish = true
      return
    case 'AutoPublishRevoked':
      publisher.rights.autoPublish = false
      return
    case 'AutoApprovalGranted':
      publisher.rights.autoApproval = true
      return
    case 'AutoApprovalRevoked':
      publisher.rights.autoApproval = false
      return
    case 'ProfileUpdated':
      publisher.profile = { ...event.data }
      return
    case 'MemberInvited':
      invite(publisher, event)
      return
    case 'InvitationRevoked':
      endInvitation(publisher, event.data.invitationId, 'revoked')
      delete publisher.secrets[event.data.invitationId]
      return
    case 'MemberJoined':
      join(publisher, event.data)
      return
    case 'RoleChanged':
      memberOf(publisher, event.data.actorId).role = event.data.role
      return
    case 'MemberRemoved':
      delete publisher.members[event.data.actorId]
      if (event.data.invitationId !== undefined) delete publisher.secrets[event.data.invitationId]
      return
    case 'NotificationAddressSet':
      publisher.notificationAddress = addressOf(event.data)
      return
    case 'NotificationAddressRemoved':
      delete publisher.notificationAddress
      return
    case 'EndpointAdded':
      publisher.endpoints[event.data.endpointId] = endpointOf(event.data)
      return
    case 'EndpointDisabled':
    case 'EndpointEnabled':
      switchEndpoint(publisher, event)
      return
    case 'EndpointSecretRotated':
      rotate(namedEndpoint(publisher, event.data.endpointId), event.data)
      return
    case 'EndpointRemoved':
      delete publisher.endpoints[event.data.endpointId]
      return
    case 'NotificationPreferencesSet':
      memberOf(publisher, event.data.actorId).muted = [...event.data.muted]
      return
    default:
      throw newerThanThisCode(event)
  }
}

function invite(publisher: Publisher, { data, metadata: { actor } }: Event<'MemberInvited'>): void {
  const { invitationId, email, role, locale, until, secretHash } = data
  const invitedBy = { id: actor.id, name: actor.name }
  publisher.invitations[invitationId] = { email, role, locale, until, invitedBy }
  publisher.secrets[invitationId] = secretHash
}

function endInvitation(publisher: Publisher, invitationId: string, how: 'used' | 'revoked'): Invitation {
  const invitation = publisher.invitations[invitationId]
  if (!invitation) throw impossible(publisher, `there is no open invitation ${invitationId}`)
  delete publisher.invitations[invitationId]
  publisher.endedInvitations[invitationId] = how
  return invitation
}

function join(publisher: Publisher, { actorId, name, role, invitationId }: Event<'MemberJoined'>['data']): void {
  if (invitationId === undefined) {
    publisher.members[actorId] = { name, role }
    return
  }
  const { email, locale } = endInvitation(publisher, invitationId, 'used')
  publisher.members[actorId] = { name, role, invitationId, email, locale }
}

function addressOf({ addressId, email, locale }: Event<'NotificationAddressSet'>['data']): NotificationAddress {
  return { id: addressId, email, locale }
}

function endpointOf({ url, kinds, secret }: Event<'EndpointAdded'>['data']): Endpoint {
  const endpoint: Endpoint = { url, status: 'enabled', secret }
  return kinds ? { ...endpoint, kinds: [...kinds] } : endpoint
}

function switchEndpoint(publisher: Publisher, event: Event<'EndpointDisabled' | 'EndpointEnabled'>): void {
  const endpoint = namedEndpoint(publisher, event.data.endpointId)
  endpoint.status = event.type === 'EndpointEnabled' ? 'enabled' : 'disabled'
  delete endpoint.cause
  if (event.type === 'EndpointDisabled' && event.data.cause) endpoint.cause = event.data.cause
}

function rotate(endpoint: Endpoint, { secret, until }: Event<'EndpointSecretRotated'>['data']): void {
  endpoint.before = { secret: endpoint.secret, until }
  endpoint.secret = secret
}

function namedEndpoint(publisher: Publisher, endpointId: string): Endpoint {
  const endpoint = endpointIn(publisher, endpointId)
  if (endpoint) return endpoint
  throw impossible(publisher, `there is no endpoint ${endpointId}`)
}

function memberOf(publisher: Publisher, actorId: string): Member {
  const member = memberIn(publisher, actorId)
  if (member) return member
  throw impossible(publisher, `${actorId} is no member here`)
}

function impossible({ id }: Publisher, why: string): VitrineError {
  const message = `The history of publisher ${id} does not fit: ${why}.`
  return new VitrineError('impossible-history', message, { stream: `publisher-${id}` })
}

type Event<Type extends StoredPublisherEvent['type']> = Extract<StoredPublisherEvent, { type: Type }>
