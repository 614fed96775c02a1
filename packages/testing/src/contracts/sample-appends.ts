import { randomUUID } from 'node:crypto'
import type {
  Append,
  EventStore,
  JsonObject,
  LogPage,
  NewEvent,
  ReadAllOptions,
  StoredEvent,
  StreamWrite,
  Version,
} from '@vitrine/core'

/** An event with everything that a store asks for, and nothing that matters. */
export function noted(data: JsonObject = {}, type = 'Noted', id: string = randomUUID()): NewEvent {
  return { id, type, data, metadata }
}

export function write(stream: string, expected: Version, ...events: readonly NewEvent[]): StreamWrite {
  return { stream, expected, events }
}

export function append(stream: string, expected: Version, ...events: readonly NewEvent[]): Append {
  return { writes: [write(stream, expected, ...events)] }
}

/** Fills a stream with `count` events, numbered by `n`, in appends of `batch` each. */
export async function fill(log: EventStore, stream: string, count: number, batch = 500): Promise<void> {
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done)
    const events = Array.from({ length: size }, (_, at) => noted({ n: done + at }))
    await log.append(append(stream, done === 0 ? 'none' : done - 1, ...events))
  }
}

export async function pagesOf(log: EventStore, options: ReadAllOptions = {}): Promise<readonly LogPage[]> {
  const pages: LogPage[] = []
  for await (const page of log.readAll(options)) pages.push(page)
  return pages
}

export async function eventsOf(log: EventStore, options: ReadAllOptions = {}): Promise<readonly StoredEvent[]> {
  return (await pagesOf(log, options)).flatMap((page) => page.events)
}

export async function versionOf(log: EventStore, stream: string): Promise<Version> {
  return (await log.readStream(stream, { limit: 1 })).head
}

const metadata: NewEvent['metadata'] = {
  command: { id: 'c-1', type: 'Note', hash: 'h', index: 0, of: 1 },
  correlationId: 'c-1',
  causationId: 'c-1',
  actor: { id: 'u-ada', name: 'Ada Marsh', role: 'lister' },
  occurredAt: '2026-03-01T09:00:00.000Z',
  schemaVersion: 1,
  contentVersion: 1,
  rules: 'r-1',
  basis: [],
  hops: 0,
}
