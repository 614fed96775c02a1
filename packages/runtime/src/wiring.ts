import type { EventStore, KeyStore } from '@vitrine/core'
import type { Clock, Ids } from './clock-and-ids.js'
import type { Erasures } from './erasures.js'
import type { Logger } from './logger.js'
import type { ParseCommand } from './parse-command.js'
import type { StaffOf } from './staff-of.js'
import type { Streams } from './streams.js'
import type { Tracing } from './tracing.js'
import type { TakeTurns } from './turn-taking.js'

/** What handling a command takes. */
export interface Wiring {
  readonly log: EventStore
  /** The keys of personal data. */
  readonly keys: KeyStore
  readonly erasures: Erasures
  readonly streams: Streams
  readonly parse: ParseCommand
  readonly inTurn: TakeTurns
  readonly staff: StaffOf
  readonly clock: Clock
  readonly ids: Ids
  readonly contentVersion: number
  /** The fingerprint of the rules. */
  readonly rules: string
  /** Whether every event is tied to all before it in its stream. */
  readonly chain: boolean
  /** How often a command is decided before `conflict-exhausted`. */
  readonly attempts: number
  readonly logger: Logger
  readonly tracing: Tracing
}
