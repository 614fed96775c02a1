import { VitrineError } from '../errors.js'
import { newerThanThisCode } from '../event-definition.js'
import { idIn } from '../id.js'
import type { StoredMessageEvent } from './events.js'
import type { Delivery, DeliveryEnd, RequestedMessage } from './state.js'

/** One event later. A recipe: it changes the message that it is given. */
export function evolveMessage(message: RequestedMessage, event: StoredMessageEvent): void {
  switch (event.type) {
    case 'MessageRequested':
      request(message, event)
      return
    case 'MessageAttempted': {
      const { claim: id, attempt, until } = event.data
      Object.assign(begun(deliveryOf(message, event), 'underWay'), { attempts: attempt, claim: { id, until } })
      return
    }
    case 'MessageDelivered':
      end(message, event, 'delivered').receipt = event.data.receipt
      return
    case 'MessageFailed': {
      const { reason, nextAt } = event.data
      Object.assign(begun(deliveryOf(message, event), 'waiting'), { reason, nextAt })
      return
    }
    case 'MessageGivenUp':
    case 'MessageSuppressed':
      end(message, event, event.type === 'MessageGivenUp' ? 'givenUp' : 'suppressed').reason = event.data.reason
      return
    case 'MessageExpired':
      end(message, event, 'expired')
      return
    case 'MessageResent':
      resend(message, event)
      return
    default:
      throw newerThanThisCode(event)
  }
}

function request(message: RequestedMessage, { data, metadata, position, ...event }: Event<'MessageRequested'>): void {
  const { policy, key, kind, recipients, notAfter, about = [] } = data
  const deliveries = recipients.map((to) => ({ to, status: 'due' as const, attempts: 0, notAfter }))
  const requestedAt = metadata.occurredAt
  Object.assign(message, { policy, key, kind, event: data.event, about, deliveries, requestedAt, position })
  message.id = idIn(event)
}

function resend(message: RequestedMessage, event: Event<'MessageResent'>): void {
  const { actor, occurredAt } = event.metadata
  const delivery = begun(deliveryOf(message, event), 'due')
  const by = { id: actor.id, name: actor.name, role: actor.role }
  delete delivery.reason
  Object.assign(delivery, {
    attempts: 0,
    notAfter: event.data.notAfter,
    resent: { by, why: event.data.why, at: occurredAt },
  })
}

function end(message: RequestedMessage, event: DeliveryEvent, how: DeliveryEnd): Delivery {
  const delivery = begun(deliveryOf(message, event), how)
  delivery.endedAt = event.metadata.occurredAt
  delete delivery.reason
  return delivery
}

/** The delivery in its next status, without what belonged to the one before. */
function begun(delivery: Delivery, status: Delivery['status']): Delivery {
  for (const field of ['claim', 'nextAt', 'endedAt', 'receipt'] as const) delete delivery[field]
  delivery.status = status
  return delivery
}

function deliveryOf(message: RequestedMessage, { stream, data }: DeliveryEvent): Delivery {
  const delivery = message.deliveries[data.recipient]
  if (delivery) return delivery
  const sentence = `The history of ${stream} does not fit: it has no recipient ${data.recipient}.`
  throw new VitrineError('impossible-history', sentence, { stream })
}

type Event<Type extends StoredMessageEvent['type']> = Extract<StoredMessageEvent, { type: Type }>
type DeliveryEvent = Exclude<StoredMessageEvent, { type: 'MessageRequested' }>
