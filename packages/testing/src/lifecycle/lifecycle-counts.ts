import type { Judgement } from './judge.js'
import type { SeenAnswer } from './lifecycle-difference.js'
import { lifecycleTable } from './lifecycle-table.js'

/** How often a line of the table came out as it says. */
export interface RowCounts {
  accepted: number
  /** It held already. */
  nothing: number
  refused: number
  /** Refused to those whom it is not for. */
  notForThem: number
  /** Reasons that stood in the way with no other reason beside them. */
  readonly reasonsAlone: Set<string>
}

/** What the check of the lifecycle has met. */
export interface LifecycleCounts {
  /** By alphabet: different states, with ids, times and texts forgotten, and the deeds to the farthest of them. */
  readonly states: { readonly [alphabet: string]: { readonly states: number; readonly depth: number } }
  /** Pairs of statuses, of the working and the live revision. */
  readonly statuses: number
  readonly accepted: number
  readonly nothing: number
  readonly refused: number
  readonly rows: { readonly [deed: string]: RowCounts }
}

/** One row for each line of the table, before anything is counted. */
export function newRowCounts(): { [deed: string]: RowCounts } {
  return Object.fromEntries(
    lifecycleTable.map(({ deed }) => [
      deed,
      { accepted: 0, nothing: 0, refused: 0, notForThem: 0, reasonsAlone: new Set<string>() },
    ]),
  )
}

/** Counts an answer on which code and table agree. */
export function countAnswer(row: RowCounts, judged: Judgement, said: SeenAnswer): void {
  if ('refused' in said) {
    row.refused += 1
    if ('reasons' in judged && judged.reasons.length === 1) row.reasonsAlone.add(said.refused)
  } else if (said.writes.length > 0) row.accepted += 1
  else row.nothing += 1
}

/** Of all rows together. */
export function totalOf(
  rows: { readonly [deed: string]: RowCounts },
  count: 'accepted' | 'nothing' | 'refused' | 'notForThem',
): number {
  return Object.values(rows).reduce((sum, row) => sum + row[count], 0)
}
