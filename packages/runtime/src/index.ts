export { aloneAtWork } from './alone-at-work.js'
export { chained, chainOf, isTied } from './chain.js'
export type { Clock, Ids } from './clock-and-ids.js'
export { sha256 } from './command-hash.js'
export type {
  Answer,
  CapturedLead,
  ChangesOf,
  Command,
  ExecuteOptions,
  LeadState,
  ListingState,
  PublisherState,
  Seen,
} from './commands.js'
export { type Deliver, type DeliveredEvent, deliveryOf } from './delivered-event.js'
export { RuntimeError, type RuntimeErrorCode } from './errors.js'
export type { Health, Lag, MessagesHealth, PolicyHealth, ViewHealth } from './health.js'
export type { DecidedEvent, Host, SideEvent, StreamKind, StreamState } from './host.js'
export { type Lift, liftBy } from './lift-event.js'
export type { LiveListing } from './live-on.js'
export { headOf } from './log-head.js'
export type { Logger } from './logger.js'
export type { AsOperator, ForPerson, Marketplace, MarketplaceOptions, Now } from './marketplace.js'
export type { MessageOptions } from './message-options.js'
export { liftMessages, messageKind } from './message-streams.js'
export type { MessageQuestions, Messages } from './messages.js'
export type { NamedViews, OwnViews, UnrestrictedViews } from './named-views.js'
export { openMarketplace } from './open-marketplace.js'
export { openerOf } from './open-sealed.js'
export type { Done, NotDone } from './outcome.js'
export type { Contact, People } from './people.js'
export { policiesToTheEnd } from './policies-to-the-end.js'
export type { Parked } from './policy-notes.js'
export type { ParkedStream } from './policy-runner.js'
export type { Resending } from './resend-message.js'
export type { InLine } from './review-line.js'
export { foldPage, openView, positionOf, type RunningView, type Stopped, tableOf } from './running-view.js'
export type { StaffOf } from './staff-of.js'
export { streamKinds } from './stream-kinds.js'
export type { Asking, AskingFor, Finding, Found, Searching, ViewQuestions } from './view-question.js'
export { allHostsOf, hostsOf, type Limits } from './wire.js'
