import type { Json } from '@vitrine/core'
import type { Happening } from './history.js'

/** One handing-in of a revision, and all that the review said of it. */
export interface Submitted {
  readonly submission: Happening
  readonly revision: number
  readonly comment: string
  readonly questions: readonly Question[]
  readonly suggestions: readonly Happening[]
  readonly evidence: readonly Happening[]
  /** Verdicts, in the order in which they were given. */
  readonly checks: readonly Happening[]
  /** Holding and resuming, and who took it up. */
  readonly steps: readonly Happening[]
  /** What it ended with; absent while it runs. */
  readonly outcome?: Happening
}

/** A question of the marketplace, and what became of it. */
export interface Question {
  readonly asked: Happening
  readonly answered?: Happening
  readonly closed?: Happening
}

/** The submissions of a listing, oldest first, from its history. */
export function submissionsIn(happenings: readonly Happening[]): readonly Submitted[] {
  const starts = happenings.flatMap((one, at) => (one.type === 'Submitted' ? [at] : []))
  return starts.map((start, at) => submissionOf(happenings.slice(start, starts[at + 1])))
}

/** What a submission ends with. An approval may still run out, or be voided: then that is what it ended with. */
const ends = ['SubmissionRecalled', 'Approved', 'Rejected', 'AutoRejected']

function submissionOf(happenings: readonly Happening[]): Submitted {
  const [submission] = happenings as readonly [Happening]
  const of = (...types: readonly string[]) => happenings.filter(({ type }) => types.includes(type))
  const outcome = of(...ends).at(-1)
  const { revision, comment } = submission.said
  return {
    submission,
    revision: Number(revision),
    comment: text(comment),
    questions: of('QuestionAsked').map((asked) => questionOf(asked, of('QuestionAnswered', 'QuestionClosed'))),
    suggestions: of('ChangesSuggested'),
    evidence: of('EvidenceRequested', 'EvidenceProvided'),
    checks: of('CheckPassed', 'CheckFailed', 'CheckWaived'),
    steps: of('ReviewStarted', 'ReviewHeld', 'ReviewResumed'),
    ...(outcome && { outcome }),
  }
}

function questionOf(asked: Happening, later: readonly Happening[]): Question {
  const about = later.filter(({ said }) => said.questionId === asked.said.questionId)
  const answered = about.find(({ type }) => type === 'QuestionAnswered')
  const closed = about.find(({ type }) => type === 'QuestionClosed')
  return { asked, ...(answered && { answered }), ...(closed && { closed }) }
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
