import type { DueCommand } from '../aggregate.js'
import { isReached } from '../listing/commands/publication.js'
import { deadlineCommandId } from '../policy.js'
import type { Deadline } from './deadline.js'

/**
 * P3: the publisher is reminded before the deadline. Of several thresholds that are reached only the smallest counts,
 * and none twice for one deadline (T29). Nobody is reminded when no time is left.
 */
export function remindBeforeDeadline(
  deadline: Deadline,
  thresholds: readonly number[],
  now: string,
): readonly DueCommand[] {
  if (now >= deadline.publishBy) return []
  const threshold = Math.min(...thresholds.filter((one) => isReached(one, deadline, now)))
  if (threshold >= (deadline.remindedFor ?? Number.POSITIVE_INFINITY)) return []
  return [reminder(deadline, threshold)]
}

function reminder({ listingId, submissionId, publishBy }: Deadline, threshold: number): DueCommand {
  return {
    commandId: deadlineCommandId(`listing-${listingId}`, 'RemindPublication', { submissionId, publishBy, threshold }),
    command: { type: 'RemindPublication', listingId, submissionId, publishBy, threshold },
  }
}
