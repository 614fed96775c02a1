import { listingAggregate } from '@vitrine/core'
import { type Alphabet, alphabets, leadsOn } from './alphabets.js'
import type { ListingAggregate } from './asked-of-code.js'
import { forgetful } from './forgetful.js'
import { type LifecycleCounts, newRowCounts, type RowCounts, totalOf } from './lifecycle-counts.js'
import { seenListing } from './seen-listing.js'
import type { Reached } from './tell-way.js'
import { tryOthers } from './try-others.js'
import { tryRows } from './try-rows.js'

export interface CheckLifecycleOptions {
  /** What decides; the core's by default. */
  readonly listing?: ListingAggregate
  /** So many deeds further than by default; each doubles the states, about. */
  readonly further?: number
}

/**
 * Walks through every state of a listing that a small alphabet of deeds leads to, and tries in each of them every line of
 * the table of the lifecycle, in every circumstance: the rules answer what the table says, and the state is then what the
 * table says. In every pair of statuses each line is also tried by everybody whom it is not for.
 * @throws Error that tells the shortest way to where they part, what each says, and what differs
 */
export function checkLifecycle({
  listing = listingAggregate,
  further = 0,
}: CheckLifecycleOptions = {}): LifecycleCounts {
  const rows = newRowCounts()
  const exploration = { aggregate: listing, rows, statuses: new Set<string>(), further }
  const states = Object.fromEntries(alphabets.map((alphabet) => [alphabet.name, walk(exploration, alphabet)]))
  const { statuses } = exploration
  return {
    states,
    statuses: statuses.size,
    accepted: totalOf(rows, 'accepted'),
    nothing: totalOf(rows, 'nothing'),
    refused: totalOf(rows, 'refused') + totalOf(rows, 'notForThem'),
    rows,
  }
}

interface Exploration {
  readonly aggregate: ListingAggregate
  readonly rows: { readonly [deed: string]: RowCounts }
  readonly statuses: Set<string>
  readonly further: number
}

/** Breadth first: the way to a state is the shortest. */
function walk(exploration: Exploration, alphabet: Alphabet): { readonly states: number; readonly depth: number } {
  const met = new Set<string>()
  let open: readonly Reached[] = [beginning(exploration)]
  let depth = 0
  while (open.length > 0) {
    const fresh = open.filter((state) => isNew(met, forgetful(state)))
    depth = fresh[0]?.age ?? depth
    open = fresh.flatMap((state) => onwards(exploration, alphabet, state))
  }
  return { states: met.size, depth }
}

function beginning({ aggregate }: Exploration): Reached {
  const listing = aggregate.decider.initial()
  const now = Date.parse('2026-01-05T09:00:00.000Z')
  return { listing, seen: seenListing(listing), now, age: 0, told: 'Nothing is there.' }
}

function isNew(met: Set<string>, key: string): boolean {
  if (met.has(key)) return false
  met.add(key)
  return true
}

/** What is reached from a state in which everything is tried. */
function onwards(exploration: Exploration, alphabet: Alphabet, state: Reached): readonly Reached[] {
  const { aggregate, rows, statuses, further } = exploration
  const { exists, working, live } = state.seen
  if (isNew(statuses, `${exists} ${working} ${live}`)) tryOthers(aggregate, state, rows)
  const onward = tryRows(aggregate, state, rows)
  if (state.age >= alphabet.depth + further) return []
  return onward.filter(({ deed }) => leadsOn(alphabet, deed, state.listing)).map(({ reached }) => reached)
}
