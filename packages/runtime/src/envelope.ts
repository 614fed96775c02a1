import {
  type Asker,
  type EventDefinitions,
  type Guard,
  type JsonObject,
  type Metadata,
  type NewEvent,
  roleOf,
  type StoredEvent,
  type Version,
} from '@vitrine/core'
import { nextVersion } from './folded.js'
import type { DecidedEvent } from './host.js'

/** What all events of one command have in common. */
export interface Envelope {
  readonly commandId: string
  readonly commandType: string
  readonly hash: string
  readonly asker: Asker
  readonly occurredAt: string
  readonly correlationId: string
  readonly causationId: string
  readonly contentVersion: number
  readonly rules: string
  readonly basis: readonly Guard[]
  readonly hops: number
  readonly traceparent?: string | undefined
}

/** Decided events as they are stored in one stream, after a version. Their positions are not known yet: 0. */
export function wrap(
  envelope: Envelope,
  events: readonly DecidedEvent[],
  to: {
    readonly definitions: EventDefinitions
    readonly stream: string
    readonly after: Version
    readonly newId: () => string
  },
): readonly StoredEvent[] {
  const first = nextVersion(to.after)
  return events.map(({ type, data }, index) => ({
    id: to.newId(),
    type,
    data: data as JsonObject,
    metadata: metadataOf(envelope, to.definitions[type]?.version ?? 1, index, events.length),
    stream: to.stream,
    version: first + index,
    position: 0,
  }))
}

/** What the store is given of an event: the place is the store's to say. */
export function unplaced({ id, type, data, metadata }: StoredEvent): NewEvent {
  return { id, type, data, metadata }
}

function metadataOf(envelope: Envelope, schemaVersion: number, index: number, of: number): Metadata {
  const { commandId, commandType, hash, asker, traceparent } = envelope
  return {
    command: { id: commandId, type: commandType, hash, index, of },
    correlationId: envelope.correlationId,
    causationId: envelope.causationId,
    actor: { id: asker.id, name: asker.name, role: roleOf(asker) },
    occurredAt: envelope.occurredAt,
    schemaVersion,
    contentVersion: envelope.contentVersion,
    rules: envelope.rules,
    basis: envelope.basis,
    hops: envelope.hops,
    ...(traceparent !== undefined && { traceparent }),
  }
}
