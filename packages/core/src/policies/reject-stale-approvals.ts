import type { DueCommand } from '../aggregate.js'
import { expiryOf } from '../listing/decide.js'
import type { Deadline } from './deadline.js'

/** P2: an approval that was not published in time is void, once now is later than its deadline (T1). */
export function rejectStaleApproval(
  { listingId, submissionId, publishBy }: Deadline,
  now: string,
): readonly DueCommand[] {
  return now > publishBy ? [expiryOf(listingId, submissionId, publishBy)] : []
}
