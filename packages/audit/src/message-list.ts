import type { EventStore } from '@vitrine/core'
import type { Watching } from './audited.js'
import { type DeliveryFate, fateOf } from './messages-about.js'

/** A message on its way to one recipient. */
export interface ListedMessage extends DeliveryFate {
  readonly messageId: string
  readonly kind: string
  readonly requestedAt: string
  /** The stream of the event that it tells of. */
  readonly about: string
}

export interface MessageListOptions extends Watching {
  /** Only what stands so: `delivered`, `givenUp`, `expired`, `suppressed`, `due`, `underWay`, `waiting`. */
  readonly status?: string
  /** Only what tells of the events of this stream. */
  readonly about?: string
}

/** Every message that is not forgotten, in the order in which they were asked for: one entry for each recipient. */
export async function* messageList(
  messages: EventStore,
  { status, about, onProgress, signal }: MessageListOptions = {},
): AsyncGenerator<ListedMessage> {
  for await (const page of messages.readAll({ types: ['MessageRequested'], ...(signal && { signal }) })) {
    for (const { stream, data } of page.events) {
      const { event } = data as { readonly event: { readonly stream: string } }
      if (about !== undefined && event.stream !== about) continue
      const { messageId, kind, requestedAt, deliveries } = await fateOf(messages, stream)
      for (const delivery of deliveries) {
        if (status !== undefined && delivery.status !== status) continue
        yield { messageId, kind, requestedAt, about: event.stream, ...delivery }
      }
    }
    onProgress?.(page.through?.position ?? 0)
  }
}
