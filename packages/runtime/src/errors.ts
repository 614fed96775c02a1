import { VitrineError } from '@vitrine/core'

/**
 * What the runtime could not do. Refusals of the rules are never among them.
 * `conflict-exhausted`: others wrote first, again and again · `overloaded`: too many commands wait for one stream ·
 * `event-not-lifted`, `content-not-lifted`: something of an older version cannot be read · `history-broken`: a stream does not begin at 0 or has a gap · `too-many-hops`: policies react to each other ·
 * `people-unavailable`: the service could not say who its people are ·
 * `runners-at-work`: what must not act meanwhile is at work in another process ·
 * `key-missing`: personal data would be stored whose key is lost · `key-taken`: another process kept a key first ·
 * `view-building`, `view-stopped`, `not-caught-up`: a view cannot answer yet · `publisher-needed`, `person-needed`: a
 * question about a publisher's things must say for whom, and about whose · `staff-unknown`: the service's `staff` gave what is no role.
 */
export type RuntimeErrorCode =
  | 'closed'
  | 'conflict-exhausted'
  | 'content-not-lifted'
  | 'event-not-lifted'
  | 'history-broken'
  | 'invalid-options'
  | 'key-missing'
  | 'key-taken'
  | 'log-replaced'
  | 'not-caught-up'
  | 'not-parked'
  | 'overloaded'
  | 'person-needed'
  | 'people-unavailable'
  | 'publisher-needed'
  | 'runners-at-work'
  | 'staff-only'
  | 'staff-unknown'
  | 'too-many-hops'
  | 'unknown-name'
  | 'view-building'
  | 'view-stopped'

/** A fault of the runtime. Tell them apart by `code`. */
export class RuntimeError extends VitrineError<RuntimeErrorCode> {
  override readonly name = 'RuntimeError'
}

/** The stable code of any error that has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** What an error says, for health reports and records. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
