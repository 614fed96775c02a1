import { v5 as uuidv5 } from 'uuid'
import type { AnyCommand } from './decide.js'
import type { StoredEvent } from './event-store.js'

/** What a policy asks for. `key` names its subject: the same event, policy and key are acted on once, for ever. */
export interface Reaction {
  readonly key: string
  readonly command: AnyCommand
}

/** A policy as a pure value: from an event to commands, given in the system's name. */
export interface Policy<Event extends { readonly type: string } = StoredEvent> {
  readonly name: string
  readonly on: { readonly [Type in Event['type']]?: (event: Extract<Event, { type: Type }>) => readonly Reaction[] }
}

/** A policy over any events, as a runner sees it. */
export interface AnyPolicy {
  readonly name: string
  readonly on: { readonly [type: string]: ((event: never) => readonly Reaction[]) | undefined }
}

/** The command id of a reaction: running a policy twice over an event asks under the same id, and writes once. */
export function reactionId(eventId: string, policy: string, key: string): string {
  return uuidv5(JSON.stringify(['reaction', eventId, policy, key]), namespace)
}

/** The command id of what time decides, made from the state alone: whoever asks first, the others find it written. */
export function deadlineCommandId(
  stream: string,
  type: string,
  deadline: { submissionId: string; publishBy: string; threshold?: number },
): string {
  const { submissionId, publishBy, threshold = null } = deadline
  return uuidv5(JSON.stringify(['deadline', stream, type, submissionId, publishBy, threshold]), namespace)
}

/** The id of an aggregate whose caller brought none: the same actor and command id make the same one (a retry makes nothing twice). */
export function idFromCommand(actorId: string, commandId: string): string {
  return uuidv5(JSON.stringify(['aggregate', actorId, commandId]), namespace)
}

/** The id of what a command adds to a stream, where a repeat must find the same: it owns personal values. */
export function madeFromCommand(stream: string, actorId: string, commandId: string): string {
  return uuidv5(JSON.stringify(['made', stream, actorId, commandId]), namespace)
}

const namespace = '6f9d2a1e-5c7b-4c3e-9d64-1f0b7e2a8c55'
