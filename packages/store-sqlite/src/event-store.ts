import { closedError, type EventStore, planReadStream, type StoreTraits, serialiseAppend } from '@vitrine/core'
import { appendQueue } from './append-queue.js'
import { translated } from './faults.js'
import type { SqliteFile } from './file.js'
import { readLog } from './read-log.js'
import { readStream } from './read-stream.js'
import { eventReader } from './stored-event.js'

const traits: StoreTraits = {
  name: 'sqlite',
  durable: true,
  spansStreams: true,
  guards: true,
  comparesBodies: true,
  uniqueIds: true,
}

export function sqliteEventStore(file: SqliteFile, logId: string): EventStore {
  const queue = appendQueue(file)
  const reader = eventReader(file)
  const closing = new AbortController()
  const checkOpen = () => {
    if (closing.signal.aborted) throw closedError()
  }
  return {
    traits,
    logId,
    append: async (append, { signal } = {}) => {
      checkOpen()
      return await queue.add(append, serialiseAppend(append), signal)
    },
    readStream: async (stream, options = {}) => {
      checkOpen()
      const plan = planReadStream(stream, options)
      return translated(file.path, () => readStream(file, reader, stream, plan, options.signal))
    },
    readAll: (options = {}) => readLog(file, logId, options, closing.signal, reader.event),
    readTexts: (options = {}) => readLog(file, logId, options, closing.signal, reader.text),
    close: async () => {
      closing.abort()
      await queue.settled()
    },
  }
}
