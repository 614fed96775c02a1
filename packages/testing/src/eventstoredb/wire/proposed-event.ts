import type streamsPb from '@eventstore/db-client/generated/streams_pb.js'
import type { ProposedEvent } from '../log/logged-event.js'
import { eventIdIn } from './uuid.js'

/** A message in which an event arrives, on either path. */
export type Proposal = streamsPb.AppendReq.ProposedMessage | streamsPb.BatchAppendReq.ProposedMessage

/** What is wrong with a proposed event: a property that is missing, or a value that the server cannot take. */
export type Flaw = { readonly missing: 'type' | 'content-type' } | { readonly bad: string }

/** The event in a message, or what is wrong with it. */
export function proposedEvent(message: Proposal): ProposedEvent | Flaw {
  const properties = message.getMetadataMap()
  const type = properties.get('type')
  const contentType = properties.get('content-type')
  const id = eventIdIn(message.getId())
  if (type === undefined) return { missing: 'type' }
  if (contentType === undefined) return { missing: 'content-type' }
  if (id === undefined) return { bad: 'Unrecognized Guid format.' }
  if (type === '') return { bad: 'Empty eventType' }
  const bytes = { data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() }
  return { id, type, isJson: contentType === 'application/json', ...bytes }
}

/** How much of an append's limit an event takes up. */
export function countedBytes(event: ProposedEvent, counts: 'data' | 'everything'): number {
  if (counts === 'data') return event.data.length
  return event.data.length + event.metadata.length + 2 * event.type.length
}
