import { randomUUID } from 'node:crypto'
import type {
  Append,
  EventStore,
  JsonObject,
  LogPage,
  NewEvent,
  ReadAllOptions,
  StoredEvent,
  Version,
} from '@vitrine/core'

/** An event with everything that a store asks for, and nothing that matters. */
export function event(data: JsonObject = {}, type = 'Noted'): NewEvent {
  return { id: randomUUID(), type, data, metadata }
}

export function append(stream: string, expected: Version, ...events: readonly NewEvent[]): Append {
  return { writes: [{ stream, expected, events }] }
}

export async function pagesOf(log: EventStore, options: ReadAllOptions = {}): Promise<readonly LogPage[]> {
  const pages: LogPage[] = []
  for await (const page of log.readAll(options)) pages.push(page)
  return pages
}

export async function eventsOf(log: EventStore): Promise<readonly StoredEvent[]> {
  return (await pagesOf(log)).flatMap(({ events }) => events)
}

/** What became of an append: its code when it failed. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'stored',
    (fault: { readonly code?: string; readonly message: string }) => fault.code ?? fault.message,
  )
}

const metadata: NewEvent['metadata'] = {
  command: { id: 'c-1', type: 'Note', hash: 'h', index: 0, of: 1 },
  correlationId: 'k-1',
  causationId: 'k-0',
  actor: { id: 'u-ada', name: 'Ada Marsh', role: 'lister' },
  occurredAt: '2026-03-01T09:00:00.000Z',
  schemaVersion: 1,
  contentVersion: 1,
  rules: 'r-1',
  basis: [],
  hops: 0,
}
