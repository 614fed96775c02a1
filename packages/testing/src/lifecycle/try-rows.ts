import type { ListingEvent } from '@vitrine/core'
import { after, askCode, type CastName, factsOf, type ListingAggregate } from './asked-of-code.js'
import { circumstancesOf } from './circumstances.js'
import { commandOf } from './deeds.js'
import { judge } from './judge.js'
import { countAnswer, type RowCounts } from './lifecycle-counts.js'
import { differenceBetween } from './lifecycle-difference.js'
import { lifecycleTable } from './lifecycle-table.js'
import { seenListing } from './seen-listing.js'
import type { TableRow, Whom } from './table-row.js'
import { askedText, parting, type Reached } from './tell-way.js'

/** A state one deed further. */
export interface Onward {
  readonly deed: string
  readonly reached: Reached
}

/**
 * Asks rules and table the same, line by line and in every circumstance, and gives what is then, each once.
 * @throws Error where they part
 */
export function tryRows(
  aggregate: ListingAggregate,
  on: Reached,
  rows: { readonly [deed: string]: RowCounts },
): readonly Onward[] {
  const circumstances = circumstancesOf(on.listing, on.now)
  const factsFor = new Map(cast.map((by) => [by, circumstances.map((around) => factsOf(on, around, by))]))
  return lifecycleTable.flatMap((row) =>
    spokesmenOf(row).flatMap((whom) => {
      const command = commandOf(row.deed, on.listing)
      const by = castOf[whom]
      const grow = growing(aggregate, on, (waited) => askedText(by, command, waited))
      for (const [at, around] of circumstances.entries()) {
        const answer = askCode(aggregate, on, { command, facts: factsFor.get(by)![at]! })
        const events = 'refused' in answer ? [] : answer.events
        const seen = events.length === 0 ? on.seen : grow.to(events, around.now, by).seen
        const said = 'refused' in answer ? answer : { writes: events.map(({ type }) => type), after: seen }
        const judged = judge(row, { listing: on.seen, around, by: whom, actor: `u-${by}` })
        const problem = differenceBetween(judged, said)
        if (problem !== undefined) throw parting({ on, command, by, around }, said, problem)
        countAnswer(rows[row.deed]!, judged, said)
      }
      return grow.reached().map((reached) => ({ deed: row.deed, reached }))
    }),
  )
}

const castOf: { readonly [whom in Whom]: CastName } = {
  administrator: 'ada',
  lister: 'luc',
  reviewer: 'rita',
  operator: 'olaf',
  system: 'system',
}

const cast = Object.values(castOf)

/** Who asks for a line: one for each side that it is for. */
function spokesmenOf({ who }: TableRow): readonly Whom[] {
  const staff = who.includes('reviewer') ? 'reviewer' : 'operator'
  return (['lister', staff, 'system'] as const).filter((one) => who.includes(one))
}

/** What events lead to; the same events at the same moment lead to the same state. */
function growing(aggregate: ListingAggregate, before: Reached, tell: (waited: number) => string) {
  const known = new Map<string, Reached>()
  return {
    reached: () => [...known.values()],
    to: (events: readonly ListingEvent[], now: number, by: CastName): Reached => {
      const key = `${now} ${JSON.stringify(events)}`
      const met = known.get(key)
      if (met) return met
      const listing = after(aggregate, before.listing, events, { now, by })
      const told = tell(now - before.now)
      const reached = { listing, seen: seenListing(listing), now, age: before.age + 1, told, before }
      known.set(key, reached)
      return reached
    },
  }
}
