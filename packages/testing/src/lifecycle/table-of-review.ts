import { sameEdition } from './naive-listing.js'
import { type Asked, endSubmission, listers, reviewers, submissionIn, type TableRow } from './table-row.js'

const underReview = ['submitted', 'inReview'] as const
const held = { 'review-held': ({ listing }: Asked) => listing.submission?.held === true }

const notToBeApproved = {
  ...held,
  'question-open': (on: Asked) =>
    submissionIn(on).questions.some(({ blocking, status }) => blocking && status === 'open'),
  'checks-open': (on: Asked) => ['content', ...submissionIn(on).madeRequired].some((check) => !isDone(on, check)),
}

/** The review of a submission: from the domain page, line by line. */
export const tableOfReview: readonly TableRow[] = [
  {
    deed: 'StartReview',
    who: reviewers,
    working: ['submitted'],
    holds: ({ listing, actor }) => listing.working === 'inReview' && listing.submission?.reviewer === actor,
    writes: () => ['ReviewStarted'],
    effect: (on) => {
      on.listing.working = 'inReview'
      submissionIn(on).reviewer = on.actor
    },
  },
  askQuestion('AskQuestion: blocking', true),
  askQuestion('AskQuestion: not blocking', false),
  {
    deed: 'AnswerQuestion',
    who: listers,
    holds: (on) => lastQuestion(on)?.status === 'answered',
    unless: { 'question-closed': (on) => lastQuestion(on)?.status !== 'open', 'unknown-question': noQuestion },
    writes: () => ['QuestionAnswered'],
    effect: (on) => {
      lastQuestion(on)!.status = 'answered'
    },
  },
  {
    deed: 'CloseQuestion',
    who: reviewers,
    holds: (on) => lastQuestion(on)?.status === 'closed',
    unless: { 'question-closed': (on) => lastQuestion(on)?.status !== 'open', 'unknown-question': noQuestion },
    writes: () => ['QuestionClosed'],
    effect: (on) => {
      lastQuestion(on)!.status = 'closed'
    },
  },
  {
    deed: 'SuggestChanges',
    who: reviewers,
    working: underReview,
    writes: () => ['ChangesSuggested'],
    effect: () => {},
  },
  requestEvidence('RequestEvidence: content', 'content'),
  requestEvidence('RequestEvidence: security', 'security'),
  {
    deed: 'ProvideEvidence',
    who: listers,
    working: underReview,
    unless: { 'evidence-not-requested': (on) => !submissionIn(on).evidenceAskedFor.includes('content') },
    writes: () => ['EvidenceProvided'],
    effect: (on) => {
      const submission = submissionIn(on)
      submission.evidenceAskedFor = submission.evidenceAskedFor.filter((check) => check !== 'content')
      on.listing.evidence.push('held')
    },
  },
  {
    deed: 'EraseEvidence',
    who: [...listers, 'operator'],
    holds: ({ listing }) => listing.evidence.at(-1) === 'erased',
    unless: { 'unknown-evidence': ({ listing }) => listing.evidence.length === 0 },
    writes: () => ['EvidenceErased'],
    effect: ({ listing }) => {
      listing.evidence[listing.evidence.length - 1] = 'erased'
    },
  },
  recordCheck('RecordCheck: content passed', 'content', 'passed', 'CheckPassed'),
  recordCheck('RecordCheck: content failed', 'content', 'failed', 'CheckFailed'),
  recordCheck('RecordCheck: content waived', 'content', 'waived', 'CheckWaived'),
  recordCheck('RecordCheck: security passed', 'security', 'passed', 'CheckPassed'),
  recordCheck('RecordCheck: security failed', 'security', 'failed', 'CheckFailed'),
  {
    deed: 'HoldReview',
    who: reviewers,
    working: ['inReview'],
    holds: ({ listing }) => listing.working === 'inReview' && listing.submission?.held === true,
    writes: () => ['ReviewHeld'],
    effect: (on) => {
      submissionIn(on).held = true
    },
  },
  {
    deed: 'ResumeReview',
    who: reviewers,
    working: ['inReview'],
    holds: ({ listing }) => listing.working === 'inReview' && listing.submission?.held === false,
    writes: () => ['ReviewResumed'],
    effect: (on) => {
      submissionIn(on).held = false
    },
  },
  {
    deed: 'Approve',
    who: reviewers,
    working: underReview,
    holds: ({ listing }) => listing.working === 'approved',
    unless: notToBeApproved,
    writes: () => ['Approved'],
    effect: approve,
  },
  {
    deed: 'Approve: other content than was read',
    who: reviewers,
    working: underReview,
    unless: { ...notToBeApproved, 'content-changed': () => true },
    writes: () => [],
    effect: () => {},
  },
  {
    deed: 'Approve: by trust',
    who: ['system'],
    working: underReview,
    holds: ({ listing }) => listing.working === 'approved',
    unless: {
      'review-started': (on) => on.listing.working !== 'submitted' || examined(on),
      'question-open': (on) => submissionIn(on).questions.some(({ status }) => status === 'open'),
      'not-live': ({ listing }) => listing.live === 'none',
      'listing-suspended': ({ listing }) => listing.live === 'suspended',
      'publisher-suspended': ({ around }) => around.publisher === 'suspended',
      'auto-approval-not-granted': ({ around }) => !around.autoApproval,
      'rejected-before': ({ listing }) => sameEdition(listing.rejected, listing.edition),
      'withdrawn-before': ({ listing }) =>
        listing.operatorWithdrew.some((revision) => sameEdition(listing.archive[revision], listing.edition)),
      'review-needed': ({ listing }) => listing.archive[listing.liveRevision]?.slug !== listing.edition.slug,
    },
    writes: () => ['Approved'],
    effect: approve,
  },
  {
    deed: 'Reject',
    who: reviewers,
    working: underReview,
    holds: ({ listing }) => listing.working === 'rejected' && listing.rejectedBy === 'reviewer',
    unless: held,
    writes: () => ['Rejected'],
    effect: (on) => {
      endSubmission(on, true)
      on.listing.working = 'rejected'
      on.listing.rejectedBy = 'reviewer'
      on.listing.rejected = on.listing.edition
    },
  },
]

