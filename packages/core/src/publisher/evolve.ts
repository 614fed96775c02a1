import { VitrineError } from '../errors.js'
import { newerThanThisCode } from '../event-definition.js'
import { idIn } from '../id.js'
import type { StoredPublisherEvent } from './events.js'
import { type Member, memberIn, type Publisher } from './state.js'

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
    case 'MemberJoined':
      publisher.members[event.data.actorId] = { name: event.data.name, role: event.data.role }
      return
    case 'RoleChanged':
      memberOf(publisher, event.data.actorId).role = event.data.role
      return
    case 'MemberRemoved':
      delete publisher.members[event.data.actorId]
      return
    default:
      throw newerThanThisCode(event)
  }
}

function memberOf(publisher: Publisher, actorId: string): Member {
  const member = memberIn(publisher, actorId)
  if (member) return member
  throw new VitrineError(
    'impossible-history',
    `The history of publisher ${publisher.id} does not fit: ${actorId} is no member here.`,
    {
      stream: `publisher-${publisher.id}`,
    },
  )
}
