import type { DueCommand } from '../aggregate.js'
import { deadlineCommandId } from '../policy.js'

/** A lead, as far as it awaits a first response. */
export interface AwaitedResponse {
  readonly leadId: string
  /** The instant after which the response is overdue; `null` when none is awaited. */
  readonly responseDueBy: string | null
}

/** P6: that nobody responded in time is noted, once now is later than the lead's deadline. */
export function firstResponseOverdue(
  { leadId, responseDueBy: respondBy }: AwaitedResponse,
  now: string,
): readonly DueCommand[] {
  if (respondBy === null || now <= respondBy) return []
  return [
    {
      commandId: deadlineCommandId(`lead-${leadId}`, 'RecordResponseOverdue', { respondBy }),
      command: { type: 'RecordResponseOverdue', leadId, respondBy },
    },
  ]
}
