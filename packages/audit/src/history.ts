import {
  cutEvent,
  type EventStore,
  type FieldDifference,
  type JsonObject,
  type Metadata,
  type StoredEvent,
} from '@vitrine/core'
import type { Audited, Watching } from './audited.js'
import { type Found, findStream } from './find-stream.js'
import { type MessageFate, messagesAbout } from './messages-about.js'
import { type PendingDeadline, pendingDeadlines } from './pending-deadlines.js'
import { type Sight, withoutKeys } from './personal-sight.js'
import { stateChanges } from './state-changes.js'
import { streamStory, type Told } from './stream-story.js'

/** One event, told to somebody who asks what happened. */
export interface Happening {
  readonly version: number
  readonly position: number
  readonly id: string
  readonly type: string
  readonly occurredAt: string
  readonly by: Metadata['actor']
  readonly command: { readonly id: string; readonly type: string }
  readonly correlationId: string
  readonly causationId: string
  /** What the event says, without content. */
  readonly said: JsonObject
  /** What is different since, field by field. */
  readonly changes: readonly FieldDifference[]
  /** The messages that it led to. */
  readonly messages: readonly MessageFate[]
}

/** The history of one listing, publisher or lead. */
export interface History extends Omit<Found, 'host'> {
  /** To be walked once. */
  readonly happenings: AsyncIterable<Happening>
  /** Once that was walked: what it has come to, and what time will still decide. */
  end(): { readonly state: object; readonly pending: readonly PendingDeadline[] }
}

export interface HistoryOptions extends Watching {
  /** What became of the messages is looked up there; told without it when absent. */
  readonly messages?: EventStore
  /** How personal values are shown; sealed, by default. */
  readonly sight?: Sight
  /** Ends with what had happened by this instant. */
  readonly until?: string
}

/**
 * Everything that happened to a listing, a publisher or a lead, oldest first, with what each event changed.
 * @throws AuditError `not-found` · what {@link streamStory} throws
 */
export async function history(audited: Audited, id: string, options: HistoryOptions = {}): Promise<History> {
  const found = await findStream(audited, id)
  const { host, ...subject } = found
  const { messages, sight = withoutKeys, until, signal } = options
  const fates = messages
    ? await messagesAbout(messages, found.stream, options)
    : new Map<string, readonly MessageFate[]>()
  const bounds = { ...(until !== undefined && { until }), ...(signal && { signal }) }
  let state = host.aggregate.decider.initial()
  return {
    ...subject,
    happenings: (async function* () {
      for await (const told of streamStory(audited, host.aggregate, found.stream, bounds)) {
        state = told.after
        yield await happening(found, told, sight, fates.get(told.event.id) ?? [])
      }
    })(),
    end: () => ({ state, pending: pendingDeadlines(found.is, state, audited.rules) }),
  }
}

async function happening(
  found: Found,
  { event, before, after }: Told,
  sight: Sight,
  messages: readonly MessageFate[],
): Promise<Happening> {
  const { version, position, id, type, metadata } = event
  const { occurredAt, actor, command, correlationId, causationId } = metadata
  const changes = await changesShown(found, { event, before, after }, sight)
  return {
    version,
    position,
    id,
    type,
    occurredAt,
    by: actor,
    command: { id: command.id, type: command.type },
    correlationId,
    causationId,
    said: without(await saidBy(found, event, sight), changes),
    changes,
    messages,
  }
}

/** Content is told as what it changed; what no answer may hold is not told. */
async function saidBy({ host }: Found, event: StoredEvent, sight: Sight): Promise<JsonObject> {
  const data = cutEvent(event, 'staff')?.data ?? {}
  const { content: _content, changes: _changes, ...said } = data
  return (await sight.of(said, host.aggregate.events[event.type]?.personal ?? [])) as JsonObject
}

/** What an event says of itself and what it changed are not told twice. */
function without(said: JsonObject, changes: readonly FieldDifference[]): JsonObject {
  const told = new Set(changes.map(({ field }) => (field === 'vanityUrl' ? 'slug' : field)))
  return Object.fromEntries(Object.entries(said).filter(([field]) => !told.has(field)))
}

async function changesShown(found: Found, { before, after }: Told, sight: Sight): Promise<readonly FieldDifference[]> {
  const { hidden = [] } = found.host.aggregate
  const changes = stateChanges(found.is, before, after).filter(({ field }) => !hidden.includes(field.split('.')[0]!))
  return Promise.all(changes.map(async (one) => (await sight.of(one, ['before', 'after', 'items'])) as FieldDifference))
}
