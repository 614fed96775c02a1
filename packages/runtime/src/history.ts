import {
  cutEvent,
  type Listing,
  listingAggregate,
  type Person,
  publisherAggregate,
  type SeenEvent,
  type StoredEvent,
  type Viewer,
  viewerKind,
} from '@vitrine/core'
import type { Folded } from './folded.js'
import type { Host } from './host.js'
import { instantGiven } from './instant.js'
import { isId } from './is-id.js'
import { openAnswer } from './open-answer.js'
import { stateSeenBy } from './state-seen-by.js'
import { ownCode, viewerOf } from './viewer-of.js'
import type { Wiring } from './wiring.js'

/** For whom something is told. */
export type Listener = Person | 'operator'

/** Everything that happened to a listing or a publisher, oldest first, as far as who asks may see it. */
export async function historyOf(
  wiring: Wiring,
  hosts: readonly Host[],
  id: string,
  listener: Listener,
): Promise<readonly SeenEvent[]> {
  const everything = () => true
  if (!isId(id)) return []
  for (const { aggregate } of hosts) {
    const { folded, events } = await wiring.streams.upTo(`${aggregate.prefix}${id}`, everything)
    if (folded.version === 'none') continue
    const viewer = await viewerHere(wiring, folded, listener)
    const kind = viewerKind(viewer, aggregate.seenBy)
    if (listener !== 'operator' && (kind === 'outsider' || isGone(folded.state))) return []
    const seen = events.map((event) => cutEvent(event, kind)).filter((event) => event !== undefined)
    return (await openAnswer(wiring.keys, aggregate, viewer, { state: {}, events: seen })).events
  }
  return []
}

/**
 * A listing as it stood at an instant, with all that had happened by then; `undefined` when it was not there.
 * @throws RuntimeError `invalid-options` when the instant is none
 */
export async function listingAt(
  wiring: Wiring,
  host: Host,
  { listingId, instant }: { readonly listingId: string; readonly instant: Date | string },
  listener: Listener,
): Promise<object | undefined> {
  const until = instantGiven(instant)
  if (!isId(listingId)) return undefined
  const before = ({ metadata }: StoredEvent) => metadata.occurredAt <= until
  const stream = `${listingAggregate.prefix}${listingId}`
  const { folded } = await wiring.streams.upTo(stream, before)
  if (!(folded.state as Listing).exists) return undefined
  if (listener !== 'operator' && isGone((await wiring.streams.afresh(stream)).state)) return undefined
  return shownState(wiring, host, folded, listener)
}

/** Something as it is now, read afresh. */
export interface Current {
  readonly state: object
  /** What a later command may name as `expectedVersion`. */
  readonly version: number
  readonly position: number
}

/** A listing or a publisher as it is now; `undefined` for an unknown id, and for one of somebody else. */
export async function currentOf(
  wiring: Wiring,
  host: Host,
  id: string,
  listener: Listener,
): Promise<Current | undefined> {
  if (!isId(id)) return undefined
  const folded = await wiring.streams.afresh(`${host.aggregate.prefix}${id}`)
  const { state, version, position } = folded
  if (version === 'none' || isGone(state)) return undefined
  const shown = await shownState(wiring, host, folded, listener)
  return shown && { state: shown, version, position }
}

/** A state as who asks may see it; `undefined` when it is not theirs to see. */
async function shownState(wiring: Wiring, host: Host, folded: Folded, listener: Listener): Promise<object | undefined> {
  const { aggregate } = host
  const viewer = await viewerHere(wiring, folded, listener)
  const kind = viewerKind(viewer, aggregate.seenBy)
  if (kind === 'outsider') return undefined
  const state = stateSeenBy(kind, host, folded.state)
  return (await openAnswer(wiring.keys, aggregate, viewer, { state, events: [] })).state
}

async function viewerHere(wiring: Wiring, { stream, state }: Folded, listener: Listener): Promise<Viewer> {
  if (listener === 'operator') return ownCode
  const publisherId = stream.startsWith(publisherAggregate.prefix)
    ? stream.slice(publisherAggregate.prefix.length)
    : (state as { readonly publisherId: string }).publisherId
  return viewerOf(wiring, listener, publisherId)
}

/** A deleted listing answers as an unknown one. */
function isGone(state: object): boolean {
  return 'exists' in state && state.exists === false
}
