import type { Listing } from '@vitrine/core'
import { lifecycleTable } from './lifecycle-table.js'

/** Which deeds lead on from a state. Every line of the table is tried in it, whether it leads on or not. */
export interface Alphabet {
  readonly name: string
  readonly follows: ReadonlySet<string>
  /** Deeds one after the other, at most. */
  readonly depth: number
}

const draft = 'Create, Revise: one text'
const approval = 'RecordCheck: content passed, Approve'
const toLive = `${draft}, Submit: manual, ${approval}, Publish`

/** Parts of a life, each with its own alphabet: all at once there are more states than anybody waits for. */
export const alphabets: readonly Alphabet[] = [
  alphabet(
    'what is live',
    10,
    `${toLive}, Publish: privately, StartRevision, DiscardRevision, Withdraw, Republish, Republish: privately`,
    'MakePrivate, MakePublic, RenewPrivateLink, Suspend, Reinstate, StartReview, Reject',
    'Submit: auto, Approve: by trust, Publish: by itself, ClaimVanityUrl',
  ),
  alphabet('a trusted update', 10, `${toLive}, StartRevision, AskQuestion: not blocking, Approve: by trust, Reject`),
  alphabet(
    'a publication',
    9,
    `${toLive}, Revise: another text, ClaimVanityUrl, ReleaseVanityUrl, Submit: auto, Delete, Publish: privately`,
    'Publish: by itself, ChangePublishMode: manual, ChangePublishMode: auto, ExtendDeadline, ExpireApproval',
    'RemindPublication: 30 days before, RemindPublication: 1 days before',
  ),
  alphabet(
    'a review',
    8,
    `${toLive}, StartReview, AskQuestion: blocking, AnswerQuestion, CloseQuestion, ResumeReview, Reject`,
    'RequestEvidence: content, ProvideEvidence, EraseEvidence, RecordCheck: security failed, HoldReview',
  ),
  alphabet(
    'checks',
    8,
    `${draft}, Submit: manual, Submit: manual, no comment, RecallSubmission, ${approval}, RecordCheck: content failed`,
    'RecordCheck: content waived, RecordCheck: security passed, RecordCheck: security failed, RequestEvidence: security',
  ),
]

/** Kept small: one question, one piece of evidence and two revisions at most are asked for on the way. */
export function leadsOn(
  { follows }: Alphabet,
  deed: string,
  { questionsAsked, evidence, lastRevision }: Listing,
): boolean {
  if (!follows.has(deed)) return false
  if (deed.startsWith('AskQuestion')) return questionsAsked.length === 0
  if (deed === 'ProvideEvidence') return evidence.length === 0
  return deed !== 'StartRevision' || lastRevision < 2
}

function alphabet(name: string, depth: number, ...deeds: readonly string[]): Alphabet {
  const follows = deeds.flatMap((some) => some.split(/, (?=[A-Z])/))
  const unknown = follows.find((deed) => !lifecycleTable.some((row) => row.deed === deed))
  if (unknown !== undefined) throw new Error(`The table has no line ${unknown}.`)
  return { name, depth, follows: new Set(follows) }
}