const day = 24 * 60 * 60 * 1000

/** The clock starts (T2). Without the right, or while somebody is suspended, it is approved in mode manual (T9). */
function approve(on: Asked): void {
  const { listing, around } = on
  const submission = submissionIn(on)
  listing.working = 'approved'
  if (!around.autoPublish || around.publisher === 'suspended' || listing.live === 'suspended')
    submission.mode = 'manual'
  submission.held = false
  listing.approval = { publishBy: around.now + 60 * day, runsSince: around.now }
}

/** What a reviewer has begun, a reviewer ends (T23). */
function examined(on: Asked): boolean {
  const { madeRequired, verdicts } = submissionIn(on)
  return madeRequired.length > 0 || Object.values(verdicts).some(({ carried }) => !carried)
}

function isDone(on: Asked, check: string): boolean {
  const verdict = submissionIn(on).verdicts[check]?.verdict
  return verdict === 'passed' || verdict === 'waived'
}

/** Of the submission that is under review; one of an earlier submission is closed (T13). */
function lastQuestion({ listing }: Asked) {
  const open = listing.working === 'submitted' || listing.working === 'inReview'
  return open ? listing.submission?.questions.at(-1) : undefined
}

function noQuestion(on: Asked): boolean {
  return lastQuestion(on) === undefined
}

function askQuestion(deed: string, blocking: boolean): TableRow {
  return {
    deed,
    who: reviewers,
    working: underReview,
    writes: () => ['QuestionAsked'],
    effect: (on) => {
      submissionIn(on).questions.push({ blocking, status: 'open' })
    },
  }
}

/** An optional check becomes required for a submission once it is requested or has failed. */
function requestEvidence(deed: string, check: string): TableRow {
  return {
    deed,
    who: reviewers,
    working: underReview,
    writes: () => ['EvidenceRequested'],
    effect: (on) => {
      const submission = submissionIn(on)
      submission.evidenceAskedFor = [...new Set([...submission.evidenceAskedFor, check])].sort()
      submission.madeRequired = [...new Set([...submission.madeRequired, check])].sort()
    },
  }
}

function recordCheck(deed: string, check: string, verdict: 'passed' | 'failed' | 'waived', written: string): TableRow {
  return {
    deed,
    who: reviewers,
    working: underReview,
    holds: ({ listing }) => {
      const recorded = listing.submission?.verdicts[check]
      return recorded !== undefined && recorded.verdict === verdict && !recorded.carried
    },
    writes: () => [written],
    effect: (on) => {
      const submission = submissionIn(on)
      submission.verdicts[check] = { verdict, carried: false }
      if (verdict === 'failed') submission.madeRequired = [...new Set([...submission.madeRequired, check])].sort()
    },
  }
}
