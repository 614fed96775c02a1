import { type Append, type Appended, reusedError, StoreError, type StreamWrite, type Version } from '@vitrine/core'
import type { ClientEvent, RecordedEvent } from './db-client.js'
import { truncatedError, unknownOutcome } from './faults.js'
import type { Log } from './log.js'
import { positionOf, sameAsStored } from './stored-form.js'

/** Appends of which nobody knows what became, by their first id. Whatever is known to be stored is known by its position. */
export type Unsure = Set<string>

/** The one write of an append. @throws StoreError `invalid` for what this server cannot do. */
export function onlyWrite({ writes, guards = [] }: Append): StreamWrite {
  if (writes.length > 1) throw cannot('An append to EventStoreDB writes one stream')
  if (guards.length > 0) throw cannot('EventStoreDB cannot guard a stream that is not written')
  return writes[0]!
}

/**
 * Sends one write and says what came of it. The server compares ids alone, says of a repeat only that it succeeded, and
 * gives no position but the last: so whatever may be a repeat, and the places of several events, are read back.
 */
export async function appendTo(log: Log, write: StreamWrite, events: ClientEvent[], unsure: Unsure): Promise<Appended> {
  const { connection, names, reach, wake } = log
  const key = `${events[0]!.id} ${write.stream}`
  const before = reach.highest()
  const isUnsure = unsure.has(key)
  const { revision, position } = await connection.append(names.onServer(write.stream), write, events).catch((fault) => {
    if (isUnknown(fault)) unsure.add(key)
    throw fault
  })
  unsure.delete(key)
  const isRepeat = isUnsure || position === undefined || BigInt(position) <= before
  const plain = events.length === 1 && revision === versionAfter(write.expected)
  const positions =
    plain && !isRepeat ? [position] : await readBack(log, write, events, revision, { isRepeat, position })
  const last = positions.at(-1)!
  reach.met({ position: last, id: events.at(-1)!.id })
  wake.reached(last)
  return { position: last, versions: [revision], positions: [positions], duplicate: isRepeat }
}

/** The positions of what an append has stored, or its first one had. */
async function readBack(
  log: Log,
  write: StreamWrite,
  events: readonly ClientEvent[],
  revision: number,
  { position, isRepeat }: { readonly position: number | undefined; readonly isRepeat: boolean },
): Promise<readonly number[]> {
  const { stream } = write
  const from = Math.max(revision - events.length + 1, 0)
  const slice = { from, count: events.length }
  const stored = await log.connection.readStream(log.names.onServer(stream), slice).catch((fault) => {
    throw unknownOutcome(stream, fault)
  })
  if (stored === 'absent' || !areThese(stored, events)) {
    if (position === undefined)
      throw truncatedError(stream, 'hides the events of this append, which it has known before')
    throw unknownOutcome(stream, new Error('it was stored, and something else was read in its place'))
  }
  if (isRepeat && !stored.every((event, at) => sameAsStored(events[at]!, event))) throw reusedError(write)
  return stored.map(positionOf)
}

function areThese(stored: readonly RecordedEvent[], events: readonly ClientEvent[]): boolean {
  return stored.length === events.length && stored.every(({ id }, at) => id === events[at]!.id)
}

function versionAfter(expected: Version): number {
  return expected === 'none' ? 0 : expected + 1
}

function isUnknown(fault: unknown): boolean {
  return fault instanceof StoreError && fault.code === 'unknown-outcome'
}

function cannot(sentence: string): StoreError {
  return new StoreError('invalid', `${sentence}. See the traits of the store; nothing was written.`)
}
