import {
  deliveries,
  isOpen,
  type MessageEvent,
  type Person,
  publisherOfMessage,
  type Refused,
  type RequestedMessage,
  refuse,
  viewerKind,
} from '@vitrine/core'
import { isId } from './is-id.js'
import type { MessageWiring } from './message-wiring.js'
import { invalidCommand } from './parse-command.js'
import { askerOf } from './task.js'
import { viewerOf } from './viewer-of.js'

/** Which delivery is to be sent again, who asks for it, and why. */
export interface Resending {
  readonly messageId: string
  /** As the view of deliveries counts them. */
  readonly recipient: number
  readonly by: Person
  readonly why: string
}

const day = 86_400_000

/**
 * Makes a delivery due again that has ended without having arrived. Who asked, and why, is recorded. Administrators of the
 * publisher and staff may; to everybody else the message does not exist.
 */
export async function resendMessage(
  wiring: MessageWiring,
  { messageId, recipient, by, why }: Resending,
): Promise<{ readonly position: number } | Refused> {
  const asker = await askerOf(wiring.wiring, by)
  if ('refused' in asker) return asker
  if (typeof why !== 'string' || why.trim() === '') {
    return invalidCommand('A message is sent again for a reason, which is recorded.', 'why', 'is empty')
  }
  if (!isId(messageId)) return unknownMessage
  for (;;) {
    const at = await wiring.streams.read(messageId)
    const role = await roleHere(wiring, by, at.message)
    const refused = role ? whyNot(at.message, recipient) : unknownMessage
    if (refused) return refused
    const notAfter = wiring.wiring.clock().getTime() + wiring.messageRules.expireAfterDays * day
    const event: MessageEvent = {
      type: 'MessageResent',
      data: { recipient, why: why.trim(), notAfter: new Date(notAfter).toISOString() },
    }
    const position = await wiring.streams.write(at, [event], { type: 'ResendMessage', by: { ...asker, ...role } })
    if (position !== undefined) return { position }
  }
}

/** As what somebody may see a message, and with that have it sent again. */
async function roleHere(
  { wiring }: MessageWiring,
  by: Person,
  message: RequestedMessage,
): Promise<{ readonly member?: 'administrator' } | undefined> {
  if (message.id === '') return undefined
  const viewer = await viewerOf(wiring, by, publisherOfMessage(message) ?? '')
  const kind = viewerKind(viewer, deliveries.seenBy)
  if (kind === 'outsider') return undefined
  return kind === 'member' ? { member: 'administrator' } : {}
}

function whyNot({ deliveries }: RequestedMessage, recipient: number): Refused | undefined {
  const delivery = deliveries[recipient]
  if (!delivery) return refuse('unknown-recipient', `The message has no recipient ${recipient}.`)
  if (isOpen(delivery))
    return refuse('message-under-way', 'The message is still being sent; there is nothing to repeat.')
  if (delivery.status === 'delivered')
    return refuse('message-delivered', 'The message has arrived; it is not repeated.')
  return undefined
}

const unknownMessage = refuse('unknown-message', 'There is no message with this id.')
