import type { JsonObject } from '../json.js'
import type { Sealed } from '../personal.js'

export type PublishMode = 'auto' | 'manual'

/** Why something is not published by itself although that was asked for (T9). */
export type ByHandBecause = 'right' | 'publisher' | 'listing' | 'withdrawn'
export type LiveVisibility = 'public' | 'private'
export type CheckVerdict = 'passed' | 'failed' | 'waived'

/** What is remembered of one listing. Two axes, working and live, decide what is allowed. */
export interface Listing {
  id: string
  /** Deleted drafts and listings that never were: the id is unknown. */
  exists: boolean
  publisherId: string
  kind: string
  working: Working
  live: Live
  /** Every revision that was ever live, by number. */
  archive: { [revision: string]: Archived }
  /** The number of the newest revision. */
  lastRevision: number
  /** The submission just before, decided or recalled (T15). */
  lastSubmission?: PastSubmission
  /** The content that a reviewer rejected last, by its hash (T23). */
  rejectedHash?: string
  /** Slugs under which a revision was live: they stay the listing's for good (T17). */
  slugsEverLive: string[]
  /** The visibility of the last publication. */
  lastVisibility?: LiveVisibility
  /** Every question that was ever asked: an answer to one of them that is not open comes too late (T13). */
  questionsAsked: string[]
  /** Stays with the listing and is shown in later reviews (T15). */
  evidence: Evidence[]
  /** A revision that an operator withdrew: until an operator republishes it, only an operator may (T21). */
  operatorWithdrew: number[]
  /** An operator withdrew the listing, and nothing has been live since (T21). */
  downByOperator: boolean
  /** What nobody but staff may see, staff's identity included. */
  staffOnly: StaffOnly
}

/** One numbered edition of the content. */
export interface Edition {
  revision: number
  content: JsonObject
  slug?: string
}

export type Working =
  | { status: 'none' }
  | (Edition & { status: 'draft' })
  | (Edition & { status: 'submitted'; submission: Submission })
  | (Edition & { status: 'inReview'; submission: Submission; held: boolean })
  | (Edition & { status: 'approved'; submission: Submission; approval: Approval })
  | (Edition & { status: 'rejected'; submission: Submission; rejection: Rejection })

export type WorkingStatus = Working['status']

/** One handing-in of a revision, with all that the review said of it. */
export interface Submission {
  id: string
  contentHash: string
  comment: string
  publishMode: PublishMode
  /** Why it is not published by itself any more, though that was asked for (T9). */
  fellBack?: ByHandBecause
  submittedAt: string
  unchanged: boolean
  questions: { [questionId: string]: Question }
  suggestions: Suggestion[]
  /** Open requests for evidence, by check. */
  evidenceRequests: { [check: string]: string }
  /** Checks that a request or a failure made required. */
  madeRequired: string[]
  verdicts: { [check: string]: { verdict: CheckVerdict; carried: boolean } }
}

export interface Question {
  text: string
  blocking: boolean
  status: 'open' | 'answered' | 'closed'
  answer?: string
}

export interface Suggestion {
  field: string
  text: string
}

/** What is remembered of the submission before the one to come. */
export interface PastSubmission {
  id: string
  contentHash: string
  /** The content that was decided on last, by its hash: a recall decides nothing. */
  decidedHash?: string
  /** Checks that passed or were waived: they carry over when the content is the same. */
  carries: { [check: string]: CheckVerdict }
}

export interface Approval {
  /** A reviewer's decision, or an update by a trusted publisher that nobody reviewed (T23). */
  basis: 'review' | 'trusted-update'
  approvedAt: string
  publishBy: string
  /** When the deadline that runs now was set: by the approval or by an extension. */
  runsSince: string
  /** The publish mode is no longer the one that it was approved with. */
  modeChanged?: true
  /** The smallest threshold, in days, that was reminded of for this deadline. */
  remindedFor?: number
}

export type Rejection = { by: 'reviewer'; reasons: Reason[] } | { by: 'system'; approvedAt: string; publishBy: string }

export interface Reason {
  guideline?: string | undefined
  field?: string | undefined
  seen: string
  howToFix: string
}

/** What is live, and how it is reached: `path` by everyone, `token` by those who were given the private link. */
export type Shown =
  | { status: 'public'; revision: number; path: string; since: string }
  | { status: 'private'; revision: number; path: string; since: string; token: string }

export type Live =
  | { status: 'none'; withdrawn?: Withdrawal }
  | Shown
  | { status: 'suspended'; revision: number; reason: string; was: Shown }

/** Why nothing is live any more, who took it down, and what it was. */
export interface Withdrawal {
  revision?: number
  reason: string
  by: 'publisher' | 'operator'
}

export type LiveStatus = Live['status']

/** A revision that is or was live, as it was published. */
export interface Archived {
  content: JsonObject
  slug?: string
}

export interface Evidence {
  /** There when a reference has a contact: the owner of what is sealed. */
  evidenceId?: string
  check: string
  references: Reference[]
  links: string[]
  text: string
  /** The contacts were erased. */
  erased?: true
}

/** A customer who can tell what the publisher is able to do. */
export interface Reference {
  customer: string
  engagement: string
  /** How to reach them. Personal: sealed under the key of the evidence. */
  contact?: Sealed<string> | undefined
}

export interface StaffOnly {
  reviewer?: string
  holdReason?: string
  extensionReason?: string
  /** What reviewers noted with their verdicts, by check. */
  notes: { [check: string]: string }
  /** Who asked each question, and for evidence: the answer goes to them. */
  askedBy: { [questionOrCheck: string]: string }
}

/** A listing before its first event. */
export function noListing(): Listing {
  return {
    id: '',
    exists: false,
    publisherId: '',
    kind: '',
    working: { status: 'none' },
    live: { status: 'none' },
    archive: {},
    lastRevision: 0,
    slugsEverLive: [],
    questionsAsked: [],
    evidence: [],
    operatorWithdrew: [],
    downByOperator: false,
    staffOnly: { notes: {}, askedBy: {} },
  }
}

/** The statuses on both axes, or `undefined` for an id that answers as unknown. */
export function standingOf(listing: Listing): { working: WorkingStatus; live: LiveStatus } | undefined {
  return listing.exists ? { working: listing.working.status, live: listing.live.status } : undefined
}
