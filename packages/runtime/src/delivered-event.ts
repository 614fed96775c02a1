import { type EventStore, listingAggregate, type Rules, type StoredEvent } from '@vitrine/core'
import type { StreamKind } from './host.js'
import { holdsOldContent, liftContentOf, liftEvent } from './lift-event.js'

/**
 * An event as consumers of the log get it: lifted to the shape of today, or a fault in its place, when it is newer than
 * this code. `foreign` are streams that this marketplace does not write.
 */
export interface DeliveredEvent {
  readonly event: StoredEvent
  readonly foreign: boolean
  readonly fault?: unknown
}

export type Deliver = (events: readonly StoredEvent[]) => Promise<readonly DeliveredEvent[]>

/** Lifts the events of a page, each once for all who consume it. */
export function deliveryOf(log: EventStore, kinds: readonly StreamKind[], rules: Rules): Deliver {
  const listingKinds = listingKindsOf(log)
  const lifted = async (event: StoredEvent): Promise<DeliveredEvent> => {
    try {
      const listingKind = await listingKinds(event.stream)
      return { event: liftContentOf(event, listingKind, rules.upcastContent), foreign: false }
    } catch (fault) {
      return { event, foreign: false, fault }
    }
  }
  const deliver = (event: StoredEvent): DeliveredEvent | Promise<DeliveredEvent> => {
    const kind = kinds.find(({ prefix }) => event.stream.startsWith(prefix))
    if (!kind) return { event, foreign: true }
    try {
      const known = liftEvent(kind.events, event)
      return holdsOldContent(known, rules.contentVersion) ? lifted(known) : { event: known, foreign: false }
    } catch (fault) {
      return { event, foreign: false, fault }
    }
  }
  return async (events) => {
    const delivered: DeliveredEvent[] = []
    for (const event of events) {
      const one = deliver(event)
      // Few events need the log to be lifted: the others do not pay for a promise each.
      delivered.push(one instanceof Promise ? await one : one)
    }
    return delivered
  }
}

/** The kind of a listing stands in its first event alone. Asked for old content only, and remembered. */
function listingKindsOf(log: EventStore): (stream: string) => Promise<string> {
  const known = new Map<string, string>()
  return async (stream) => {
    const found = known.get(stream)
    if (found !== undefined || !stream.startsWith(listingAggregate.prefix)) return found ?? ''
    const { events } = await log.readStream(stream, { limit: 1 })
    const kind = textOf(events[0]?.data.kind)
    if (known.size >= 10_000) known.clear()
    known.set(stream, kind)
    return kind
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
