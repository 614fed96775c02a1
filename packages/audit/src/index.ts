export { type Anchor, type Anchoring, anchorOf, readAnchor } from './anchor.js'
export { AuditError, type AuditErrorCode } from './audit-error.js'
export type { Audited, Watching } from './audited.js'
export { type CloudEventNames, cloudEventsIn, type LogCloudEvent } from './cloud-events.js'
export { type ComparedRevisions, compareRevisions, type Revision, revisionsOf } from './compare-revisions.js'
export { deadlinesDue, type RunningDeadline } from './deadlines-due.js'
export { type ExplainedCommand, type Explanation, explain, type RoleAsked } from './explain.js'
export { type Exporting, exportLog } from './export-log.js'
export type { ExportManifest, ExportSegment } from './export-manifest.js'
export type { AnchorVerdict } from './held-to-anchor.js'
export { type Happening, type History, type HistoryOptions, history } from './history.js'
export { type Imported, importLog } from './import-log.js'
export { instantOf } from './instant.js'
export { type LiveAsOf, type LiveAsOfOptions, liveAsOf } from './live-as-of.js'
export { type ListedMessage, type MessageListOptions, messageList } from './message-list.js'
export { type DeliveryFate, type MessageFate, messagesAbout } from './messages-about.js'
export { type MustAct, mustAct } from './must-act.js'
export { type ParkedDecision, parkedDecisions, parkedStreams } from './parked-streams.js'
export { type PendingDeadline, pendingDeadlines } from './pending-deadlines.js'
export { type Sight, type StillSealed, sightWith, stillSealed, withoutKeys } from './personal-sight.js'
export { type StateAt, stateAt } from './state-at.js'
export type { MisfitCode } from './stream-head.js'
export { type TailOptions, tail } from './tail.js'
export { type Trace, type TracedCommand, type TracedEvent, trace } from './trace.js'
export { isSound, type Verifying, verify } from './verify.js'
export {
  allDecidedSo,
  type Decision,
  type DecisionsVerdict,
  type DifferingDecision,
  type MovedFacts,
  verifyDecisions,
} from './verify-decisions.js'
export { type Located, type VerifyingInParallel, verifyInParallel } from './verify-in-parallel.js'
export type { Problem, Verdict } from './verify-part.js'
export { areSound, type ViewVerdict, verifyViews } from './verify-views.js'
export { type FoldingOptions, viewDocuments } from './view-documents.js'
export { type OtherDecision, whatIf } from './what-if.js'
