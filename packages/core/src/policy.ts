import { v5 as uuidv5 } from 'uuid'
import type { AnyCommand } from './decide.js'
import type { StoredEvent } from './event-store.js'
import type { EventNamed } from './known-events.js'
import type { OwnMessage } from './messages/own-message.js'
import type { AnyView, View } from './view.js'
import type { IndexValue } from './view-store.js'

/** What a policy asks for. `key` names its subject: the same event, policy and key are acted on once, for ever. */
export type Reaction = CommandReaction | MessageReaction

/** A command, given in the system's name. */
export interface CommandReaction {
  readonly key: string
  readonly command: AnyCommand
}

/** Something to be told. Made by {@link message}. */
export interface MessageReaction {
  readonly key: string
  readonly message: OwnMessage
}

/** A policy as a pure value: from an event to commands and messages. */
export interface Policy<Event extends { readonly type: string } = StoredEvent> {
  readonly name: string
  readonly on: { readonly [Type in Event['type']]?: (event: Extract<Event, { type: Type }>) => readonly Reaction[] }
  /** Beside `on`: what is done about each of the documents that an event concerns. */
  readonly forEach?: { readonly [Type in Event['type']]?: ForEachDocument<Extract<Event, { type: Type }>> }
}

/** What a policy does about each document of a view that an event concerns. Made by {@link forEachDocument}. */
export interface ForEachDocument<Event> {
  readonly view: AnyView
  readonly where: (event: Event) => { readonly [field: string]: IndexValue }
  readonly react: (event: Event, shown: object) => readonly CommandReaction[]
}

/**
 * Reactions to an event for each document of a view whose fields equal what `where` gives; the view has an index of them.
 * It is read when it has handled the event, or later ones too: what has changed since is for the decision to tell.
 * Documents are given one by one, as the view shows them to the service's own code, with what is personal sealed.
 */
export function forEachDocument<Event, Type extends string, Shown extends object>(
  view: View<object, Type, Shown>,
  each: {
    readonly where: ForEachDocument<Event>['where']
    readonly react: (event: Event, shown: Shown) => readonly CommandReaction[]
  },
): ForEachDocument<Event> {
  return { view, where: each.where, react: (event, shown) => each.react(event, shown as Shown) }
}

/** Declares a policy of one's own. Events are typed by their name; of a name that this code does not know, they are as the log holds them. */
export function definePolicy<const Type extends string>(policy: {
  readonly name: string
  readonly on: { readonly [Name in Type]: (event: EventNamed<Name>) => readonly Reaction[] }
  readonly forEach?: AnyPolicy['forEach']
}): AnyPolicy {
  return policy as AnyPolicy
}

/**
 * Something that a policy tells: of which kind, to whom, what it says. Only that it was asked for is stored: when it is sent,
 * the policy is run again on the event for what it says and for the address.
 */
export function message({ key, ...told }: OwnMessage & { readonly key: string }): MessageReaction {
  return { key, message: told }
}

/** A policy over any events, as a runner sees it. */
export interface AnyPolicy {
  readonly name: string
  readonly on: { readonly [type: string]: ((event: never) => readonly Reaction[]) | undefined }
  readonly forEach?: { readonly [type: string]: ForEachDocument<never> | undefined }
}

/** The command id of a reaction: running a policy twice over an event asks under the same id, and writes once. */
export function reactionId(eventId: string, policy: string, key: string): string {
  return uuidv5(JSON.stringify(['reaction', eventId, policy, key]), namespace)
}

/** What tells a deadline from every other one of its stream: of a publication, or of a first response. */
export type DeadlineOf =
  | { readonly submissionId: string; readonly publishBy: string; readonly threshold?: number }
  | { readonly respondBy: string }
  | { readonly slug: string; readonly reservedAt: number }

/** The command id of what time decides, made from the state alone: whoever asks first, the others find it written. */
export function deadlineCommandId(stream: string, type: string, deadline: DeadlineOf): string {
  return uuidv5(JSON.stringify(['deadline', stream, type, ...partsOf(deadline)]), namespace)
}

/** The id of an aggregate whose caller brought none: the same actor and command id make the same one (a retry makes nothing twice). */
export function idFromCommand(actorId: string, commandId: string): string {
  return uuidv5(JSON.stringify(['aggregate', actorId, commandId]), namespace)
}

/** The id of what a command adds to a stream, where a repeat must find the same: it owns personal values. */
export function madeFromCommand(stream: string, actorId: string, commandId: string): string {
  return uuidv5(JSON.stringify(['made', stream, actorId, commandId]), namespace)
}

/** The id of a message: an event, a policy and a key ask for one message, whoever runs the policy, and however often. */
export function messageId(eventId: string, policy: string, key: string): string {
  return uuidv5(JSON.stringify(['message', eventId, policy, key]), namespace)
}

/** The id under which one recipient gets a message, at every attempt; counted from 0. */
export function deliveryId(messageId: string, recipient: number): string {
  return uuidv5(JSON.stringify(['delivery', messageId, recipient]), namespace)
}

const namespace = '6f9d2a1e-5c7b-4c3e-9d64-1f0b7e2a8c55'

function partsOf(deadline: DeadlineOf): readonly (string | number | null)[] {
  if ('respondBy' in deadline) return [deadline.respondBy]
  if ('slug' in deadline) return [deadline.slug, deadline.reservedAt]
  return [deadline.submissionId, deadline.publishBy, deadline.threshold ?? null]
}
