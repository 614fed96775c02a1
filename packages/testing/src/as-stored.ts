import { type Asker, type JsonObject, roleOf, type StoredEvent } from '@vitrine/core'

/** Where an event would stand, if a store had taken it. */
export interface Place {
  readonly stream: string
  readonly occurredAt: string
  readonly asker: Asker
}

/** An event that was decided, as a log would hold it: for folds that have no log around them. */
export function asStored(
  { type, data }: { readonly type: string; readonly data: object },
  { stream, occurredAt, asker }: Place,
): StoredEvent {
  return {
    id: '',
    type,
    data: data as JsonObject,
    stream,
    version: 0,
    position: 0,
    metadata: {
      command: { id: '', type: '', hash: '', index: 0, of: 1 },
      correlationId: '',
      causationId: '',
      actor: { id: asker.id, name: asker.name, role: roleOf(asker) },
      occurredAt,
      schemaVersion: 1,
      contentVersion: 1,
      rules: '',
      basis: [],
      hops: 0,
    },
  }
}
