import type { EventStore, StoredEvent } from '@vitrine/core'
import type { StreamKind } from './host.js'
import type { Lift } from './lift-event.js'

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
export function deliveryOf(log: EventStore, kinds: readonly StreamKind[], lift: Lift): Deliver {
  const liftInOrder = inOrder(log, lift)
  const afterAllBefore = async (kind: StreamKind, event: StoredEvent): Promise<DeliveredEvent> => {
    try {
      return { event: await liftInOrder(kind, event), foreign: false }
    } catch (fault) {
      return { event, foreign: false, fault }
    }
  }
  const deliver = (event: StoredEvent): DeliveredEvent | Promise<DeliveredEvent> => {
    const kind = kinds.find(({ prefix }) => event.stream.startsWith(prefix))
    if (!kind) return { event, foreign: true }
    if (lift.needsAllBefore(event)) return afterAllBefore(kind, event)
    try {
      return { event: lift.alone(kind, event), foreign: false }
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

/** How far the events of a stream were lifted. */
interface Place {
  readonly lifted: (event: StoredEvent) => StoredEvent
  next: number
}

/** Lifts an event after all before it, from where its stream was left; or from its beginning, for who comes anew. */
function inOrder(log: EventStore, lift: Lift): (kind: StreamKind, event: StoredEvent) => Promise<StoredEvent> {
  const places = new Map<string, Place>()
  return async (kind, event) => {
    const left = places.get(event.stream)
    // Nobody else goes on from a place while it is gone on from.
    places.delete(event.stream)
    const place = left && left.next <= event.version ? left : { lifted: lift.begin(kind), next: 0 }
    const found = await liftUpTo(log, place, event)
    if (places.size >= 10_000) places.clear()
    places.set(event.stream, place)
    return found
  }
}

async function liftUpTo(log: EventStore, place: Place, event: StoredEvent): Promise<StoredEvent> {
  let last = event
  while (place.next <= event.version) {
    const { events } = await log.readStream(event.stream, { from: place.next, limit: event.version - place.next + 1 })
    if (events.length === 0) break
    for (const one of events) last = place.lifted(one)
    place.next += events.length
  }
  return last
}
