import type { StoredEvent, Version } from '@vitrine/core'
import { RuntimeError } from './errors.js'
import { deepFrozen, thawed } from './freeze.js'
import type { StreamKind } from './host.js'

/** What one command wrote in a stream, and the hash by which a repeat is told from another command. */
export interface Written {
  readonly hash: string
  readonly from: number
  readonly to: number
}

/** A stream, folded. Beside the state stands every command that was ever written to it. */
export interface Folded {
  readonly stream: string
  readonly version: Version
  /** Frozen. */
  readonly state: object
  /** Of the last event; 0 when there is none. */
  readonly position: number
  readonly occurredAt: string
  /** Of the last event, where it has one. */
  readonly chain: string | undefined
  /** By command id. Shared by all foldings of the stream; holds nothing but what is stored. */
  readonly commands: Map<string, Written>
}

/** A stream before its first event. */
export function unwritten(kind: StreamKind, stream: string): Folded {
  const state = kind.decider.initial()
  return { stream, version: 'none', state, position: 0, occurredAt: '', chain: undefined, commands: new Map() }
}

/** Some events later, on a copy: what was folded before stays as it was, and what is given back never changes either. */
export function grown(kind: StreamKind, folded: Folded, events: readonly StoredEvent[]): Folded {
  const state = ownState(kind, folded, events)
  for (const event of events) kind.decider.evolve(state, event)
  let after = folded
  for (const event of events) after = placed(after, event)
  return withState(after, deepFrozen(state))
}

/** The state as a copy that may be folded on in place, with these events or with any. */
export function ownState({ decider }: StreamKind, { state }: Folded, events?: readonly StoredEvent[]): object {
  return decider.ownCopy?.(state, events) ?? thawed(state)
}

/** One event later, on a state that nobody else holds: the fast way, for whole histories. */
export function grownInPlace(kind: StreamKind, folded: Folded, event: StoredEvent): Folded {
  const after = placed(folded, event)
  kind.decider.evolve(folded.state, event)
  return after
}

/** The version that comes after this one. */
export function nextVersion(version: Version): number {
  return version === 'none' ? 0 : version + 1
}

/** Remembers which command wrote an event. Only for events that are stored: what was merely decided may still fail. */
export function remember({ commands }: Folded, { version, metadata }: StoredEvent): void {
  const { id, hash, index, of } = metadata.command
  if (index === 0) commands.set(id, { hash, from: version, to: version + of - 1 })
}

/** The same place in the stream with another state. Written out, as all foldings are, so that they have one shape. */
export function withState({ stream, version, position, occurredAt, chain, commands }: Folded, state: object): Folded {
  return { stream, version, state, position, occurredAt, chain, commands }
}

/** The same once it is stored: where its last event stands in the log. */
export function withPosition(
  { stream, version, state, occurredAt, chain, commands }: Folded,
  position: number,
): Folded {
  return { stream, version, state, position, occurredAt, chain, commands }
}

function placed(folded: Folded, event: StoredEvent): Folded {
  const { stream, version, position, metadata } = event
  if (version !== nextVersion(folded.version)) throw broken(folded, event)
  const { state, commands } = folded
  return { stream, version, state, position, occurredAt: metadata.occurredAt, chain: metadata.chain, commands }
}

function broken(folded: Folded, event: StoredEvent): RuntimeError {
  const wanted = nextVersion(folded.version)
  return new RuntimeError(
    'history-broken',
    `Stream ${folded.stream} cannot be folded: event ${event.version} came where ${wanted} was due.`,
    { stream: folded.stream, version: event.version },
  )
}
