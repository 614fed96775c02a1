import {
  type Asker,
  evolveMessage,
  type MessageEvent,
  type MessageLog,
  messageEvents,
  noMessage,
  type RequestedMessage,
  type StoredMessageEvent,
} from '@vitrine/core'
import type { Clock, Ids } from './clock-and-ids.js'
import { unplaced, wrap } from './envelope.js'
import { codeOf } from './errors.js'
import type { Folded } from './folded.js'
import type { StreamKind } from './host.js'
import { instantText } from './instant.js'
import { type Lift, liftBy } from './lift-event.js'
import { laterOf } from './look.js'
import { streamStates } from './streams.js'

/** The one kind of stream in the log of messages. */
export const messageKind: StreamKind = {
  prefix: 'message-',
  events: messageEvents,
  decider: {
    initial: noMessage,
    evolve: (message, event) => evolveMessage(message as RequestedMessage, event as StoredMessageEvent),
  },
}

/** A message as the log of messages has it now. Its id is empty when it was never requested, or is forgotten. */
export interface MessageAt {
  readonly message: RequestedMessage
  readonly folded: Folded
}

/** Who writes, why, and what it comes of. */
export interface MessageWriting {
  readonly type: string
  readonly by: Asker
  readonly correlationId?: string
  readonly causationId?: string
}

/** Messages, read afresh and written at the version that was read. */
export interface MessageStreams {
  read(messageId: string): Promise<MessageAt>
  /** The position of what was written; `undefined` when somebody else was first, or has written the very same. */
  write(at: MessageAt, events: readonly MessageEvent[], writing: MessageWriting): Promise<number | undefined>
}

/** Lifts the events of messages to the shape of today. They hold no content. */
export const liftMessages: Lift = liftBy({ contentVersion: 1, upcastContent: (content) => content })

export function messageStreams(log: MessageLog, { clock, ids }: { clock: Clock; ids: Ids }): MessageStreams {
  const streams = streamStates(log, [messageKind], { lift: liftMessages, limit: 1 })
  return {
    async read(messageId) {
      const { folded } = await streams.upTo(`${messageKind.prefix}${messageId}`, () => true)
      return { message: folded.state as RequestedMessage, folded }
    },
    async write({ folded }, events, { type, by, ...origin }) {
      const commandId = ids.uuid()
      const { correlationId = commandId, causationId = commandId } = origin
      const envelope = {
        commandId,
        commandType: type,
        hash: '',
        asker: by,
        occurredAt: laterOf(instantText(clock()), folded.occurredAt),
        correlationId,
        causationId,
        contentVersion: 1,
        rules: '',
        basis: [],
        hops: 0,
      }
      const { stream, version } = folded
      const place = { definitions: messageEvents, stream, after: version, newId: ids.uuid }
      const write = { stream, expected: version, events: wrap(envelope, events, place).map(unplaced) }
      try {
        const { duplicate, position } = await log.append({ writes: [write] })
        return duplicate ? undefined : position
      } catch (error) {
        if (codeOf(error) === 'conflict') return undefined
        throw error
      }
    },
  }
}
