import type { Listing } from '@vitrine/core'
import { editionIn, editionOfHash } from './lifecycle-rules.js'
import type { NaiveEdition, NaiveListing, NaiveSubmission } from './naive-listing.js'

type Reviewed = Extract<Listing['working'], { status: 'submitted' }>

/** A listing of the code as the table sees one: without ids, hashes, secrets and what people wrote beside the content. */
export function seenListing(listing: Listing): NaiveListing {
  const { exists, working, live, archive, operatorWithdrew, downByOperator, evidence } = listing
  return {
    exists,
    working: working.status,
    live: live.status,
    revision: working.status === 'none' ? 0 : working.revision,
    newest: exists ? listing.lastRevision : 0,
    edition: working.status === 'none' ? {} : editionIn(working),
    liveRevision: live.status === 'none' ? 0 : live.revision,
    archive: Object.fromEntries(Object.entries(archive).map(([revision, edition]) => [revision, editionIn(edition)])),
    operatorWithdrew: operatorWithdrew.toSorted((one, other) => one - other),
    downByOperator,
    evidence: evidence.map(({ erased }) => (erased ? 'erased' : 'held')),
    ...progressIn(listing),
    ...visibilityIn(listing),
    ...pastIn(listing),
  }
}

type Progress = Pick<NaiveListing, 'submission' | 'approval' | 'rejectedBy'>

function progressIn(listing: Listing): Progress {
  const { working } = listing
  if (!('submission' in working)) return {}
  const submission = submissionIn(listing, working as Reviewed)
  if (working.status === 'rejected') return { submission, rejectedBy: working.rejection.by }
  if (working.status !== 'approved') return { submission }
  const { publishBy, runsSince, remindedFor } = working.approval
  const approval = { publishBy: Date.parse(publishBy), runsSince: Date.parse(runsSince) }
  return { submission, approval: remindedFor === undefined ? approval : { ...approval, remindedFor } }
}

function submissionIn({ working: now, staffOnly }: Listing, working: Reviewed): NaiveSubmission {
  const { publishMode, comment, questions, evidenceRequests, madeRequired, verdicts } = working.submission
  return {
    edition: editionIn(working),
    mode: publishMode,
    comment,
    questions: Object.values(questions).map(({ blocking, status }) => ({ blocking, status })),
    evidenceAskedFor: Object.keys(evidenceRequests).toSorted(),
    madeRequired: madeRequired.toSorted(),
    verdicts: { ...verdicts },
    held: now.status === 'inReview' && now.held,
    ...(staffOnly.reviewer !== undefined && { reviewer: staffOnly.reviewer }),
  }
}

function visibilityIn({ live, lastVisibility }: Listing): Partial<NaiveListing> {
  return {
    ...(lastVisibility && { lastVisibility }),
    ...(live.status === 'suspended' && { shownBefore: live.was.status }),
    ...(live.status === 'none' && live.withdrawn && { withdrawnBy: live.withdrawn.by }),
  }
}

function pastIn({ lastSubmission, rejectedHash }: Listing): Pick<NaiveListing, 'last' | 'rejected'> {
  const rejected = editionOfHash(rejectedHash)
  const decided = editionOfHash(lastSubmission?.decidedHash)
  const edition = editionOfHash(lastSubmission?.contentHash)
  return {
    ...(rejected && { rejected }),
    ...(lastSubmission && edition && { last: lastOf(edition, { ...lastSubmission.carries }, decided) }),
  }
}

function lastOf(
  edition: NaiveEdition,
  carries: NonNullable<NaiveListing['last']>['carries'],
  decided: NaiveEdition | undefined,
): NonNullable<NaiveListing['last']> {
  return decided ? { edition, carries, decided } : { edition, carries }
}
