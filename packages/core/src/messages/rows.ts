import { aboutLeads } from './about-leads.js'
import { aboutPublication } from './about-publication.js'
import { aboutReviews } from './about-reviews.js'
import { aboutTeam } from './about-team.js'
import type { AnyMessageRow } from './message-row.js'

/** The table of messages (P8, P4): which event tells whom what. What stands in no row is told to nobody. */
export const messageRows: readonly AnyMessageRow[] = [...aboutReviews, ...aboutPublication, ...aboutLeads, ...aboutTeam]

/** The types of the events that may ask for a message. */
export const messageTypes: readonly string[] = [...new Set(messageRows.map(({ on }) => on))]

/** The row that an event asks for a message of this kind by; `undefined` when the table has none. */
export function messageRowOf(on: string, kind: string): AnyMessageRow | undefined {
  return messageRows.find((row) => row.on === on && row.kind === kind)
}

/** Whether an event of this type can only be judged by the listings of its publisher, as they stood. */
export function readsListings(type: string): boolean {
  return messageRows.some((row) => row.on === type && row.readsListings === true)
}
