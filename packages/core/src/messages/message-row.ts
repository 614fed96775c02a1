import type { StoredEvent } from '../event-store.js'
import type { EventNamed, KnownEvent } from '../known-events.js'
import type { StoredLeadEvent } from '../lead/events.js'
import type { Lead } from '../lead/state.js'
import type { StoredListingEvent } from '../listing/events.js'
import type { Listing } from '../listing/state.js'
import type { MessageKind } from '../message-kinds.js'
import type { Sealed } from '../personal.js'
import type { StoredPublisherEvent } from '../publisher/events.js'
import type { Publisher } from '../publisher/state.js'
import type { Rules } from '../rules.js'
import type { MessageFacts } from './facts.js'
import type { Recipient } from './message.js'

/**
 * Whom a message is meant for. Who that is, is looked up once, when the message is requested: `publisher` is its notification
 * address, else its administrators and listers who have not muted the kind, and every endpoint of it that wants the kind;
 * `sales` is the lead's assignee, or every sales member, else the administrators; `reviewers` are all of them.
 */
export type Addressees =
  | { readonly are: 'publisher'; readonly publisherId: string }
  | { readonly are: 'sales'; readonly publisherId: string; readonly leadId: string }
  | { readonly are: 'reviewers' }
  | { readonly are: 'recipients'; readonly recipients: readonly Recipient[] }

/** A message that an event asks for. It is requested once for the event and its key, whoever asks and however often. */
export interface MessageDraft {
  readonly key: string
  readonly kind: string
  readonly to: Addressees
  /** Listings that the message is about beside the event's own: those that have to be found when it is requested. */
  readonly about?: readonly string[]
}

/** The state of the stream that an event stands in. */
export type StateAt<Event extends { readonly type: string }> = Event extends StoredListingEvent
  ? Listing
  : Event extends StoredPublisherEvent
    ? Publisher
    : Event extends StoredLeadEvent
      ? Lead
      : object

/** What stood when an event was written: folded from the log up to there, so that it is the same at any later time. */
export interface AsItStood<Event extends KnownEvent = KnownEvent> {
  /** The event's stream, just before the event. */
  readonly before: StateAt<Event>
  /** Every listing of the publisher, for rows that ask for them; else none. */
  readonly listings: readonly Listing[]
}

/** What the facts of a message are made from, when it is sent. */
export interface FactsContext<Event extends KnownEvent = KnownEvent> {
  /** The event's stream, just before the event and just after it. */
  readonly before: StateAt<Event>
  readonly after: StateAt<Event>
  /** As they are now. The listing is that of the event's stream, or of the lead; there is none for a publisher's events. */
  readonly publisher: Publisher
  readonly listing?: Listing
  /** The listings that the draft named, as they are now, in its order. */
  readonly about: readonly Listing[]
  readonly recipient: Recipient
  readonly rules: Rules
  /** What was sealed; `undefined` when it was erased. Opens what the event and the states hold. */
  open<Plain>(value: Sealed<Plain> | undefined): Plain | undefined
}

/** One row of the table of messages: which event asks for a message, of which kind, whom it is for and what it says. */
export interface MessageRow<
  Type extends KnownEvent['type'] = KnownEvent['type'],
  Kind extends MessageKind = MessageKind,
> {
  readonly on: Type
  readonly kind: Kind
  /** It has to know the listings of the publisher, as they stood. */
  readonly readsListings?: true
  /** Always, when absent. */
  when?(event: EventNamed<Type>, stood: AsItStood<EventNamed<Type> & KnownEvent>): boolean
  to(event: EventNamed<Type>, stood: AsItStood<EventNamed<Type> & KnownEvent>): Addressees
  about?(event: EventNamed<Type>, stood: AsItStood<EventNamed<Type> & KnownEvent>): readonly string[]
  /** Whether what it asks for is done, or no longer wanted, when it is to be sent: then it is not. Never, when absent. */
  settled?(event: EventNamed<Type>, context: FactsContext<EventNamed<Type> & KnownEvent>): boolean
  /** `undefined` when what it would say was erased: then it is not sent. */
  facts(event: EventNamed<Type>, context: FactsContext<EventNamed<Type> & KnownEvent>): MessageFacts[Kind] | undefined
}

/** What facts are made from, in whatever stream the event stands. */
type AnyFactsContext = Omit<FactsContext, 'before' | 'after'> & { readonly before: object; readonly after: object }

/** A row of any event and kind, as a runner sees it. */
export interface AnyMessageRow {
  readonly on: string
  readonly kind: string
  readonly readsListings?: true
  when?(event: StoredEvent, stood: { readonly before: object; readonly listings: readonly Listing[] }): boolean
  to(event: StoredEvent, stood: { readonly before: object; readonly listings: readonly Listing[] }): Addressees
  about?(
    event: StoredEvent,
    stood: { readonly before: object; readonly listings: readonly Listing[] },
  ): readonly string[]
  settled?(event: StoredEvent, context: AnyFactsContext): boolean
  facts(event: StoredEvent, context: AnyFactsContext): object | undefined
}
