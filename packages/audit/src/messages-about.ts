import {
  type Delivery,
  type EventStore,
  evolveMessage,
  noMessage,
  type Recipient,
  type RequestedMessage,
  type StoredMessageEvent,
} from '@vitrine/core'
import { liftMessages, messageKind } from '@vitrine/runtime'
import type { Watching } from './audited.js'
import { eventsOf } from './stream-story.js'

/** A message, and what became of it. */
export interface MessageFate {
  readonly messageId: string
  readonly kind: string
  readonly policy: string
  readonly requestedAt: string
  readonly deliveries: readonly DeliveryFate[]
}

/** What became of a message on its way to one recipient, who is known here by their id alone. */
export interface DeliveryFate extends Omit<Delivery, 'claim'> {
  readonly recipient: number
}

/** The messages that were asked for by events of one stream, by the id of the event. */
export async function messagesAbout(
  messages: EventStore,
  stream: string,
  { onProgress, signal }: Watching = {},
): Promise<ReadonlyMap<string, readonly MessageFate[]>> {
  const found = new Map<string, MessageFate[]>()
  for await (const page of messages.readAll({ types: ['MessageRequested'], ...(signal && { signal }) })) {
    for (const event of page.events) {
      const { event: about } = event.data as { readonly event: { readonly stream: string; readonly id: string } }
      if (about.stream !== stream) continue
      const fate = await fateOf(messages, event.stream)
      found.set(about.id, [...(found.get(about.id) ?? []), fate])
    }
    onProgress?.(page.through?.position ?? 0)
  }
  return found
}

/** Who a message is for, in words. */
export function recipientName(to: Recipient): string {
  switch (to.is) {
    case 'member':
      return `member ${to.actorId}`
    case 'staff':
      return `staff ${to.actorId}`
    case 'address':
      return 'the notification address'
    case 'invitee':
      return `the invitee of ${to.invitationId}`
    case 'endpoint':
      return `endpoint ${to.endpointId}`
    case 'named':
      return to.name
  }
}

/** The fate of the message that has this stream in the log of messages. */
export async function fateOf(messages: EventStore, stream: string): Promise<MessageFate> {
  const lifted = liftMessages.begin(messageKind)
  const message: RequestedMessage = noMessage()
  for await (const event of eventsOf(messages, stream)) evolveMessage(message, lifted(event) as StoredMessageEvent)
  return shown(message)
}

function shown({ id, kind, policy, requestedAt, deliveries }: RequestedMessage): MessageFate {
  const fates = deliveries.map(({ claim: _claim, ...delivery }, recipient) => ({ recipient, ...delivery }))
  return { messageId: id, kind, policy, requestedAt, deliveries: fates }
}
