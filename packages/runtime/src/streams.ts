import type { EventStore, StoredEvent, Version } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import { type Folded, grown, grownInPlace, nextVersion, ownState, remember, unwritten, withState } from './folded.js'
import { deepFrozen } from './freeze.js'
import type { StreamKind } from './host.js'
import type { Lift } from './lift-event.js'
import { stateCache } from './state-cache.js'

/** Streams as states: from the cache, or folded from the log. */
export interface Streams {
  cached(stream: string): Folded | undefined
  /** As the log has it now: reads what came after the cached state. */
  afresh(stream: string): Promise<Folded>
  /** The state up to and with a version, or an instant: folded from the beginning, never kept. */
  upTo(stream: string, includes: (event: StoredEvent) => boolean): Promise<{ folded: Folded; events: StoredEvent[] }>
  /** The state once these events are stored; nothing is kept. */
  grown(folded: Folded, events: readonly StoredEvent[]): Folded
  /** Keeps a state whose last events were stored. */
  keep(folded: Folded, events: readonly StoredEvent[]): void
  kindOf(stream: string): StreamKind | undefined
}

const pageSize = 1_000

/** Folds the streams of a log by their kinds. `limit`: how many streams stay in memory. */
export function streamStates(
  log: EventStore,
  kinds: readonly StreamKind[],
  { lift, limit }: { readonly lift: Lift; readonly limit: number },
): Streams {
  const cache = stateCache(limit)
  const kindOf = (stream: string) => kinds.find(({ prefix }) => stream.startsWith(prefix))
  return {
    cached: cache.get,
    keep(folded, events) {
      for (const event of events) remember(folded, event)
      cache.keep(folded)
    },
    kindOf,
    grown: (folded, events) => grown(kindAmong(kindOf, folded.stream), folded, events),
    async afresh(stream) {
      const kind = kindAmong(kindOf, stream)
      const before = cache.get(stream)
      const folded = await foldOn(kind, before ?? unwritten(kind, stream))
      if (folded !== before) cache.keep(folded)
      return folded
    },
    async upTo(stream, includes) {
      const kind = kindAmong(kindOf, stream)
      const lifted = lift.begin(kind)
      let folded = unwritten(kind, stream)
      const events: StoredEvent[] = []
      for await (const event of eventsOf(log, stream, 'none')) {
        if (!includes(event)) break
        const known = lifted(event)
        folded = grownInPlace(kind, folded, known)
        events.push(known)
      }
      return { folded: deepFrozen(folded), events }
    },
  }

  /** Folds what the log holds behind a state, into a copy of it. */
  async function foldOn(kind: StreamKind, before: Folded): Promise<Folded> {
    const lifted = lift.begin(kind)
    let folded = before
    for await (const event of eventsOf(log, before.stream, before.version)) {
      // Written by an older process beside this one: what it means depends on all that was written before.
      if (before.version !== 'none' && lift.needsAllBefore(event)) return foldOn(kind, unwritten(kind, before.stream))
      if (folded === before) folded = withState(before, ownState(kind, before))
      folded = grownInPlace(kind, folded, lifted(event))
      remember(folded, event)
    }
    deepFrozen(folded.state)
    return folded
  }
}

async function* eventsOf(log: EventStore, stream: string, after: Version): AsyncGenerator<StoredEvent> {
  let from = nextVersion(after)
  for (;;) {
    const page = await log.readStream(stream, { from, limit: pageSize })
    yield* page.events
    if (page.atEnd || page.events.length === 0) return
    from += page.events.length
  }
}

function kindAmong(kindOf: (stream: string) => StreamKind | undefined, stream: string): StreamKind {
  const kind = kindOf(stream)
  if (kind) return kind
  throw new RuntimeError('unknown-name', `Nothing here knows how to fold stream ${stream}.`, { stream })
}
