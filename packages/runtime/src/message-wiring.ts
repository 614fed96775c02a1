import type { AnyMessageRow, AnyPolicy, Rules } from '@vitrine/core'
import type { Deliver } from './delivered-event.js'
import type { MessageRules } from './message-options.js'
import type { MessageStreams } from './message-streams.js'
import type { People } from './people.js'
import type { ReadDocuments } from './read-documents.js'
import type { Wiring } from './wiring.js'

/** What requesting and making messages takes. */
export interface MessageWiring {
  readonly wiring: Wiring
  readonly streams: MessageStreams
  /** The table of messages. */
  readonly rows: readonly AnyMessageRow[]
  /** The policies that are run here, by which their own messages are made. */
  readonly policies: readonly AnyPolicy[]
  readonly people: People
  readonly rules: Rules
  readonly messageRules: MessageRules
  /** Lifts events of the log to the shape of today. */
  readonly deliver: Deliver
  readonly documents: ReadDocuments
}
