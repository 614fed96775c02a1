import {
  abortedError,
  closedError,
  type EventStore,
  planReadStream,
  type StoreTraits,
  serialiseAppend,
} from '@vitrine/core'
import { appendTo, onlyWrite, type Unsure } from './append.js'
import { beginLog } from './begin-log.js'
import type { Connection } from './connection.js'
import type { Log } from './log.js'
import type { Names } from './names.js'
import { reachFrom } from './reach.js'
import { readLog } from './read-log.js'
import { readStream } from './read-stream.js'
import { forClient } from './stored-form.js'
import { turns } from './turns.js'
import { wakeUp } from './wake.js'

/** The server checks the one stream that an append writes, and compares ids alone. */
const traits: StoreTraits = {
  name: 'eventstoredb',
  durable: true,
  spansStreams: false,
  guards: false,
  comparesBodies: true,
  uniqueIds: false,
}

/** Finds or begins a log on the server. */
export async function openLog(connection: Connection, names: Names): Promise<Log> {
  const { logId, begin } = await beginLog(connection, names)
  const newest = await connection.readAll({ from: 'end', count: 1, backwards: true })
  const end = newest === 'no-place' ? undefined : newest[0]?.position
  const reach = reachFrom(begin, end ?? begin)
  return { connection, names, logId, begin, reach, wake: wakeUp(connection, names.prefix, reach.quiet) }
}

export function eventStoreOn(log: Log): EventStore {
  const { inTurn, settled } = turns(Number.POSITIVE_INFINITY)
  const unsure: Unsure = new Set()
  const closing = new AbortController()
  const checkOpen = () => {
    if (closing.signal.aborted) throw closedError()
  }
  return {
    traits,
    logId: log.logId,
    append: async (append, { signal } = {}) => {
      checkOpen()
      if (signal?.aborted) throw abortedError(signal.reason)
      const [serialised = []] = serialiseAppend(append)
      const write = onlyWrite(append)
      const events = forClient(serialised)
      return inTurn(write.stream, () => appendTo(log, write, events, unsure), signal)
    },
    readStream: async (stream, options = {}) => {
      checkOpen()
      return readStream(log, stream, planReadStream(stream, options), options.signal)
    },
    readAll: (options = {}) => readLog(log, options, closing.signal),
    close: async () => {
      closing.abort()
      log.wake.end()
      await settled()
    },
  }
}
