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
import { isId } from './is-id.js'
import { ownCode, viewerOf } from './viewer-of.js'
import type { Wiring } from './wiring.js'

/** For whom something of the past is told; the operator's own code when nobody is named. */
interface Listener {
  readonly for?: Person | undefined
}

/** Everything that happened to a listing or a publisher, oldest first, as far as who asks may see it. */
export async function historyOf(wiring: Wiring, id: string, listener: Listener): Promise<readonly SeenEvent[]> {
  const everything = () => true
  if (!isId(id)) return []
  for (const { prefix } of [listingAggregate, publisherAggregate]) {
    const { folded, events } = await wiring.streams.upTo(`${prefix}${id}`, everything)
    if (folded.version === 'none') continue
    const kind = viewerKind(await viewerHere(wiring, folded, listener))
    if (listener.for && (kind === 'outsider' || isGone(folded.state))) return []
    return events.map((event) => cutEvent(event, kind)).filter((event) => event !== undefined)
  }
  return []
}

/** A listing as it stood at an instant, with all that had happened by then; `undefined` when it was not there. */
export async function listingAt(
  wiring: Wiring,
  host: Host,
  { listingId, instant, ...listener }: Listener & { readonly listingId: string; readonly instant: Date | string },
): Promise<object | undefined> {
  if (!isId(listingId)) return undefined
  const until = new Date(instant).toISOString()
  const before = ({ metadata }: StoredEvent) => metadata.occurredAt <= until
  const { folded } = await wiring.streams.upTo(`${listingAggregate.prefix}${listingId}`, before)
  if (!(folded.state as Listing).exists) return undefined
  const kind = viewerKind(await viewerHere(wiring, folded, listener))
  if (kind === 'outsider') return undefined
  return kind === 'staff' ? folded.state : host.forOutsiders(folded.state)
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
  { aggregate, forOutsiders }: Host,
  id: string,
  listener: Listener,
): Promise<Current | undefined> {
  if (!isId(id)) return undefined
  const folded = await wiring.streams.afresh(`${aggregate.prefix}${id}`)
  const { state, version, position } = folded
  if (version === 'none' || isGone(state)) return undefined
  const kind = viewerKind(await viewerHere(wiring, folded, listener))
  if (kind === 'outsider') return undefined
  return { state: kind === 'staff' ? state : forOutsiders(state), version, position }
}

async function viewerHere(wiring: Wiring, { stream, state }: Folded, listener: Listener): Promise<Viewer> {
  if (!listener.for) return ownCode
  const publisherId = stream.startsWith(listingAggregate.prefix)
    ? (state as Listing).publisherId
    : stream.slice(publisherAggregate.prefix.length)
  return viewerOf(wiring, listener.for, publisherId)
}

/** A deleted listing answers as an unknown one. */
function isGone(state: object): boolean {
  return 'exists' in state && state.exists === false
}
