import type {
  AnyPolicy,
  Kinds,
  LinkedListing,
  LogPage,
  NextAction,
  Person,
  ReadAllOptions,
  Marketplace as RulesOf,
  SeenEvent,
  Store,
  StoredEvent,
} from '@vitrine/core'
import type { Answer, Command, ExecuteOptions, LeadState, ListingState, PublisherState } from './commands.js'
import type { Health } from './health.js'
import type { LiveListing } from './live-on.js'
import type { MessageQuestions, Messages } from './messages.js'
import type { NamedViews, OwnViews, UnrestrictedViews } from './named-views.js'
import type { Decided, Parked } from './policy-notes.js'
import type { ParkedStream } from './policy-runner.js'
import type { InLine } from './review-line.js'
import type { Asking } from './view-question.js'
import type { Embedding } from './wire.js'

/** What a marketplace is opened with. */
export interface MarketplaceOptions<K extends Kinds, Own extends OwnViews> extends Embedding {
  readonly rules: RulesOf<K>
  readonly store: Store
  /** Views of one's own, by the names under which they are asked. They stand beside the built-in ones. */
  readonly views?: Own
  /** Policies of one's own. They stand beside the built-in ones. */
  readonly policies?: readonly AnyPolicy[]
}

/** For whom an answer is made: it holds nothing else than they may see. */
export interface ForPerson {
  readonly for: Person
}

/** Something as it is now. */
export interface Now<State> {
  readonly state: State
  /** Name it as `expectedVersion`, and a command is refused when somebody else was first. */
  readonly version: number
  readonly position: number
}

/** An open marketplace: the one entry that a service needs. */
export interface Marketplace<K extends Kinds, Own extends OwnViews = OwnViews> {
  /** Does what is asked, or says why not. Only faults throw. */
  execute<const C extends Command<K>>(command: C, options: ExecuteOptions): Promise<Answer<K, C['type']>>
  /** What may be asked of a listing, a publisher or a lead now, and for everything else why not. */
  nextActions(id: string, options: { readonly by: Person | 'visitor' }): Promise<readonly NextAction[]>
  /** Read models, by name. What is not for everybody is asked `for` a person. */
  readonly views: NamedViews<K, Own>
  /** A listing as it is now, for its team and for staff. */
  listing(listingId: string, options: ForPerson): Promise<Now<ListingState<K>> | undefined>
  /** A publisher as it is now, for its team and for staff. */
  publisher(publisherId: string, options: ForPerson): Promise<Now<PublisherState> | undefined>
  /** A lead as it is now, for those of its publisher's team who see leads; what is personal, for those who work them. */
  lead(leadId: string, options: ForPerson): Promise<Now<LeadState> | undefined>
  /** What happened to a listing, a publisher or a lead, oldest first. Empty for an unknown id, and for one of somebody else. */
  history(id: string, options: ForPerson): Promise<readonly SeenEvent[]>
  /** A listing as it stood at an instant. */
  listingAt(listingId: string, instant: Date | string, options: ForPerson): Promise<ListingState<K> | undefined>
  /** What of a publisher was live at an instant. */
  liveOn(
    instant: Date | string,
    options: ForPerson & { readonly publisherId: string; readonly after?: number },
  ): Promise<readonly LiveListing[]>
  /** What waits for a decision, oldest first; for staff. */
  reviewQueue(options: ForPerson & { readonly after?: number }): Promise<readonly InLine[]>
  /** What a path, a URL, a slug or the token of a private link leads to now. */
  resolveLink(link: string, options?: { readonly after?: number }): Promise<Omit<LinkedListing, 'links'> | undefined>
  /** What was told to whom, and where each message stands. */
  readonly messages: Messages
  /** The log as it is stored; for the operator's own code. */
  events(options?: ReadAllOptions): AsyncIterable<LogPage>
  /** Everything, unrestricted; for the operator's own code. */
  readonly asOperator: AsOperator<K, Own>

  /** Runs views, policies, deadlines and deliveries in the background until `close`. */
  start(): void
  /** Runs all of them until nothing moves any more. */
  catchUp(): Promise<void>
  /** Resolves when every view has everything that was in the log when it was called: the gate of a deploy. */
  ready(): Promise<void>
  /** What stands still, and why; how far behind everything is. */
  health(): Promise<Health>
  /** Streams that a policy could not go on with. They wait for `retry` or `skip`. */
  parked(): Promise<readonly Parked[]>
  /** Tries a parked stream again, in order; who decided that, and why, is kept where it is said. Gives what is parked afterwards. */
  retry(which: ParkedStream & Partial<Decided>): Promise<Parked | undefined>
  /** Goes on with a parked stream behind the event; who decided that, and why, is kept. */
  skip(which: ParkedStream & Decided): Promise<Parked | undefined>
  /** Lets a view that stopped go on, once it is mended. */
  mend(view: keyof NamedViews<K, Own> | 'deliveries'): Promise<void>
  /** Builds a view anew from the log; until that is done it is not asked. */
  rebuild(view: keyof NamedViews<K, Own> | 'deliveries'): Promise<void>
  /**
   * Lets what is under way end, then closes everything that was opened here. What still waits for a view fails with `closed`.
   * May be called twice.
   */
  close(): Promise<void>
}

/** The same questions without `for`: nothing is left out. */
export interface AsOperator<K extends Kinds, Own extends OwnViews> {
  readonly views: UnrestrictedViews<K, Own>
  listing(listingId: string): Promise<Now<ListingState<K>> | undefined>
  publisher(publisherId: string): Promise<Now<PublisherState> | undefined>
  lead(leadId: string): Promise<Now<LeadState> | undefined>
  history(id: string): Promise<readonly StoredEvent[]>
  listingAt(listingId: string, instant: Date | string): Promise<ListingState<K> | undefined>
  liveOn(instant: Date | string, options?: { readonly after?: number }): Promise<readonly LiveListing[]>
  reviewQueue(options?: { readonly after?: number }): Promise<readonly InLine[]>
  readonly messages: MessageQuestions<Asking>
  events(options?: ReadAllOptions): AsyncIterable<LogPage>
}
