import { type EventDefinitions, type JsonObject, newerThanThisCode, type StoredEvent } from '@vitrine/core'
import { RuntimeError, reasonOf } from './errors.js'
import type { StreamKind } from './host.js'
import { type ContentRules, checkContentVersion, contentLifter, holdsOldContent } from './lift-content.js'

/** How stored events come to the shapes of today. What is stored stays as it is. */
export interface Lift {
  /** An event by itself. @throws VitrineError `newer-than-this-code` · RuntimeError `event-not-lifted` */
  alone(kind: StreamKind, event: StoredEvent): StoredEvent
  /** Whether an event can be lifted only by who has lifted all before it. */
  needsAllBefore(event: StoredEvent): boolean
  /** Begins to lift the events of a stream: from its first one on, one after another. */
  begin(kind: StreamKind): (event: StoredEvent) => StoredEvent
}

/** Lifts events, and the content in them, to the shapes of today. */
export function liftBy(rules: ContentRules): Lift {
  const alone = (kind: StreamKind, event: StoredEvent) => {
    checkContentVersion(event, rules)
    return liftEvent(kind.events, event)
  }
  return {
    alone,
    needsAllBefore: (event) => holdsOldContent(event, rules),
    begin: (kind) => {
      const liftContent = contentLifter(rules)
      return (event) => liftContent(alone(kind, event))
    },
  }
}

/**
 * An event in the shape that this code knows: one version a step.
 * @throws VitrineError `newer-than-this-code` · RuntimeError `event-not-lifted`, when a step is missing or throws
 */
function liftEvent(definitions: EventDefinitions, event: StoredEvent): StoredEvent {
  const definition = Object.hasOwn(definitions, event.type) ? definitions[event.type] : undefined
  const stored = event.metadata.schemaVersion
  if (!definition || stored > definition.version) throw newerThanThisCode(event)
  if (stored === definition.version) return event
  let data: Record<string, unknown> = { ...event.data }
  for (let version = stored; version < definition.version; version += 1) {
    data = oneVersionOn(definition.upcast[version - 1], event, data, version)
  }
  return { ...event, data: data as JsonObject }
}

type Upcast = EventDefinitions[string]['upcast'][number]

function oneVersionOn(
  upcast: Upcast | undefined,
  event: StoredEvent,
  data: Record<string, unknown>,
  from: number,
): Record<string, unknown> {
  if (!upcast) throw notLifted(event, from, new Error('there is no upcaster for it'))
  try {
    return upcast(data)
  } catch (cause) {
    throw notLifted(event, from, cause)
  }
}

function notLifted({ stream, version, type }: StoredEvent, from: number, cause: unknown): RuntimeError {
  const message = `Event ${version} of ${stream} was not lifted from version ${from} of ${type}: ${reasonOf(cause)}`
  return new RuntimeError('event-not-lifted', message, { stream, version, from, cause })
}
