import type { EventStore, Rules, StoredEvent, Version } from '@vitrine/core'
import { liftBy, type StreamKind, streamKinds } from '@vitrine/runtime'

/** A stream as it stood behind an event. Its state never changes afterwards. */
export interface PastState {
  readonly stream: string
  readonly version: Version
  readonly state: object
}

/** Streams as they stood at any version. Those asked for last stay in memory. */
export interface PastStates {
  /** `undefined` for streams that this marketplace does not write. */
  at(stream: string, version: Version): Promise<PastState | undefined>
  /** Events in the shapes of today, and the state behind them. They come behind the state. */
  grown(before: PastState, events: readonly StoredEvent[]): Grown
}

/** Some events later. */
export interface Grown {
  readonly after: PastState
  readonly lifted: readonly StoredEvent[]
}

/** How far a stream was folded: its events are lifted one after another. */
interface Place extends PastState {
  readonly kind: StreamKind
  readonly lift: (event: StoredEvent) => StoredEvent
}

const pageSize = 1_000

/** @param limit how many streams stay in memory */
export function pastStates(log: EventStore, rules: Rules, limit = 5_000): PastStates {
  const lift = liftBy(rules)
  const places = new Map<string, Place>()

  const unwritten = (stream: string): Place | undefined => {
    const kind = streamKinds.find(({ prefix }) => stream.startsWith(prefix))
    return kind && { stream, version: 'none', state: kind.decider.initial(), kind, lift: lift.begin(kind) }
  }
  const keep = (place: Place) => {
    places.delete(place.stream)
    places.set(place.stream, place)
    if (places.size > limit) for (const stream of places.keys().take(Math.ceil(limit / 10))) places.delete(stream)
  }
  const foldedTo = async (place: Place, version: number): Promise<Place> => {
    const state = copyOf(place)
    for (let from = next(place.version); from <= version; ) {
      const { events } = await log.readStream(place.stream, { from, limit: Math.min(pageSize, version - from + 1) })
      if (events.length === 0) break
      for (const event of events) place.kind.decider.evolve(state, place.lift(event))
      from += events.length
    }
    return { ...place, version, state }
  }

  return {
    async at(stream, version) {
      const known = places.get(stream)
      const isBehind = known && next(known.version) <= next(version)
      const place = isBehind ? known : unwritten(stream)
      if (place === undefined || place.version === version) return place
      const folded = version === 'none' ? place : await foldedTo(place, version)
      if (known === undefined || isBehind) keep(folded)
      return folded
    },
    grown(before, events) {
      const place = before as Place
      const state = copyOf(place)
      const lifted = events.map(place.lift)
      for (const event of lifted) place.kind.decider.evolve(state, event)
      const after = { ...place, version: events.at(-1)?.version ?? place.version, state }
      keep(after)
      return { after, lifted }
    },
  }
}

/** A state some events later; the one before stays as it was. */
export function stateAfter(kind: StreamKind, before: object, events: readonly StoredEvent[]): object {
  const state = copyOf({ kind, state: before })
  for (const event of events) kind.decider.evolve(state, event)
  return state
}

function copyOf({ kind, state }: Pick<Place, 'kind' | 'state'>): object {
  return kind.decider.ownCopy?.(state) ?? structuredClone(state)
}

function next(version: Version): number {
  return version === 'none' ? 0 : version + 1
}
