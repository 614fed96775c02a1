export {
  type Asker,
  actsAsStaff,
  askerAmong,
  isStaffRole,
  type MemberRole,
  memberRoles,
  type Person,
  roleOf,
  type StaffRole,
  staffRoles,
  system,
  theMarketplace,
  visitor,
} from './actor.js'
export { actorIdProblem } from './actor-id.js'
export type { Aggregate, DueCommand } from './aggregate.js'
export { nextGroup, type WaitingAppend } from './append-group.js'
export { checkSetting, checkSettingsGroup } from './check-setting.js'
export { alwaysReviewed } from './content/always-reviewed.js'
export { appContent } from './content/app-content.js'
export {
  type Completeness,
  completeness,
  fieldPhrase,
  fieldsOf,
  findings,
  hardFindings,
  hasValue,
  kindOf,
  missingFields,
  type Problem,
  parseChanges,
  requiredFields,
} from './content/content.js'
export { applyDifference, difference, type FieldDifference } from './content/difference.js'
export { fieldLabel } from './content/field-phrase.js'
export { builtInGuidelines } from './content/guidelines.js'
export type { ItemChange } from './content/items-changed.js'
export {
  captioned,
  documentCategories,
  image,
  offeredService,
  pricing,
  productVersion,
  relatedDocument,
  supportContact,
  supportLink,
  trainedPeople,
} from './content/parts.js'
export { type Preview, type PreviewBlock, type PreviewOf, type PreviewSection, preview } from './content/preview.js'
export { serviceContent } from './content/service-content.js'
export type { Fact, Shown, ShownMedia } from './content/shown.js'
export type { TextRun } from './content/text-runs.js'
export { cutActor, cutData, cutEvent, type SeenEvent, type SeenMetadata, thePublisher } from './cut-event.js'
export { type AnyCommand, decideBy, forbids, prepareBy, type Question, type Subject, unknown } from './decide.js'
export { type Decider, fold, step } from './decider.js'
export { type ErrorFacts, VitrineError } from './errors.js'
export {
  type ErasingEvent,
  type EventDefinition,
  type EventDefinitions,
  type EventOf,
  newerThanThisCode,
  type Reading,
  readingOf,
  type StoredOf,
  type Visibility,
} from './event-definition.js'
export {
  type Append,
  type Appended,
  type Checkpoint,
  type EventStore,
  type Guard,
  type LogPage,
  type Metadata,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  type StoredText,
  StoreError,
  type StoreErrorCode,
  type StoreTraits,
  type StreamPage,
  type StreamWrite,
  type Version,
} from './event-store.js'
export {
  conflictError,
  type Expectation,
  judgeAppend,
  type KnownIds,
  knownIds,
  reusedError,
  tableOfExpectations,
  type Verdict,
  verdictOf,
  type WriteFacts,
} from './expectations.js'
export { instantIn } from './instant.js'
export { canonicalJson, type Json, type JsonObject, jsonProblem, sameJson } from './json.js'
export {
  checkAdded,
  checkDestroyed,
  closedKeysError,
  furthestFollowed,
  type KeyStore,
  KeyStoreError,
  type KeyStoreErrorCode,
} from './key-store.js'
export { type EventNamed, type KnownEvent, knownEvents } from './known-events.js'
export type { LeadFacts } from './lead/commands.js'
export type { Contact } from './lead/contact.js'
export { type LeadCommand, type LeadRequest, leadAggregate, leadRows } from './lead/decide.js'
export { type LeadEvent, leadEvents, type StoredLeadEvent } from './lead/events.js'
export {
  type Lead,
  type LeadNote,
  type LeadStatus,
  type LeadStep,
  leadReaders,
  leadSteps,
  leadWorkers,
  worksLeads,
} from './lead/state.js'
export { linkOf, pathOf, privatePath } from './links.js'
export type { ListingFacts } from './listing/commands/listing-row.js'
export { checksOpen } from './listing/commands/verdict.js'
export { contentHash } from './listing/content-hash.js'
export { type ListingCommand, type ListingRequest, listingAggregate, listingRows } from './listing/decide.js'
export { type ListingEvent, listingEvents, type StoredListingEvent } from './listing/events.js'
export { applyChanges, evolveListing } from './listing/evolve.js'
export { type ByHandBecause, type Listing, standingOf } from './listing/state.js'
export { type Locale, locales } from './locale.js'
export {
  type AnyContentOf,
  type ContentOf,
  type DefaultKinds,
  defaultKinds,
  defaultReservedSlugs,
  defineMarketplace,
  type FieldOf,
  type GuidelineMakers,
  type Kinds,
  type MakeGuideline,
  type Marketplace,
  type MarketplaceSettings,
  type ReviewedFields,
  type Seen,
  type ValueOf,
} from './marketplace.js'
export {
  type MessageAudience,
  type MessageKind,
  type MessageKindRules,
  messageKindNames,
  messageKinds,
} from './message-kinds.js'
export type { MessageLog, StreamAtVersion } from './message-log.js'
export {
  deliveries,
  dueKey,
  type MessageDeliveries,
  publisherOfMessage,
  type ShownDelivery,
} from './messages/deliveries.js'
export {
  type Attempted,
  afterAttempt,
  channelOf,
  dueAt,
  expiryOf,
  holdsLane,
  isOpen,
  laneOf,
  type NextStep,
  nextStep,
  pauseAfter,
  type RetryRules,
} from './messages/delivery.js'
export { draftsOf, notify } from './messages/drafts.js'
export {
  type MessageEvent,
  messageEvents,
  type StoredMessageEvent,
  type SuppressedBecause,
} from './messages/events.js'
export { evolveMessage } from './messages/evolve.js'
export type { AboutListing, FactsOf, MessageFacts } from './messages/facts.js'
export type { Address, Message, Recipient } from './messages/message.js'
export type {
  Addressees,
  AnyMessageRow,
  AsItStood,
  FactsContext,
  MessageDraft,
  MessageRow,
  StateAt,
} from './messages/message-row.js'
export type { OwnAddress, OwnMessage } from './messages/own-message.js'
export { absoluteLink, defaultPages, invitationLink, type Pages } from './messages/pages.js'
export { type PublisherTold, recipientsOf, type Told, type ToldFrom, whyNotTold } from './messages/recipients.js'
export { messageRowOf, messageRows, messageTypes, readsListings } from './messages/rows.js'
export { type Delivery, type DeliveryEnd, noMessage, type RequestedMessage } from './messages/state.js'
export { type NextAction, nextActions, settle } from './next-actions.js'
export type { Notifier, SendOutcome } from './notifier.js'
export {
  type Erased,
  erased,
  type Opened,
  openFields,
  type PersonalFields,
  type Sealed,
  sameSealed,
  sealedIn,
  sealPersonal,
  type Withheld,
  withheld,
} from './personal.js'
export { approveTrustedUpdates } from './policies/approve-trusted-updates.js'
export type { Deadline } from './policies/deadline.js'
export { dueCommands } from './policies/due-commands.js'
export { type AwaitedResponse, firstResponseOverdue } from './policies/first-response-overdue.js'
export { publishOnApproval } from './policies/publish-on-approval.js'
export { settleSlugs } from './policies/settle-slugs.js'
export { type SweptDeadline, sweptDeadlines, sweptReservations } from './policies/swept-deadlines.js'
export { unassignLeadsOfRemovedMembers } from './policies/unassign-leads-of-removed-members.js'
export {
  type AnyPolicy,
  type CommandReaction,
  type DeadlineOf,
  deadlineCommandId,
  definePolicy,
  deliveryId,
  type ForEachDocument,
  forEachDocument,
  idFromCommand,
  type MessageReaction,
  madeFromCommand,
  message,
  messageId,
  type Policy,
  type Reaction,
  reactionId,
} from './policy.js'
export type { PublisherFacts } from './publisher/commands/publisher-row.js'
export { type PublisherCommand, type PublisherRequest, publisherAggregate, publisherRows } from './publisher/decide.js'
export { type PublisherEvent, publisherEvents, type StoredPublisherEvent } from './publisher/events.js'
export { notInGoodStanding } from './publisher/standing.js'
export { type Endpoint, endpointIn, memberIn, type Publisher, secretsAt } from './publisher/state.js'
export {
  abortedError,
  closedError,
  isForNothing,
  type LogPlan,
  logReplacedError,
  planReadAll,
  planReadStream,
  type StreamPlan,
} from './read-plan.js'
export { type Finding, type From, isRefused, type Refusal, type Refused, refuse } from './refusal.js'
export type { Facts, Made, Row, Secret, Who } from './row.js'
export type { CheckNeed, Found, Guideline, Kind, Rules } from './rules.js'
export { rulesFingerprintText } from './rules-fingerprint.js'
export {
  checkedNumber,
  checkStreamName,
  maxAppendBytes,
  type SerialisedEvent,
  serialiseAppend,
} from './serialise-append.js'
export { parsedEvent, textOf } from './stored-text.js'
export { type VanityUrlFacts, vanityUrlAggregate } from './vanity-url/decide.js'
export { claimLapse } from './vanity-url/lapse.js'
export {
  evolveVanityUrl,
  heldSlugs,
  holderOf,
  type Reservation,
  registryChanges,
  type StoredVanityUrlEvent,
  type VanityUrl,
  type VanityUrlEvent,
  vanityUrlEvents,
} from './vanity-url/vanity-url.js'
export {
  type AnyView,
  type Audience,
  questionFor,
  shapeOf,
  shownTo,
  storedDocument,
  touchedWith,
  type View,
  type ViewDefinition,
} from './view.js'
export { compareIndexKeys, compareText, type IndexKey, indexesOf, indexRows, wordsOf } from './view-index.js'
export {
  checkBatch,
  checkpointMovedError,
  droppedError,
  type FindPlan,
  type PageEnd,
  planFind,
  planSearch,
  type SearchPlan,
} from './view-question.js'
export {
  type FindQuery,
  type FoundPage,
  type IndexValue,
  type OpenStore,
  type SearchQuery,
  type Store,
  type ViewBatch,
  type ViewShape,
  type ViewStore,
  ViewStoreError,
  type ViewStoreErrorCode,
  type ViewTable,
} from './view-store.js'
export { type Viewer, type ViewerKind, viewerKind } from './viewer.js'
export type { Activity } from './views/activity.js'
export type { CatalogueEntry } from './views/catalogue.js'
export type { PublicationDeadline } from './views/deadlines.js'
export { defineView } from './views/define-view.js'
export type { ComparedEdition, DraftAgainstLive } from './views/draft-against-live.js'
export { csvLine, leadCsv, type ShownLead } from './views/lead-csv.js'
export type { LeadFunnel } from './views/lead-funnel.js'
export type { PipelineLead } from './views/lead-pipeline.js'
export type { LinkedListing } from './views/links.js'
export { type LiveHistory, type LiveSpan, liveAt, stillLive } from './views/live-on-day.js'
export { type LiveStanding, liveAfter, neverLive } from './views/live-standing.js'
export type { Membership } from './views/memberships.js'
export type { ListingTab, PublisherListing } from './views/publisher-listings.js'
export { type RegisteredSlug, reservations } from './views/reservations.js'
export type { ReviewProgress } from './views/review-progress.js'
export type { QueuedReview } from './views/review-queue.js'
export type { ReviewerFigures } from './views/reviewer-figures.js'
export { type TeamEntry, teamKey } from './views/team.js'
export { builtInViews } from './views/views.js'
