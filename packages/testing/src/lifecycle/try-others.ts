import type { AnyCommand } from '@vitrine/core'
import { askCode, type CastName, factsOf, type ListingAggregate } from './asked-of-code.js'
import { inGoodStanding } from './circumstances.js'
import { commandOf } from './deeds.js'
import { isFor } from './judge.js'
import type { RowCounts } from './lifecycle-counts.js'
import { lifecycleTable } from './lifecycle-table.js'
import { parting, type Reached } from './tell-way.js'

/**
 * Tries every line of the table by everybody whom its command is not for: strangers learn nothing, the others why not.
 * @throws Error when somebody gets further
 */
export function tryOthers(
  aggregate: ListingAggregate,
  on: Reached,
  rows: { readonly [deed: string]: RowCounts },
): void {
  const around = { ...inGoodStanding, now: on.now }
  for (const { deed } of lifecycleTable) {
    const command = commandOf(deed, on.listing)
    for (const [by] of roles.filter(([, role]) => !mayAsk(command, role))) {
      const answer = askCode(aggregate, on, { command, facts: factsOf(on, around, by) })
      rows[deed]!.notForThem += 1
      if ('refused' in answer && codesForOthers.has(answer.refused)) continue
      const said = 'refused' in answer ? answer : { writes: answer.events.map(({ type }) => type), after: on.seen }
      throw parting({ on, command, by, around }, said, `By the table it is not for ${by}.`)
    }
  }
}

const roles: readonly (readonly [CastName, string])[] = [
  ['ada', 'administrator'],
  ['luc', 'lister'],
  ['sam', 'sales'],
  ['vic', 'viewer'],
  ['mia', 'viewer'],
  ['rita', 'reviewer'],
  ['olaf', 'operator'],
  ['zoe', 'person'],
  ['visitor', 'visitor'],
  ['system', 'system'],
]

/** Several lines may speak of one command, each for others. */
function mayAsk({ type }: AnyCommand, role: string): boolean {
  return lifecycleTable.some((row) => row.deed.split(': ')[0] === type && isFor(row, role))
}

const codesForOthers: ReadonlySet<string> = new Set(
  ['role-may-not', 'conflict-of-interest', 'not-for-staff', 'not-for-the-system'].concat([
    'unknown-listing',
    'unknown-publisher',
  ]),
)
