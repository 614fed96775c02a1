import { isDraft, original } from 'immer'
import { newerThanThisCode } from '../event-definition.js'
import { idIn } from '../id.js'
import type { JsonObject } from '../json.js'
import type { ListingDataOf, StoredListingEvent } from './events.js'
import { approvalOf, editionOf, impossible, liveOf, questionOf, shownOf, submissionOf, suspendedOf } from './parts.js'
import type {
  CheckVerdict,
  Edition,
  Listing,
  PastSubmission,
  Rejection,
  Submission,
  Withdrawal,
  Working,
} from './state.js'

/** One event later. A recipe: it changes the listing that it is given, and never the data of the event. */
export function evolveListing(listing: Listing, event: StoredListingEvent): void {
  const { occurredAt, actor } = event.metadata
  switch (event.type) {
    case 'Created':
      return create(listing, event.data, idIn(event))
    case 'Revised': {
      const draft = drafted(listing)
      draft.content = applyChanges(asItWas(draft.content), event.data.changes)
      return
    }
    case 'VanityUrlClaimed':
      drafted(listing).slug = event.data.slug
      return
    case 'VanityUrlReleased':
      delete drafted(listing).slug
      return
    case 'ClaimLapsed':
      return
    case 'Submitted':
      return submit(listing, event.data, occurredAt)
    case 'SubmissionRecalled':
      return recall(listing)
    case 'PublishModeChanged':
      return changeMode(listing, event.data)
    case 'ReviewStarted':
      goOn(listing, { status: 'inReview', submission: submissionOf(listing), held: false })
      listing.staffOnly.reviewer = event.data.reviewer
      return
    case 'QuestionAsked':
      return ask(listing, event.data, actor.id)
    case 'QuestionAnswered': {
      const question = questionOf(listing, event.data.questionId)
      question.status = 'answered'
      question.answer = event.data.text
      return
    }
    case 'QuestionClosed':
      questionOf(listing, event.data.questionId).status = 'closed'
      return
    case 'ChangesSuggested':
      submissionOf(listing).suggestions.push({ ...event.data })
      return
    case 'EvidenceRequested':
      return requestEvidence(listing, event.data, actor.id)
    case 'EvidenceProvided':
      return provideEvidence(listing, event.data)
    case 'EvidenceErased':
      return eraseEvidence(listing, event.data.evidenceId)
    case 'CheckPassed':
      return giveVerdict(listing, event.data, 'passed')
    case 'CheckFailed':
      return giveVerdict(listing, event.data, 'failed')
    case 'CheckWaived':
      return giveVerdict(listing, event.data, 'waived')
    case 'ReviewHeld':
      listing.staffOnly.holdReason = event.data.reason
      return hold(listing, true)
    case 'ReviewResumed':
      delete listing.staffOnly.holdReason
      return hold(listing, false)
    case 'Approved':
      return approve(listing, event.data)
    case 'Rejected':
      return reject(listing, { by: 'reviewer', reasons: event.data.reasons.map((reason) => ({ ...reason })) })
    case 'Published':
      return publish(listing, event.data, occurredAt)
    case 'Superseded':
      return
    case 'PublicationReminded':
      approvalOf(listing).remindedFor = event.data.threshold
      return
    case 'PublicationDeadlineExtended':
      return extend(listing, event.data, occurredAt)
    case 'AutoRejected':
      return reject(listing, { by: 'system', approvedAt: event.data.approvedAt, publishBy: event.data.publishBy })
    case 'RevisionStarted':
      return startRevision(listing, event.data)
    case 'RevisionDiscarded':
      listing.working = { status: 'none' }
      return
    case 'Withdrawn':
      return withdraw(listing, event.data)
    case 'Republished':
      return republish(listing, event.data, occurredAt)
    case 'MadePrivate':
      return show(listing, { status: 'private', token: event.data.token }, occurredAt)
    case 'MadePublic':
      return show(listing, { status: 'public' }, occurredAt)
    case 'PrivateLinkRenewed':
      return show(listing, { status: 'private', token: event.data.token }, shownOf(listing).since)
    case 'Suspended':
      return suspend(listing, event.data.reason)
    case 'Reinstated':
      listing.live = suspendedOf(listing).was
      return
    case 'Deleted':
      listing.exists = false
      listing.working = { status: 'none' }
      return
    default:
      throw newerThanThisCode(event)
  }
}

