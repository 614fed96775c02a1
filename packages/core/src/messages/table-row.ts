import type { KnownEvent } from '../known-events.js'
import type { MessageKind } from '../message-kinds.js'
import type { AnyMessageRow, MessageRow } from './message-row.js'

/** Declares one row of the table of messages: typed by its event and its kind, read like every other. */
export function messageRow<const Type extends KnownEvent['type'], const Kind extends MessageKind>(
  row: MessageRow<Type, Kind>,
): AnyMessageRow {
  return row as AnyMessageRow
}
