import type { EventNamed, KnownEvent } from '../src/known-events.js'

/** People of the tests. What staff is called is a mark, to be looked for where it must not be. */
export const ada = { id: 'u-ada', name: 'Ada Marsh', role: 'lister' }
export const rita = { id: 'u-rita-SECRET', name: 'Rita SECRET', role: 'reviewer' }
export const otto = { id: 'u-otto-SECRET', name: 'Otto SECRET', role: 'operator' }
export const clock = { id: 'system', name: 'Vitrine', role: 'system' }

type Actor = KnownEvent['metadata']['actor']
type Written = (place: Place) => KnownEvent

interface Place {
  readonly position: number
  readonly version: number
}

/** Writes events of one stream: type, data, and who did it. */
export function streamOf(stream: string, usually: Actor = ada) {
  return <Type extends KnownEvent['type']>(
    type: Type,
    data: EventNamed<Type>['data'],
    by: Actor = usually,
    at?: string,
  ): Step => ({ stream, write: (place) => storedEvent(stream, type, data, by, at ?? minute(place.position), place) })
}

/** An event that has not found its place in the log yet. */
export interface Step {
  readonly stream: string
  readonly write: Written
}

/** The log of these events: positions from 1, versions by stream, a minute from each to the next. */
export function logOf(...entries: readonly Step[]): readonly KnownEvent[] {
  const versions = new Map<string, number>()
  return entries.map(({ stream, write }, index) => {
    const version = versions.get(stream) ?? 0
    versions.set(stream, version + 1)
    return write({ version, position: index + 1 })
  })
}

/** The instant of a position, unless another was given. */
export function minute(position: number): string {
  return new Date(Date.UTC(2026, 2, 1) + position * 60_000).toISOString()
}

function storedEvent(
  stream: string,
  type: KnownEvent['type'],
  data: object,
  actor: Actor,
  occurredAt: string,
  { version, position }: Place,
): KnownEvent {
  const command = { id: `c-${position}-by-${actor.id}`, type: 'Some', hash: `hash-by-${actor.id}`, index: 0, of: 1 }
  const metadata = {
    command,
    correlationId: command.id,
    causationId: command.id,
    actor,
    occurredAt,
    schemaVersion: 1,
    contentVersion: 1,
    rules: 'r',
    basis: [],
    hops: 0,
  }
  return { id: `e-${position}`, stream, version, position, type, data, metadata } as KnownEvent
}
