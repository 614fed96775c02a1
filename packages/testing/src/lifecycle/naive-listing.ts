export type NaiveWorking = 'none' | 'draft' | 'submitted' | 'inReview' | 'approved' | 'rejected'
export type NaiveLive = 'none' | 'public' | 'private' | 'suspended'
export type NaiveVerdict = 'passed' | 'failed' | 'waived'

/** What a revision says, as far as the table asks: one required field, and the slug. */
export interface NaiveEdition {
  headline?: string
  slug?: string
}

/** A submission, with all that the review said of it. Questions stand in the order in which they were asked. */
export interface NaiveSubmission {
  edition: NaiveEdition
  mode: 'auto' | 'manual'
  comment: string
  questions: { blocking: boolean; status: 'open' | 'answered' | 'closed' }[]
  evidenceAskedFor: string[]
  madeRequired: string[]
  verdicts: { [check: string]: { verdict: NaiveVerdict; carried: boolean } }
  held: boolean
  reviewer?: string
}

/**
 * A listing as a person would keep it on paper: no ids, no hashes, no secrets; what is the same is told by what it says.
 * It is moved by the table of the lifecycle alone, never by events.
 */
export interface NaiveListing {
  exists: boolean
  working: NaiveWorking
  live: NaiveLive
  /** Of the working revision; 0 when there is none. */
  revision: number
  newest: number
  edition: NaiveEdition
  submission?: NaiveSubmission
  /** Instants in milliseconds. */
  approval?: { publishBy: number; runsSince: number; remindedFor?: number }
  rejectedBy?: 'reviewer' | 'system'
  liveRevision: number
  /** What comes back when a suspended listing is reinstated. */
  shownBefore?: 'public' | 'private'
  lastVisibility?: 'public' | 'private'
  archive: { [revision: string]: NaiveEdition }
  withdrawnBy?: 'publisher' | 'operator'
  operatorWithdrew: number[]
  downByOperator: boolean
  /** The submission just before, and what was decided on last. */
  last?: { edition: NaiveEdition; decided?: NaiveEdition; carries: { [check: string]: NaiveVerdict } }
  /** What a reviewer said no to last. */
  rejected?: NaiveEdition
  evidence: ('held' | 'erased')[]
}

/** What a decision on a listing leans on beside the listing. */
export interface Circumstances {
  /** Milliseconds. */
  readonly now: number
  readonly publisher: 'approved' | 'suspended'
  readonly autoPublish: boolean
  readonly autoApproval: boolean
  /** The slug is held by another listing. */
  readonly slugTaken: boolean
}

/** Two revisions that say the same. */
export function sameEdition(one: NaiveEdition | undefined, other: NaiveEdition | undefined): boolean {
  return one !== undefined && other !== undefined && one.headline === other.headline && one.slug === other.slug
}

/** A copy that may be changed without the other one noticing. */
export function copyOf(listing: NaiveListing): NaiveListing {
  const { submission, approval } = listing
  const copy = { ...listing, evidence: [...listing.evidence] }
  if (approval) copy.approval = { ...approval }
  if (submission) {
    const questions = submission.questions.map((question) => ({ ...question }))
    copy.submission = { ...submission, questions, verdicts: { ...submission.verdicts } }
  }
  return copy
}
