import type { StoredEvent } from '../event-store.js'
import type { Listing } from '../listing/state.js'
import type { AnyMessageRow, MessageDraft } from './message-row.js'

/** The name under which the table of messages asks for them. */
export const notify = 'notify'

/** The messages that the table asks for on an event, each under its kind as the key. */
export function draftsOf(
  rows: readonly AnyMessageRow[],
  event: StoredEvent,
  stood: { readonly before: object; readonly listings: readonly Listing[] },
): readonly MessageDraft[] {
  return rows
    .filter((row) => row.on === event.type && (row.when?.(event, stood) ?? true))
    .map((row) => {
      const about = row.about?.(event, stood) ?? []
      return { key: row.kind, kind: row.kind, to: row.to(event, stood), ...(about.length > 0 && { about }) }
    })
}
