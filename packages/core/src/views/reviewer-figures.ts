import type { EventNamed } from '../known-events.js'
import type { View } from '../view.js'
import { defineView } from './define-view.js'

/** What one reviewer did in one month. Months are those of UTC. */
export interface ReviewerFigures {
  /** The reviewer's actor id. */
  readonly reviewer: string
  /** The name under which they acted last. */
  readonly reviewerName: string
  /** As in `2026-03`: that of the decision, or of the question. */
  readonly month: string
  readonly approved: number
  readonly rejected: number
  readonly questionsAsked: number
  /** From submission to decision, in milliseconds, over all that was approved and rejected; the mean is `sum / count`. */
  readonly timeToDecision: { readonly count: number; readonly sum: number; readonly longest: number }
}

/** Since when a submission waits: kept under the name of its stream until it ends, in no index, shown to nobody. */
interface Waiting {
  readonly submittedAt: string
  readonly reviewer: readonly never[]
  readonly month: readonly never[]
}

type Decision = EventNamed<'Approved' | 'Rejected'>
type Counted = Decision | EventNamed<'QuestionAsked'>

const empty: Waiting = { submittedAt: '', reviewer: [], month: [] }
const none = { approved: 0, rejected: 0, questionsAsked: 0, timeToDecision: { count: 0, sum: 0, longest: 0 } }

const on = {
  Submitted: (event: EventNamed<'Submitted'>) => [event.stream],
  SubmissionRecalled: (event: EventNamed<'SubmissionRecalled'>) => [event.stream],
  QuestionAsked: (event: EventNamed<'QuestionAsked'>) => [figuresKey(event)],
  // Nobody decided on a trusted update (T23).
  Approved: (event: EventNamed<'Approved'>) =>
    event.data.basis === 'review' ? [event.stream, figuresKey(event)] : [event.stream],
  Rejected: (event: EventNamed<'Rejected'>) => [event.stream, figuresKey(event)],
}

/**
 * How many submissions each reviewer approved and rejected in each month, what they asked, and how long it took; for staff.
 * What time rejected nobody decided (T16), and what was recalled neither.
 */
export const reviewerFigures: View<object, keyof typeof on, ReviewerFigures> = defineView<
  ReviewerFigures | Waiting,
  keyof typeof on,
  ReviewerFigures
>({
  name: 'reviewer-figures',
  version: 1,
  audience: 'operator',
  empty,
  on,
  apply: (document, event, key, others) => {
    if (event.type === 'Submitted') return { ...empty, submittedAt: event.metadata.occurredAt }
    if (event.type === 'SubmissionRecalled' || key === event.stream) return undefined
    return figuresAfter('submittedAt' in document ? none : document, event, others(event.stream) as Waiting)
  },
  indexes: [
    ['month', 'reviewer'],
    ['reviewer', 'month'],
  ],
  show: (document) => ('submittedAt' in document ? undefined : document),
})

function figuresAfter(before: typeof none, event: Counted, waiting: Waiting): ReviewerFigures {
  const { id: reviewer, name: reviewerName } = event.metadata.actor
  return { ...before, reviewer, reviewerName, month: monthOf(event), ...counted(before, event, waiting) }
}

function counted(before: typeof none, event: Counted, waiting: Waiting): Partial<typeof none> {
  if (event.type === 'QuestionAsked') return { questionsAsked: before.questionsAsked + 1 }
  const timeToDecision = longer(before.timeToDecision, timeTaken(event, waiting))
  if (event.type === 'Approved') return { approved: before.approved + 1, timeToDecision }
  return { rejected: before.rejected + 1, timeToDecision }
}

function longer({ count, sum, longest }: typeof none.timeToDecision, milliseconds: number) {
  return { count: count + 1, sum: sum + milliseconds, longest: Math.max(longest, milliseconds) }
}

function timeTaken({ metadata }: Decision, { submittedAt }: Waiting): number {
  return Date.parse(metadata.occurredAt) - Date.parse(submittedAt)
}

/** The month comes first: no stream has such a name. */
function figuresKey(event: Counted): string {
  return `${monthOf(event)} ${event.metadata.actor.id}`
}

function monthOf({ metadata }: Counted): string {
  return metadata.occurredAt.slice(0, 'yyyy-mm'.length)
}
