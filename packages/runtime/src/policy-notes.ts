import type { AnyCommand, CommandReaction, JsonObject, Person, Refusal, StoredEvent } from '@vitrine/core'
import { codeOf, reasonOf } from './errors.js'

/** A stream that stands still for one policy: what came after the event waits behind it. */
export interface Parked {
  readonly policy: string
  readonly stream: string
  /** Of the event that the policy could not handle. */
  readonly version: number
  readonly position: number
  readonly eventId: string
  readonly type: string
  readonly code: string
  readonly reason: string
  readonly since: string
}

/** What a policy remembers beside its place in the log. `is` is what it can be found by. */
export interface Note {
  readonly key: string
  readonly document: JsonObject
}

export function parkedKey(stream: string): string {
  return `parked ${stream}`
}

/** Notes that the policy could not handle an event, and that its stream waits from here on. */
export function parkedNote(policy: string, event: StoredEvent, error: unknown, since: string): Note {
  const { stream, version, position, id: eventId, type } = event
  const failed = { code: codeOf(error) ?? 'policy-threw', reason: reasonOf(error), since }
  return {
    key: parkedKey(stream),
    document: { is: 'parked', policy, stream, version, position, eventId, type, ...failed },
  }
}

/** Notes the last refusal in a stream: it is not tried again. */
export function refusedNote(
  event: StoredEvent,
  { key, command }: CommandReaction,
  { code, message }: Refusal,
  at: string,
): Note {
  const { stream, version, id: eventId } = event
  const what = { command: typeOf(command), reaction: key, code, message, at }
  return { key: `refused ${stream}`, document: { is: 'refused', stream, version, eventId, ...what } }
}

/** Who decided what becomes of a parked stream, and why. */
export interface Decided {
  readonly by: Person
  readonly why: string
}

/** Notes who decided to go on without an event, or to try it again, and why. */
export function decidedNote(
  is: 'skipped' | 'retried',
  { stream, version, eventId, reason }: Parked,
  { by, why }: Decided,
  at: string,
): Note {
  const who = { id: by.id, name: by.name }
  return { key: `${is} ${eventId}`, document: { is, stream, version, eventId, reason, by: who, why, at } }
}

function typeOf({ type }: AnyCommand): string {
  return type
}