/** Content after a Revise: fields are replaced whole, `null` removes one. */
export function applyChanges(content: JsonObject, changes: JsonObject): JsonObject {
  const next: Record<string, JsonObject[string]> = { ...content }
  for (const field in changes) {
    const value = changes[field]!
    if (value === null) delete next[field]
    else next[field] = value
  }
  return next
}

/** Content is only ever replaced: copied from an immer draft, all that it holds would become drafts too. */
function asItWas(content: JsonObject): JsonObject {
  return isDraft(content) ? (original<object>(content) as JsonObject) : content
}

/** The verdicts that a submission begins with: those of the one just before, when the content is the same (T15). */
function carriedTo(contentHash: string, before: PastSubmission | undefined): Submission['verdicts'] {
  const verdicts: Submission['verdicts'] = {}
  if (before?.contentHash !== contentHash) return verdicts
  for (const check of Object.keys(before.carries)) verdicts[check] = { verdict: before.carries[check]!, carried: true }
  return verdicts
}

/** The verdicts of a submission that may carry over to the next one (T15). */
function carriedBy(submission: Submission): { [check: string]: CheckVerdict } {
  const carried: { [check: string]: CheckVerdict } = {}
  for (const check of Object.keys(submission.verdicts)) {
    const { verdict } = submission.verdicts[check]!
    if (verdict !== 'failed') carried[check] = verdict
  }
  return carried
}

function create(listing: Listing, { publisherId, kind, name }: ListingDataOf<'Created'>, id: string): void {
  listing.id = id
  listing.exists = true
  listing.publisherId = publisherId
  listing.kind = kind
  listing.working = { status: 'draft', revision: 1, content: { name } }
  listing.lastRevision = 1
}

/** The working revision as a draft, whatever it was: an approval of it is void. */
function drafted(listing: Listing): Edition {
  if (listing.working.status === 'approved') endSubmission(listing, true)
  if (listing.working.status !== 'draft') goOn(listing, { status: 'draft' })
  return editionOf(listing)
}

/** The same edition at another stage, which is filled with it; what belonged to the stage before is gone. */
function goOn(listing: Listing, stage: Stage): void {
  const { revision, content, slug } = editionOf(listing)
  stage.revision = revision
  stage.content = content
  if (slug !== undefined) stage.slug = slug
  listing.working = stage as Working
}

/** A working revision whose edition may still be missing. */
type Stage = StageOf<Exclude<Working, { status: 'none' }>>
type StageOf<Any> = Any extends Edition ? Omit<Any, keyof Edition> & Partial<Edition> : never

function submit(listing: Listing, data: ListingDataOf<'Submitted'>, submittedAt: string): void {
  goOn(listing, {
    status: 'submitted',
    submission: {
      id: data.submissionId,
      contentHash: data.contentHash,
      comment: data.comment,
      publishMode: data.publishMode,
      submittedAt,
      unchanged: data.unchanged === true,
      questions: {},
      suggestions: [],
      evidenceRequests: {},
      madeRequired: [],
      verdicts: carriedTo(data.contentHash, listing.lastSubmission),
    },
  })
  listing.staffOnly = { notes: {}, askedBy: {} }
}

function recall(listing: Listing): void {
  endSubmission(listing, false)
  goOn(listing, { status: 'draft' })
}

function endSubmission(listing: Listing, decided: boolean): void {
  const submission = submissionOf(listing)
  const { id, contentHash } = submission
  const decidedHash = decided ? contentHash : listing.lastSubmission?.decidedHash
  listing.lastSubmission = { id, contentHash, carries: carriedBy(submission) }
  if (decidedHash !== undefined) listing.lastSubmission.decidedHash = decidedHash
}

function ask(listing: Listing, { questionId, text, blocking }: ListingDataOf<'QuestionAsked'>, askedBy: string): void {
  submissionOf(listing).questions[questionId] = { text, blocking, status: 'open' }
  listing.questionsAsked.push(questionId)
  listing.staffOnly.askedBy[questionId] = askedBy
}

function requestEvidence(listing: Listing, { check, text }: ListingDataOf<'EvidenceRequested'>, askedBy: string): void {
  submissionOf(listing).evidenceRequests[check] = text
  makeRequired(listing, check)
  listing.staffOnly.askedBy[check] = askedBy
}

function provideEvidence(
  listing: Listing,
  { evidenceId, check, references, links, text }: ListingDataOf<'EvidenceProvided'>,
): void {
  delete submissionOf(listing).evidenceRequests[check]
  const evidence = { check, references: references.map((one) => ({ ...one })), links: [...links], text }
  listing.evidence.push(evidenceId === undefined ? evidence : { evidenceId, ...evidence })
}

