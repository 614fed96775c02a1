import type { DueCommand } from '../aggregate.js'
import type { Rules } from '../rules.js'
import type { Deadline } from './deadline.js'
import { rejectStaleApproval } from './reject-stale-approvals.js'
import { remindBeforeDeadline } from './remind-before-deadline.js'

/** What time asks for on one deadline, given the rules of today. Pure; the same question gives the same command ids. */
export function dueCommands(
  deadline: Deadline,
  rules: Pick<Rules, 'remindDaysBefore'>,
  now: string,
): readonly DueCommand[] {
  return [...rejectStaleApproval(deadline, now), ...remindBeforeDeadline(deadline, rules.remindDaysBefore, now)]
}
