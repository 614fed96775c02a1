import type { QueuedReview } from '@vitrine/core'
import type { Asking, ViewQuestions } from './view-question.js'

/** A submission that waits, with its place in line, from 1 on, and how long it has waited, in milliseconds. */
export interface InLine extends QueuedReview {
  readonly place: number
  readonly age: number
}

/** The review queue in the order of submission. */
export async function reviewLine(
  queue: ViewQuestions<QueuedReview>,
  now: Date,
  asking: Asking,
): Promise<readonly InLine[]> {
  const waiting: QueuedReview[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await queue.find({
      ...asking,
      order: 'submittedAt',
      limit: 1000,
      ...(cursor !== undefined && { cursor }),
    })
    waiting.push(...page.documents)
    cursor = page.cursor
    if (cursor === undefined) break
  }
  return waiting.map((review, at) => ({
    ...review,
    place: at + 1,
    age: now.getTime() - Date.parse(review.submittedAt),
  }))
}
