import { isStaffRole, theMarketplace } from './actor.js'
import type { EventDefinition, Visibility } from './event-definition.js'
import type { Metadata, StoredEvent } from './event-store.js'
import type { JsonObject } from './json.js'
import { knownEvents } from './known-events.js'
import type { ViewerKind } from './viewer.js'

/** How the people of a publisher, and what acts for them by itself, appear to outsiders. */
export const thePublisher = { id: 'publisher', name: 'the publisher', role: 'publisher' } as const

/** What everyone who may see an event sees beside its data: nothing that tells who of the staff acted, or how. */
export type SeenMetadata = Pick<Metadata, 'actor' | 'occurredAt' | 'schemaVersion' | 'contentVersion'>

/** An event as a viewer may see it. Staff gets it with all its metadata. */
export interface SeenEvent extends Omit<StoredEvent, 'metadata'> {
  readonly metadata: SeenMetadata
}

/**
 * What a viewer may see of an event, or `undefined` when that is nothing (T30). What this code does not know is for
 * staff alone. Whether an outsider may see the stream at all, because the listing is public now, is the caller's to say.
 */
export function cutEvent(event: StoredEvent, viewer: ViewerKind): SeenEvent | undefined {
  if (viewer === 'staff') return withoutHidden(event)
  const data = cutData(event, viewer)
  if (!data) return undefined
  const { id, type, stream, version, position } = event
  const { occurredAt, schemaVersion, contentVersion } = event.metadata
  const actor = cutActor(event.metadata.actor, viewer)
  return { id, type, data, stream, version, position, metadata: { actor, occurredAt, schemaVersion, contentVersion } }
}

/** The part of {@link cutEvent} that concerns the data; staff sees all of it but what nobody sees. */
export function cutData(
  { type, data }: Pick<StoredEvent, 'type' | 'data'>,
  viewer: Exclude<ViewerKind, 'staff'>,
): JsonObject | undefined {
  const definition = definitionOf(type)
  if (!definition || !(viewer === 'member' ? membersSee : outsidersSee).includes(definition.seenBy)) return undefined
  const { operatorOnly, publisherOnly, hidden } = definition
  if (viewer === 'member') return without(data, [...operatorOnly, ...hidden])
  if (data.visibility === 'private') return undefined
  return without(data, [...operatorOnly, ...publisherOnly, ...hidden])
}

/** Who acted, as a viewer may know it: staff is "the marketplace" to all but staff (T30). */
export function cutActor(actor: Metadata['actor'], viewer: ViewerKind): Metadata['actor'] {
  if (viewer === 'staff') return actor
  if (isStaffRole(actor.role)) return theMarketplace
  return viewer === 'member' ? actor : thePublisher
}

const definitions: { readonly [type: string]: EventDefinition | undefined } = knownEvents

function definitionOf(type: string): EventDefinition | undefined {
  return Object.hasOwn(definitions, type) ? definitions[type] : undefined
}

function withoutHidden(event: StoredEvent): StoredEvent {
  const { hidden = [] } = definitionOf(event.type) ?? {}
  return hidden.length === 0 ? event : { ...event, data: without(event.data, hidden) }
}

const membersSee: readonly Visibility[] = ['public', 'publisher']
const outsidersSee: readonly Visibility[] = ['public']

function without(data: JsonObject, fields: readonly string[]): JsonObject {
  if (fields.length === 0) return { ...data }
  return Object.fromEntries(Object.entries(data).filter(([field]) => !fields.includes(field)))
}
