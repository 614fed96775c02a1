import { randomUUID } from 'node:crypto'
import type { Placed } from './event-log.js'
import { judgeWrite, type Verdict } from './judge-write.js'
import { describedBy, type Expected, metadataStreamOf, type ProposedEvent, tombstoneRevision } from './logged-event.js'
import type { ServerState } from './server-state.js'
import { isSoftDeleted, metadataIn } from './stream-rules.js'

/** What came of a write. `last` is -1 when the stream has no events. */
export type Written =
  | Exclude<Verdict, { kind: 'write' }>
  | { readonly kind: 'written'; readonly last: number; readonly position: bigint }

const endless = '9223372036854775807'

/** Appends to one stream, whole or not at all. A stream that was deleted is opened again. */
export function writeEvents(
  state: ServerState,
  stream: string,
  expected: Expected,
  events: readonly ProposedEvent[],
): Written {
  const verdict = judge(
    state,
    stream,
    expected,
    events.map(({ id }) => id),
  )
  if (verdict.kind !== 'write') return verdict
  const next = state.log.streamOf(stream).length
  const placed = events.map((event, index) => ({ ...event, stream, revision: next + index }))
  const { position } = commit(state, [...placed], reopening(state, stream, next, events.at(-1)))
  return { kind: 'written', last: next + events.length - 1, position }
}

/** Deletes a stream so that it can be written to again: its metadata become a rule that hides all events. */
export function deleteStream(state: ServerState, stream: string, expected: Expected): Written {
  const verdict = judge(state, stream, expected, [randomUUID()])
  if (verdict.kind !== 'write') return verdict
  const isThere = [stream, metadataStreamOf(stream)].some((name) => state.log.streamOf(name).length > 0)
  if (!isThere) return { kind: 'conflict', current: -1 }
  const { position } = commit(state, [metadata(state, stream, 0, `{"$tb":${endless}}`)], [])
  return { kind: 'written', last: state.log.streamOf(stream).length - 1, position }
}

/** Deletes a stream for ever. */
export function tombstoneStream(state: ServerState, stream: string, expected: Expected): Written {
  const verdict = judge(state, stream, expected, [randomUUID()])
  if (verdict.kind !== 'write') return verdict
  const empty = new Uint8Array()
  const end = { id: randomUUID(), type: '$streamDeleted', isJson: false, data: empty, metadata: empty }
  const { position } = commit(state, [{ ...end, stream, revision: tombstoneRevision }], [])
  return { kind: 'written', last: tombstoneRevision, position }
}

function judge({ log, known, now }: ServerState, stream: string, expected: Expected, ids: readonly string[]): Verdict {
  return judgeWrite(log, known, { stream, expected, ids }, now())
}

/** Gives the position of the last of what was asked for, not of what is written with it. */
function commit({ log, known }: ServerState, asked: readonly Placed[], beside: readonly Placed[]) {
  if (asked.length === 0) return commitNothing(log, beside)
  const { events, position } = log.write([...asked, ...beside])
  known.remember(events)
  return { position: events[asked.length - 1]?.position ?? position }
}

/** Even an append of no events takes a place in the log. */
function commitNothing(log: ServerState['log'], beside: readonly Placed[]) {
  const { position } = log.write([])
  if (beside.length > 0) log.write(beside)
  return { position }
}

/** The metadata that show a deleted stream again, from the events that are written now. */
function reopening(state: ServerState, stream: string, next: number, newest: ProposedEvent | undefined): Placed[] {
  if (isSoftDeleted(state.log, stream)) {
    const current = state.log.streamOf(metadataStreamOf(stream)).at(-1)
    return [metadata(state, stream, 0, reopened(current, next))]
  }
  const described = describedBy(stream)
  if (described === undefined || !newest || !isSoftDeleted(state.log, described)) return []
  return [metadata(state, described, 1, reopened(newest, state.log.streamOf(described).length))]
}

function reopened(current: { readonly data: Uint8Array } | undefined, first: number): string {
  return JSON.stringify({ ...(current && metadataIn(current)), $tb: first })
}

function metadata({ log }: ServerState, stream: string, ahead: number, text: string): Placed {
  const name = metadataStreamOf(stream)
  const event = {
    id: randomUUID(),
    type: '$metadata',
    isJson: true,
    data: Buffer.from(text),
    metadata: new Uint8Array(),
  }
  return { ...event, stream: name, revision: log.streamOf(name).length + ahead }
}
