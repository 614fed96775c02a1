import type { MessageEvent, Recipient, StoredMessageEvent } from '../src/index.js'
import { clock, minute } from './stored-event.js'

export const luc: Recipient = { is: 'member', publisherId: 'p-1', actorId: 'u-luc' }
export const ada: Recipient = { is: 'member', publisherId: 'p-1', actorId: 'u-ada' }
export const rita: Recipient = { is: 'staff', actorId: 'u-rita' }

type Data<Type extends MessageEvent['type']> = Extract<MessageEvent, { type: Type }>['data']

/** Writes the log of messages: a minute from each event to the next, positions from 1, versions by message. */
export function messageStory() {
  const events: StoredMessageEvent[] = []
  const versions = new Map<string, number>()
  const tell = <Type extends MessageEvent['type']>(id: string, type: Type, data: Data<Type>, actor = clock) => {
    const stream = `message-${id}`
    const version = versions.get(stream) ?? 0
    versions.set(stream, version + 1)
    const position = events.length + 1
    const metadata = { actor, occurredAt: minute(position) } as StoredMessageEvent['metadata']
    events.push({ id: `e-${position}`, stream, version, position, type, data, metadata } as StoredMessageEvent)
    return events
  }
  return {
    events,
    tell,
    request: (id: string, recipients: readonly Recipient[], more: Partial<Data<'MessageRequested'>> = {}) =>
      tell(id, 'MessageRequested', {
        policy: 'notify',
        key: 'rejected',
        kind: 'rejected',
        event: { id: 'e-9', stream: 'listing-l-1', version: 4, position: 9, occurredAt: minute(0) },
        recipients: [...recipients],
        notAfter: minute(10_000),
        ...more,
      }),
    attempt: (id: string, recipient: number, attempt: number, claim = `c-${attempt}`) =>
      tell(id, 'MessageAttempted', { recipient, claim, attempt, until: minute(events.length + 3) }),
  }
}
