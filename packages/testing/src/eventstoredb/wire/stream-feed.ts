import { type LoggedEvent, tombstoneRevision } from '../log/logged-event.js'
import type { ServerState } from '../log/server-state.js'
import { firstVisible, isSoftDeleted } from '../log/stream-rules.js'
import type { Feed, Page } from './follow.js'
import { streamDeleted } from './refusals.js'

const pageSize = 32

/** One stream, from after a revision. Ends with the stream's tombstone. */
export function streamFeed(
  state: ServerState,
  stream: string,
  from: 'start' | 'end' | bigint,
  send: (event: LoggedEvent) => Promise<void>,
): Feed<number> {
  const last = () => state.log.streamOf(stream).length - 1
  return {
    from: from === 'start' ? -1 : from === 'end' ? last() : Number(from),
    interval: 0,
    isAtEnd: (revision) => revision >= last(),
    isBefore: (revision, other) => revision < other,
    placeOf: ({ revision }) => revision,
    page: (after) => pageAfter(state, stream, after),
    async send(event) {
      await send(event)
      if (event.revision === tombstoneRevision) throw streamDeleted(stream)
    },
    sendCheckpoint: async () => {},
  }
}

function pageAfter({ log, now }: ServerState, stream: string, after: number): Page<number> {
  if (log.isTombstoned(stream)) throw streamDeleted(stream)
  const first = Math.max(after + 1, firstVisible(log, stream, now()))
  const events = isSoftDeleted(log, stream) ? [] : log.streamOf(stream).slice(first, first + pageSize)
  const next = events.at(-1)?.revision ?? after
  return { events, considered: events.length, start: after, next, isEnd: events.length < pageSize }
}
