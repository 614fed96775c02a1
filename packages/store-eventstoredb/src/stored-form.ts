import {
  checkedNumber,
  type JsonObject,
  type Metadata,
  type SerialisedEvent,
  type StoredEvent,
  StoreError,
} from '@vitrine/core'
import type { ClientEvent, RecordedEvent } from './db-client.js'

/** An event of a log as it was read, and how many events of the same append follow it. */
export interface Found {
  readonly event: StoredEvent
  readonly tail: number
}

/** Under these names the server's own tools look for what ties events together. */
const toolNames = new Map([
  ['correlationId', '$correlationId'],
  ['causationId', '$causationId'],
])
const ourNames = new Map([...toolNames].map(([ours, tools]) => [tools, ours]))
/** Beside the metadata stands how many events of the same append follow, where some do. */
const tailName = 'tail'

const encoder = new TextEncoder()

/** Events as the client is given them. @throws StoreError `invalid` for metadata that use a name which the store needs. */
export function forClient(events: readonly SerialisedEvent[]): ClientEvent[] {
  return events.map(({ id, type, data, metadata }, at) => ({
    id,
    type,
    contentType: 'application/json',
    data: JSON.parse(data) as Record<string, unknown>,
    metadata: encoder.encode(forServer(metadata, events.length - 1 - at)),
  }))
}

/**
 * An event as the port gives it. @throws StoreError `invalid` for one that this store cannot have written, or whose numbers
 * it cannot hold
 */
export function foundEvent(recorded: RecordedEvent, prefix: string): Found {
  const { streamId, id, type, revision, data, metadata } = recorded
  if (!isObject(data) || !isObject(metadata)) throw alien(recorded)
  const { [tailName]: tail = 0, ...rest } = metadata
  return {
    event: {
      id,
      type,
      data: data as JsonObject,
      metadata: renamed(rest, ourNames) as object as Metadata,
      stream: streamId.slice(prefix.length),
      version: checkedNumber(revision, 'The revision'),
      position: positionOf(recorded),
    },
    tail: Number(tail),
  }
}

/**
 * Where an event stands in the server's log. What was written in an explicit transaction of long ago has two places, which
 * no checkpoint here can hold. @throws StoreError `invalid`
 */
export function positionOf({ streamId, revision, position }: RecordedEvent): number {
  if (position?.commit !== undefined && position.commit === position.prepare) {
    return checkedNumber(position.commit, 'The position')
  }
  throw new StoreError(
    'invalid',
    `Event ${revision} of ${streamId} has no single position: it was written in an explicit transaction, or by a server before 22.6.`,
  )
}

/** Whether an event is the server's own: links to others, metadata of streams, tombstones. */
export function isOfServer({ type }: Pick<RecordedEvent, 'type'>): boolean {
  return type.startsWith('$')
}

/** What is compared of an event that may be a repeat: exactly what was sent, but for how many others it was sent with. */
export function sameAsStored(sent: ClientEvent, stored: RecordedEvent): boolean {
  return (
    sent.type === stored.type &&
    JSON.stringify(sent.data) === JSON.stringify(stored.data) &&
    withoutTail(JSON.parse(new TextDecoder().decode(sent.metadata))) === withoutTail(stored.metadata)
  )
}

function withoutTail(metadata: unknown): string {
  return JSON.stringify(isObject(metadata) ? { ...metadata, [tailName]: undefined } : metadata)
}

function forServer(text: string, tail: number): string {
  const metadata = JSON.parse(text) as Record<string, unknown>
  const taken = [...ourNames.keys(), tailName].find((name) => Object.hasOwn(metadata, name))
  if (taken !== undefined) {
    throw new StoreError('invalid', `metadata.${taken} is a name that this store needs itself. Use another one.`)
  }
  const named = renamed(metadata, toolNames)
  return JSON.stringify(tail === 0 ? named : { ...named, [tailName]: tail })
}

function renamed(value: Record<string, unknown>, names: ReadonlyMap<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [names.get(key) ?? key, member]))
}

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function alien({ streamId, revision, type }: RecordedEvent): StoreError {
  return new StoreError(
    'invalid',
    `Event ${revision} of ${streamId} (${type}) was not written by this store: its data and metadata are no JSON objects. Nothing else may write to streams that begin with this prefix.`,
  )
}
