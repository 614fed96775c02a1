import type * as z from 'zod'
import type { Aggregate, DueCommand } from '../aggregate.js'
import { deadlineCommandId } from '../policy.js'
import type { ListingFacts } from './commands/listing-row.js'
import { makePrivate, makePublic, reinstate, renewPrivateLink, republish, suspend, withdraw } from './commands/live.js'
import { expireApproval, extendDeadline, publish, remindPublication } from './commands/publication.js'
import {
  answerQuestion,
  askQuestion,
  closeQuestion,
  eraseEvidence,
  holdReview,
  provideEvidence,
  requestEvidence,
  resumeReview,
  startReview,
  suggestChanges,
} from './commands/review.js'
import { changePublishMode, recallSubmission, submit } from './commands/submission.js'
import { approve, recordCheck, reject } from './commands/verdict.js'
import {
  claimVanityUrl,
  create,
  deleteListing,
  discardRevision,
  releaseVanityUrl,
  revise,
  startRevision,
} from './commands/writing.js'
import { type ListingEvent, listingEvents, type StoredListingEvent } from './events.js'
import { evidenceReaders } from './evidence-readers.js'
import { evolveListing } from './evolve.js'
import { ownCopyOfListing } from './own-copy.js'
import { type Listing, noListing, standingOf } from './state.js'

/** Every command of a listing, in the order of its life. */
export const listingRows = {
  Create: create,
  Revise: revise,
  ClaimVanityUrl: claimVanityUrl,
  ReleaseVanityUrl: releaseVanityUrl,
  Submit: submit,
  RecallSubmission: recallSubmission,
  ChangePublishMode: changePublishMode,
  StartReview: startReview,
  AskQuestion: askQuestion,
  AnswerQuestion: answerQuestion,
  CloseQuestion: closeQuestion,
  SuggestChanges: suggestChanges,
  RequestEvidence: requestEvidence,
  ProvideEvidence: provideEvidence,
  RecordCheck: recordCheck,
  EraseEvidence: eraseEvidence,
  HoldReview: holdReview,
  ResumeReview: resumeReview,
  Approve: approve,
  Reject: reject,
  Publish: publish,
  RemindPublication: remindPublication,
  ExtendDeadline: extendDeadline,
  ExpireApproval: expireApproval,
  StartRevision: startRevision,
  DiscardRevision: discardRevision,
  Withdraw: withdraw,
  Republish: republish,
  MakePrivate: makePrivate,
  MakePublic: makePublic,
  RenewPrivateLink: renewPrivateLink,
  Suspend: suspend,
  Reinstate: reinstate,
  Delete: deleteListing,
} as const

/** Anything that can be asked of a listing. */
export type ListingCommand = {
  [Type in keyof typeof listingRows]: z.output<(typeof listingRows)[Type]['command']>
}[keyof typeof listingRows]

/** The same as a caller writes it: what has a default may be left out. */
export type ListingRequest = {
  [Type in keyof typeof listingRows]: z.input<(typeof listingRows)[Type]['command']>
}[keyof typeof listingRows]

/** Listings: one stream each, `listing-<id>`. */
export const listingAggregate: Aggregate<Listing, ListingFacts, ListingEvent> = {
  noun: 'listing',
  prefix: 'listing-',
  idField: 'listingId',
  events: listingEvents,
  personal: evidenceReaders,
  standing: standingOf,
  decider: {
    initial: noListing,
    evolve: (listing, event) => evolveListing(listing, event as StoredListingEvent),
    ownCopy: ownCopyOfListing,
  },
  rows: listingRows,
  overdue: overdueOf,
}

/** The approval whose deadline has passed, as a command of the system (T4). Reminders are left to the sweep. */
function overdueOf({ id, working }: Listing, now: string): readonly DueCommand[] {
  if (working.status !== 'approved' || now <= working.approval.publishBy) return []
  return [expiryOf(id, working.submission.id, working.approval.publishBy)]
}

/** The command that voids an approval whose deadline has passed: one id, whoever gives it. */
export function expiryOf(listingId: string, submissionId: string, publishBy: string): DueCommand {
  return {
    commandId: deadlineCommandId(`listing-${listingId}`, 'ExpireApproval', { submissionId, publishBy }),
    command: { type: 'ExpireApproval', listingId, submissionId, publishBy },
  }
}
