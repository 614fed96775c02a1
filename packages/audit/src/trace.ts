import type { EventStore, Metadata, StoredEvent } from '@vitrine/core'
import { AuditError } from './audit-error.js'
import type { Audited, Watching } from './audited.js'
import { fateOf, type MessageFate } from './messages-about.js'

/** A command that belongs to a correlation, what it wrote, and what that led to. */
export interface TracedCommand {
  readonly id: string
  readonly type: string
  readonly by: Metadata['actor']
  readonly occurredAt: string
  readonly events: readonly TracedEvent[]
}

/** An event, with the commands and the messages that it led to. */
export interface TracedEvent {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly version: number
  readonly position: number
  readonly messages: readonly MessageFate[]
  readonly commands: readonly TracedCommand[]
}

/** Everything that goes back to one request: the commands that somebody asked for by themselves, as trees. */
export interface Trace {
  readonly correlationId: string
  readonly commands: readonly TracedCommand[]
  readonly counts: { readonly commands: number; readonly events: number; readonly messages: number }
}

/**
 * The tree of causes behind one correlation id, from the whole log.
 * @throws AuditError `not-found`, which names the correlation when the id is that of a command or an event within one
 */
export async function trace(
  { log }: Audited,
  correlationId: string,
  { messages, ...watching }: Watching & { readonly messages?: EventStore } = {},
): Promise<Trace> {
  const events = await correlated(log, correlationId, watching)
  const requested = messages ? await correlatedMessages(messages, correlationId, watching) : []
  const byCommand = Map.groupBy(events, ({ metadata }) => metadata.command.id)
  const known = new Set(events.map(({ id }) => id))
  const causes = Map.groupBy(byCommand.keys(), (id) => byCommand.get(id)![0]!.metadata.causationId)
  const fates = Map.groupBy(requested, ({ cause }) => cause)
  const treeOf = (id: string): TracedCommand => {
    const written = byCommand.get(id)!
    const { command, actor, occurredAt } = written[0]!.metadata
    return { id, type: command.type, by: actor, occurredAt, events: written.map(branchOf) }
  }
  const branchOf = ({ id, type, stream, version, position }: StoredEvent): TracedEvent => {
    const led = (causes.get(id) ?? []).map(treeOf)
    return {
      id,
      type,
      stream,
      version,
      position,
      messages: (fates.get(id) ?? []).map(({ fate }) => fate),
      commands: led,
    }
  }
  const roots = [...byCommand.keys()].filter((id) => !known.has(byCommand.get(id)![0]!.metadata.causationId))
  const counts = { commands: byCommand.size, events: events.length, messages: requested.length }
  return { correlationId, commands: roots.map(treeOf), counts }
}

async function correlated(log: EventStore, correlationId: string, watching: Watching): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = []
  let meant: string | undefined
  for await (const page of log.readAll(watching.signal ? { signal: watching.signal } : {})) {
    for (const event of page.events) {
      const { metadata } = event
      if (metadata.correlationId === correlationId) found.push(event)
      else if (event.id === correlationId || metadata.command.id === correlationId) meant = metadata.correlationId
    }
    watching.onProgress?.(page.through?.position ?? 0)
  }
  if (found.length > 0) return found
  const hint = meant === undefined ? '' : ` It belongs to correlation ${meant}.`
  throw new AuditError('not-found', `Nothing in the log has the correlation ${correlationId}.${hint}`)
}

async function correlatedMessages(messages: EventStore, correlationId: string, { signal }: Watching) {
  const found: { readonly cause: string; readonly fate: MessageFate }[] = []
  for await (const page of messages.readAll({ types: ['MessageRequested'], ...(signal && { signal }) })) {
    for (const { metadata, stream } of page.events) {
      if (metadata.correlationId !== correlationId) continue
      found.push({ cause: metadata.causationId, fate: await fateOf(messages, stream) })
    }
  }
  return found
}
