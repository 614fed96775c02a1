import { type EventDefinitions, type JsonObject, newerThanThisCode, type StoredEvent } from '@vitrine/core'

/** Lifts content that an older version of the marketplace's schemas stored; the kind is that of the listing. */
export type LiftContent = (content: JsonObject, from: { readonly version: number; readonly kind: string }) => JsonObject

/** An event in the shape that this code knows. @throws VitrineError `newer-than-this-code` */
export function liftEvent(definitions: EventDefinitions, event: StoredEvent): StoredEvent {
  const definition = Object.hasOwn(definitions, event.type) ? definitions[event.type] : undefined
  const stored = event.metadata.schemaVersion
  if (!definition || stored > definition.version) throw newerThanThisCode(event)
  if (stored === definition.version) return event
  const steps = definition.upcast.slice(stored - 1)
  const data = steps.reduce((older, upcast) => upcast(older), { ...event.data } as Record<string, unknown>)
  return { ...event, data: data as JsonObject }
}

/** The event types that hold content of a listing, and the field in which they hold it. */
const contentFields: { readonly [type: string]: string } = {
  Revised: 'changes',
  Published: 'content',
  Republished: 'content',
}

/** Whether an event holds content of an older version of the marketplace's schemas. */
export function holdsOldContent({ type, metadata }: StoredEvent, contentVersion: number): boolean {
  return metadata.contentVersion < contentVersion && Object.hasOwn(contentFields, type)
}

/** An event whose content has the shape of today. Fields that a revision removes (`null`) stay removed. */
export function liftContentOf(event: StoredEvent, kind: string, lift: LiftContent): StoredEvent {
  const field = contentFields[event.type]
  const content = field === undefined ? undefined : event.data[field]
  if (field === undefined || typeof content !== 'object' || content === null) return event
  const entries = Object.entries(content)
  const kept = Object.fromEntries(entries.filter(([, value]) => value !== null)) as JsonObject
  const removed = Object.fromEntries(entries.filter(([, value]) => value === null))
  const lifted = lift(kept, { version: event.metadata.contentVersion, kind })
  return { ...event, data: { ...event.data, [field]: { ...removed, ...lifted } } }
}
