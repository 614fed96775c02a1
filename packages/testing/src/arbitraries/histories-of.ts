import type { Rules, StoredEvent } from '@vitrine/core'
import type * as fc from 'fast-check'
import { type LivedOptions, livedWorlds } from '../histories.js'

/** Whole valid histories of a listing, its publisher or a lead: events that the rules decided, in order, from the first. */
export function historiesOf(
  aggregate: 'listing' | 'publisher' | 'lead',
  rules: Rules,
  options: LivedOptions = {},
): fc.Arbitrary<readonly StoredEvent[]> {
  return livedWorlds(rules, options).map(({ events }) =>
    events.filter(({ stream }) => stream.startsWith(`${aggregate}-`)),
  )
}
