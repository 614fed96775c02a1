export {
  type Asker,
  actsAsStaff,
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
export type { Aggregate, DueCommand } from './aggregate.js'
export { type AnyCommand, decideBy, forbids, prepareBy, type Question, type Subject, unknown } from './decide.js'
export { type Decider, fold, step } from './decider.js'
export { type ErrorFacts, VitrineError } from './errors.js'
export {
  type EventDefinition,
  type EventDefinitions,
  type EventOf,
  newerThanThisCode,
  type StoredOf,
  type Visibility,
} from './event-definition.js'
export {
  type Append,
  type Appended,
  type Checkpoint,
  checkedNumber,
  checkStreamName,
  conflictError,
  type EventStore,
  type Expectation,
  type Guard,
  type KnownIds,
  type LogPage,
  type Metadata,
  maxAppendBytes,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SerialisedEvent,
  type StoredEvent,
  StoreError,
  type StoreErrorCode,
  type StoreTraits,
  type StreamPage,
  type StreamWrite,
  serialiseAppend,
  tableOfExpectations,
  type Verdict,
  type Version,
  verdictOf,
} from './event-store.js'
export { canonicalJson, type Json, type JsonObject, jsonProblem, sameJson } from './json.js'
export { type ListingEvent, listingEvents, type StoredListingEvent } from './listing/events.js'
export { applyChanges, evolveListing } from './listing/evolve.js'
export type { Listing } from './listing/state.js'
export { type AnyPolicy, deadlineCommandId, idFromCommand, type Policy, type Reaction, reactionId } from './policy.js'
export { type PublisherEvent, publisherEvents, type StoredPublisherEvent } from './publisher/events.js'
export type { Publisher } from './publisher/state.js'
export { type Finding, isRefused, type Refusal, type Refused, refuse } from './refusal.js'
export type { Facts, From, Made, Row, Who } from './row.js'
export type { CheckNeed, Guideline, Kind, Rules } from './rules.js'
export {
  evolveVanityUrl,
  heldSlugs,
  registryChanges,
  type StoredVanityUrlEvent,
  type VanityUrl,
  type VanityUrlEvent,
  vanityUrlEvents,
} from './vanity-url/vanity-url.js'
export { type AnyView, type Audience, shapeOf, type View, type Viewer } from './view.js'
export {
  type FindQuery,
  type FoundPage,
  type IndexValue,
  indexFor,
  indexRows,
  type OpenStore,
  type SearchQuery,
  type Store,
  type ViewBatch,
  type ViewShape,
  type ViewStore,
  ViewStoreError,
  type ViewStoreErrorCode,
  type ViewTable,
  wordsOf,
} from './view-store.js'
