import type { EventStore, StoredEvent } from '@vitrine/core'
import type { Watching } from './audited.js'

/** Everything that one command wrote at once: the events of one stream after those of another. */
export interface WrittenCommand {
  readonly id: string
  readonly type: string
  readonly writes: readonly (readonly StoredEvent[])[]
}

/** The commands that wrote a log, in its order. A page of the log never ends inside one. */
export async function* commandsIn(
  log: EventStore,
  { signal, onProgress }: Watching = {},
): AsyncGenerator<WrittenCommand> {
  let events = 0
  for await (const page of log.readAll(signal ? { signal } : {})) {
    yield* commandsOf(page.events)
    events += page.events.length
    onProgress?.(events)
  }
}

/** The commands of a page. */
export function* commandsOf(events: readonly StoredEvent[]): Generator<WrittenCommand> {
  for (let from = 0; from < events.length; ) {
    const { id, type } = events[from]!.metadata.command
    let to = from + 1
    while (events[to]?.metadata.command.id === id) to += 1
    yield { id, type, writes: [...Map.groupBy(events.slice(from, to), ({ stream }) => stream).values()] }
    from = to
  }
}