function eraseEvidence(listing: Listing, evidenceId: string): void {
  const at = listing.evidence.findIndex((one) => one.evidenceId === evidenceId)
  const evidence = listing.evidence[at]
  if (!evidence) throw impossible(listing, `no evidence ${evidenceId}`)
  listing.evidence[at] = { ...evidence, erased: true }
}

function giveVerdict(listing: Listing, { check, note }: ListingDataOf<'CheckPassed'>, verdict: CheckVerdict): void {
  submissionOf(listing).verdicts[check] = { verdict, carried: false }
  if (verdict === 'failed') makeRequired(listing, check)
  listing.staffOnly.notes[check] = note
}

function makeRequired(listing: Listing, check: string): void {
  const { madeRequired } = submissionOf(listing)
  if (!madeRequired.includes(check)) madeRequired.push(check)
}

function hold(listing: Listing, held: boolean): void {
  const { working } = listing
  if (working.status !== 'inReview') throw impossible(listing, 'no review under way')
  working.held = held
}

function approve(listing: Listing, { approvedAt, publishBy, publishMode, basis }: ListingDataOf<'Approved'>): void {
  const submission = submissionOf(listing)
  submission.publishMode = publishMode
  goOn(listing, { status: 'approved', submission, approval: { basis, approvedAt, publishBy, runsSince: approvedAt } })
}

function changeMode(listing: Listing, { mode, cause }: ListingDataOf<'PublishModeChanged'>): void {
  const submission = submissionOf(listing)
  submission.publishMode = mode
  if (cause) submission.fellBack = cause
  else delete submission.fellBack
  if (listing.working.status === 'approved') listing.working.approval.modeChanged = true
}

function reject(listing: Listing, rejection: Rejection): void {
  endSubmission(listing, true)
  if (rejection.by === 'reviewer') listing.rejectedHash = submissionOf(listing).contentHash
  goOn(listing, { status: 'rejected', submission: submissionOf(listing), rejection })
}

function publish(listing: Listing, data: ListingDataOf<'Published'>, since: string): void {
  endSubmission(listing, true)
  const { content, slug } = editionOf(listing)
  listing.archive[data.revision] = slug === undefined ? { content } : { content, slug }
  if (slug !== undefined && !listing.slugsEverLive.includes(slug)) listing.slugsEverLive.push(slug)
  listing.working = { status: 'none' }
  goLive(listing, data, since)
}

/** What an operator withdrew only an operator republishes: then the mark is gone (T21). */
function republish(listing: Listing, data: ListingDataOf<'Republished'>, since: string): void {
  listing.operatorWithdrew = listing.operatorWithdrew.filter((one) => one !== data.revision)
  goLive(listing, data, since)
}

function goLive(listing: Listing, data: ListingDataOf<'Published'>, since: string): void {
  const { revision, path, visibility } = data
  listing.live =
    data.visibility === 'private'
      ? { status: 'private', revision, path, since, token: data.token }
      : { status: 'public', revision, path, since }
  listing.lastVisibility = visibility
  listing.downByOperator = false
}

function extend(
  listing: Listing,
  { until, reason }: ListingDataOf<'PublicationDeadlineExtended'>,
  runsSince: string,
): void {
  const approval = approvalOf(listing)
  approval.publishBy = until
  approval.runsSince = runsSince
  delete approval.remindedFor
  listing.staffOnly.extensionReason = reason
}

function startRevision(listing: Listing, { revision, from }: ListingDataOf<'RevisionStarted'>): void {
  const archived = listing.archive[from]
  if (!archived) throw impossible(listing, `no revision ${from} that was live`)
  listing.working = { ...archived, status: 'draft', revision }
  listing.lastRevision = revision
}

function withdraw(listing: Listing, { reason, by }: ListingDataOf<'Withdrawn'>): void {
  const { live } = listing
  if (by === 'operator') {
    listing.operatorWithdrew.push(liveOf(listing).revision)
    listing.downByOperator = true
  }
  const withdrawn: Withdrawal = { reason, by }
  if (live.status !== 'none') withdrawn.revision = live.revision
  listing.live = { status: 'none', withdrawn }
}

function show(listing: Listing, how: { status: 'public' } | { status: 'private'; token: string }, since: string): void {
  const { revision, path } = shownOf(listing)
  listing.live = { ...how, revision, path, since }
  listing.lastVisibility = how.status
}

function suspend(listing: Listing, reason: string): void {
  const was = shownOf(listing)
  listing.live = { status: 'suspended', revision: was.revision, reason, was }
}
