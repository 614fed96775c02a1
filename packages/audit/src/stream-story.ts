import type { EventStore, StoredEvent } from '@vitrine/core'
import { liftBy, type StreamKind } from '@vitrine/runtime'
import type { Audited } from './audited.js'

/** An event of one stream in the shape of today, between the states before it and after it. */
export interface Told {
  readonly event: StoredEvent
  readonly before: object
  readonly after: object
}

/**
 * Folds one stream event by event, as far as `until` (an instant). The state before is a copy: it stays as it was.
 * @throws VitrineError `newer-than-this-code` · RuntimeError `event-not-lifted`, `content-not-lifted` · StoreError
 */
export async function* streamStory(
  { log, rules }: Audited,
  kind: StreamKind,
  stream: string,
  { until, signal }: { readonly until?: string; readonly signal?: AbortSignal } = {},
): AsyncGenerator<Told> {
  const lifted = liftBy(rules).begin(kind)
  let state = kind.decider.initial()
  for await (const stored of eventsOf(log, stream, signal)) {
    if (until !== undefined && stored.metadata.occurredAt > until) return
    const event = lifted(stored)
    const before = state
    state = kind.decider.ownCopy?.(before) ?? structuredClone(before)
    kind.decider.evolve(state, event)
    yield { event, before, after: state }
  }
}

/** The events of one stream as they are stored, oldest first. */
export async function* eventsOf(log: EventStore, stream: string, signal?: AbortSignal): AsyncGenerator<StoredEvent> {
  for (let from = 0; ; ) {
    const page = await log.readStream(stream, { from, ...(signal && { signal }) })
    yield* page.events
    if (page.atEnd || page.events.length === 0) return
    from = page.events.at(-1)!.version + 1
  }
}

/** The state that a stream has come to, at an instant or now; `undefined` when it had not begun. */
export async function stateOf(
  audited: Audited,
  kind: StreamKind,
  stream: string,
  options: { readonly until?: string; readonly signal?: AbortSignal } = {},
): Promise<{ readonly state: object; readonly last: StoredEvent } | undefined> {
  let last: Told | undefined
  for await (const told of streamStory(audited, kind, stream, options)) last = told
  return last && { state: last.after, last: last.event }
}
