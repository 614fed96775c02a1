import {
  closedError,
  conflictError,
  type EventStore,
  type MessageLog,
  StoreError,
  type StreamAtVersion,
  type StreamPage,
} from '@vitrine/core'
import { eventStoreOn } from './event-store.js'
import type { Forgotten } from './forgotten.js'
import type { Log } from './log.js'

/** The version of what was forgotten: no event stands there, and none behind it. */
const never = Number.MAX_SAFE_INTEGER

/** A log that may forget: a stream is deleted for good on the server, and its events are shown no more. */
export function messageLogOn(log: Log, notes: Forgotten): MessageLog {
  const hidden = { ...log, forgotten: (streams: readonly string[]) => goneAmong(log, notes, streams) }
  const events = eventStoreOn(hidden)
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    ...events,
    append: (append, options) =>
      events.append(append, options).catch((fault) => {
        const [write] = append.writes
        throw write && isGone(fault) ? conflictError(write.stream, write.expected, never) : fault
      }),
    readStream: (stream, options) => readUnlessGone(events, stream, options),
    forget: async (streams) => {
      if (isClosed) throw closedError()
      const answer = forget(log, notes, [...streams])
      underWay.add(answer)
      return answer.finally(() => underWay.delete(answer))
    },
    close: async () => {
      isClosed = true
      await Promise.allSettled(underWay)
      await events.close()
    },
  }
}

async function readUnlessGone(events: EventStore, ...asked: Parameters<EventStore['readStream']>): Promise<StreamPage> {
  try {
    return await events.readStream(...asked)
  } catch (fault) {
    if (isGone(fault)) return { head: never, events: [], atEnd: true }
    throw fault
  }
}

async function forget(log: Log, notes: Forgotten, streams: readonly StreamAtVersion[]): Promise<readonly string[]> {
  const versions = Map.groupBy(streams, ({ stream }) => stream)
  const known = await goneAmong(log, notes, [...versions.keys()])
  const others = [...versions.keys()].filter((stream) => !known.has(stream))
  await notes.note('begun', others)
  const done = await Promise.all(
    others.map(async (stream) => {
      for (const { version } of versions.get(stream) ?? []) {
        if ((await log.connection.tombstone(log.names.onServer(stream), version)) !== 'moved') return true
      }
      return false
    }),
  )
  const gone = others.filter((_, at) => done[at])
  await notes.note('gone', gone)
  await notes.spare(others.filter((_, at) => !done[at]))
  return [...known, ...gone]
}

/** Who died while it forgot a stream has noted so: then the server is asked. */
async function goneAmong(log: Log, notes: Forgotten, streams: readonly string[]): Promise<ReadonlySet<string>> {
  const noted = await notes.among(streams)
  const gone = new Set<string>()
  for (const [stream, is] of noted) if (is === 'gone' || (await isDeleted(log, stream))) gone.add(stream)
  return gone
}

async function isDeleted({ connection, names }: Log, stream: string): Promise<boolean> {
  try {
    await connection.readStream(names.onServer(stream), { from: 'end', count: 1, backwards: true })
    return false
  } catch (fault) {
    if (isGone(fault)) return true
    throw fault
  }
}

function isGone(fault: unknown): boolean {
  return fault instanceof StoreError && fault.code === 'gone'
}
