import { randomUUID } from 'node:crypto'
import type { Append, EventStore, JsonObject, NewEvent, StoredEvent, Version } from '@vitrine/core'

/** An event with everything that a store asks for, and nothing that matters. */
export function event(type: string, data: JsonObject = {}): NewEvent {
  return {
    id: randomUUID(),
    type,
    data,
    metadata: {
      command: { id: 'c', type: 'Note', hash: 'h', index: 0, of: 1 },
      correlationId: 'c',
      causationId: 'c',
      actor: { id: 'u-ada', name: 'Ada Marsh', role: 'lister' },
      occurredAt: '2026-03-01T09:00:00.000Z',
      schemaVersion: 1,
      contentVersion: 1,
      rules: 'r',
      basis: [],
      hops: 0,
    },
  }
}

export function append(stream: string, expected: Version, ...events: readonly NewEvent[]): Append {
  return { writes: [{ stream, expected, events }] }
}

export async function eventsOf(log: EventStore): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const page of log.readAll()) events.push(...page.events)
  return events
}
