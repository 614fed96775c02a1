export { anybody, invalidCommand, validCommand } from './arbitraries/commands.js'
export { changesFor, contentFor } from './arbitraries/content.js'
export { historiesOf } from './arbitraries/histories-of.js'
export { hostileStrings } from './arbitraries/hostile-strings.js'
export { momentsAround, pauses } from './arbitraries/moments.js'
export {
  type PersonWithRole,
  type PublisherTeam,
  peopleWithRoles,
  type RoleOfSomebody,
  stepsToTeam,
  type TeamMember,
  type TeamStep,
  teams,
} from './arbitraries/people-with-roles.js'
export { type Samples, sampleFor } from './arbitraries/sample-for.js'
export { valuesOf } from './arbitraries/values-of.js'
export type { ContractCase, NewStore } from './contracts/contract-case.js'
export { type ContractSizes, eventStoreContract } from './contracts/event-store-contract.js'
export { keyStoreContract } from './contracts/key-store-contract.js'
export { messageLogContract } from './contracts/message-log-contract.js'
export { notifierContract } from './contracts/notifier-contract.js'
export { type SampleFacts, sampleFacts, sampleMessages } from './contracts/notifier-samples.js'
export type { NewNotifier, NotifierStage, ReceiverConduct } from './contracts/notifier-stage.js'
export { viewStoreContract } from './contracts/view-store-contract.js'
export { type Expectation, event, nothing, nothingSent, refused, type SentMessage, sent } from './expectations.js'
export {
  approval,
  approvedListing,
  approvedPublisher,
  approvedUpdate,
  draftListing,
  type GivenListing,
  listingInReview,
  listingLiveTwice,
  liveListing,
  submittedListing,
  updatedListing,
} from './given.js'
export {
  type Attempt,
  type Beginning,
  begin,
  beginnings,
  type LivedOptions,
  type LivedWorld,
  livedWorlds,
  movesOf,
  type StoryStep,
  stories,
  storyOf,
  tell,
} from './histories.js'
export type { Law } from './laws/law.js'
export { type LawCase, type LawOptions, laws, lawsOf } from './laws/laws-of.js'
export { type LifecycleLawOptions, lifecycleLaws } from './laws/lifecycle-laws.js'
export type { ListingAggregate } from './lifecycle/asked-of-code.js'
export { type CheckLifecycleOptions, checkLifecycle } from './lifecycle/check-lifecycle.js'
export type { LifecycleCounts, RowCounts } from './lifecycle/lifecycle-counts.js'
export { lifecycleTable } from './lifecycle/lifecycle-table.js'
export type { Circumstances, NaiveListing } from './lifecycle/naive-listing.js'
export type { TableRow } from './lifecycle/table-row.js'
export { type MemoryNotifier, type MemoryNotifierOptions, memoryNotifier } from './memory-notifier.js'
export { type ModelRun, type ModelRunOptions, marketplaceModelRun } from './model/marketplace-model-run.js'
export { likelyMoves, type Move, movesFor, payloadsFor } from './moves.js'
export { people, staffOf, team } from './people.js'
export { appSample, enquiry, serviceSample } from './sample-content.js'
export { type Duration, type Played, type Scenario, type Step, scenario } from './scenario.js'
export { checkView, type Documents, documentsOf } from './view-laws.js'
export {
  type Aggregates,
  type Asked,
  aggregateOf,
  answerOf,
  ask,
  type By,
  coreAggregates,
  emptyWorld,
  factsFor,
  leadFactsFor,
  leadId,
  listingId,
  publisherId,
  secretOf,
  type World,
  type WorldFacts,
  wait,
} from './world.js'
