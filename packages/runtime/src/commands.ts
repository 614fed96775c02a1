import type {
  AnyContentOf,
  FieldOf,
  Kinds,
  Lead,
  LeadRequest,
  Listing,
  ListingRequest,
  Opened,
  Person,
  Publisher,
  PublisherRequest,
  Sealed,
  SeenEvent,
  SeenMetadata,
  StoredLeadEvent,
  StoredListingEvent,
  StoredPublisherEvent,
  ValueOf,
  Version,
} from '@vitrine/core'
import type { Done, NotDone } from './outcome.js'

/** What Revise may change: fields of the kinds, `null` to remove one. */
export type ChangesOf<K extends Kinds> = { readonly [Field in FieldOf<K>]?: ValueOf<K, Field> | null }

/** Anything that can be asked of a marketplace with these kinds. The ids of what is begun are made when left out. */
export type Command<K extends Kinds> = Typed<
  Begun<ListingRequest, 'listingId'> | Begun<PublisherRequest, 'publisherId'> | Begun<LeadRequest, 'leadId'>,
  K
>

/** The answer to a command: what it did, or why not. */
export type Answer<K extends Kinds, Type extends string> =
  | (Type extends PublisherRequest['type']
      ? Done<Opened<Seen<SeenPublisherEvent>>, PublisherState>
      : Type extends LeadRequest['type']
        ? Done<Opened<Seen<StoredLeadEvent>>, Type extends 'CaptureLead' ? CapturedLead : LeadState>
        : Done<Typed<Seen<StoredListingEvent>, K>, ListingState<K>>)
  | NotDone

/** A listing as it is now. What is for staff alone is left out for everybody else. */
export type ListingState<K extends Kinds> = Typed<Omit<Listing, 'staffOnly'> & Partial<Pick<Listing, 'staffOnly'>>, K>

/** A publisher as it is now, without what no answer holds. */
export type PublisherState = Opened<Omit<Publisher, 'secrets'>>

/** Of an invitation, what lets somebody in is in no answer; the secret of an endpoint is for administrators to read. */
type SeenPublisherEvent = WithoutSecret<StoredPublisherEvent>

type WithoutSecret<Event extends { readonly data: object }> = Event extends unknown
  ? Omit<Event, 'data'> & {
      readonly data: Omit<
        Event['data'],
        Event extends { readonly type: 'MemberInvited' } ? 'secret' | 'secretHash' : never
      >
    }
  : never

/** A lead as it is now. */
export type LeadState = Opened<Lead>

/** What a visitor gets to know of the lead that they left. */
export type CapturedLead = Pick<Lead, 'id' | 'listingId' | 'status' | 'consent' | 'capturedAt'>

/** Who asks, and how. */
export interface ExecuteOptions {
  /** A person as the service knows them: their roles come from the log and from `staff`. */
  readonly by: Person | 'visitor'
  /** 1–128 visible ASCII characters. The same id makes a repeat of the same command write nothing twice. */
  readonly commandId?: string
  /** The version that the caller saw. When the stream has moved on, the command is refused at once. */
  readonly expectedVersion?: Version
  /** Goes through everything that comes of the command; the command's id by default. */
  readonly correlationId?: string
}

/** An event as a viewer sees it. */
export type Seen<Event extends { readonly metadata: object }> = Event extends unknown
  ? Omit<Event, 'metadata'> & { readonly metadata: SeenMetadata & Partial<Event['metadata']> }
  : SeenEvent

/** The same with the content of these kinds wherever it holds content, and what is personal as answers show it. */
export type Typed<Value, K extends Kinds> = {
  [Field in keyof Value]: Field extends 'content'
    ? AnyContentOf<K>
    : Field extends 'changes'
      ? ChangesOf<K>
      : Field extends 'kind'
        ? keyof K & string
        : TypedValue<Value[Field], K>
}

type TypedValue<Value, K extends Kinds> = Value extends Sealed
  ? Opened<Value>
  : Value extends JsonValue
    ? Value
    : Typed<Value, K>

type JsonValue = string | number | boolean | null | undefined

type Begun<Request, Id extends string> = Request extends { readonly type: 'Create' | 'Register' | 'CaptureLead' }
  ? Omit<Request, Id> & { readonly [Field in Id]?: string }
  : Request
