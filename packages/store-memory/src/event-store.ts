import {
  abortedError,
  closedError,
  type EventStore,
  parsedEvent,
  planReadStream,
  type StoreTraits,
  serialiseAppend,
} from '@vitrine/core'
import { store } from './append.js'
import { type Log, storedText } from './log.js'
import { readLog } from './read-log.js'
import { readStream } from './read-stream.js'

const traits: StoreTraits = {
  name: 'memory',
  durable: false,
  spansStreams: true,
  guards: true,
  comparesBodies: true,
  uniqueIds: true,
}

export function memoryEventStore(log: Log): EventStore {
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
      return store(log, append, serialiseAppend(append))
    },
    readStream: async (stream, options = {}) => {
      checkOpen()
      if (options.signal?.aborted) throw abortedError(options.signal.reason)
      return readStream(log, stream, planReadStream(stream, options))
    },
    readAll: (options = {}) => readLog(log, options, closing.signal, parsedEvent),
    readTexts: (options = {}) => readLog(log, options, closing.signal, storedText),
    close: async () => closing.abort(),
  }
}
