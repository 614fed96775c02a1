import {
  abortedError,
  checkedNumber,
  closedError,
  type EventStore,
  planReadStream,
  type StoreTraits,
  serialiseAppend,
} from '@vitrine/core'
import { appendQueue } from './append-queue.js'
import { translated } from './faults.js'
import { unlessAborted } from './heard.js'
import type { LogTables } from './log-tables.js'
import { readLog } from './read-log.js'
import { readStream } from './read-stream.js'
import { storedEvent, storedText } from './stored-event.js'

const traits: StoreTraits = {
  name: 'postgres',
  durable: true,
  spansStreams: true,
  guards: true,
  comparesBodies: true,
  uniqueIds: true,
}

export function postgresEventStore(tables: LogTables): EventStore {
  const { database, own, logId, news } = tables
  const queue = appendQueue(database, own, news.announce)
  const closing = new AbortController()
  const checkOpen = () => {
    if (closing.signal.aborted) throw closedError()
  }
  return {
    traits,
    logId,
    append: async (append, { signal } = {}) => {
      checkOpen()
      const events = serialiseAppend(append)
      for (const { expected, events } of append.writes) {
        if (expected !== 'none') checkedNumber(expected + events.length, 'The next version')
      }
      return queue.add({ append, events }, signal)
    },
    readStream: async (stream, options = {}) => {
      checkOpen()
      const plan = planReadStream(stream, options)
      if (options.signal?.aborted) throw abortedError(options.signal.reason)
      const answer = translated(database.where, () => readStream(database, own, stream, plan))
      return unlessAborted(options.signal, answer)
    },
    readAll: (options = {}) => readLog(tables, options, closing.signal, storedEvent),
    readTexts: (options = {}) => readLog(tables, options, closing.signal, storedText),
    close: async () => {
      closing.abort()
      await queue.settled()
      await news.close()
    },
  }
}
