import { closedError, type MessageLog, type StreamAtVersion } from '@vitrine/core'
import { sqliteEventStore } from './event-store.js'
import { streamHead } from './event-tables.js'
import { translated } from './faults.js'
import type { SqliteFile } from './file.js'

/** Streams that one transaction forgets, so that no append waits for long. */
const atOnce = 50

/** An event store that may forget whole streams: by the one way in which events are erased, with the reason on record. */
export function sqliteMessageLog(file: SqliteFile, logId: string): MessageLog {
  const events = sqliteEventStore(file, logId)
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false

  const forgetAll = async (streams: readonly StreamAtVersion[]) => {
    const gone: string[] = []
    for (let from = 0; from < streams.length; from += atOnce) {
      const some = streams.slice(from, from + atOnce)
      // Whoever else has something to do gets a turn in between.
      await new Promise(setImmediate)
      const found = await file.patiently(() => file.transaction(() => some.filter((one) => isForgotten(file, one))))
      gone.push(...found.map(({ stream }) => stream))
    }
    return gone
  }

  return {
    ...events,
    forget: async (streams) => {
      if (isClosed) throw closedError()
      const answer = translated(file.path, () => forgetAll([...streams]))
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

/** One more version is used up, so that nobody writes behind what is gone. */
function isForgotten(file: SqliteFile, { stream, version }: StreamAtVersion): boolean {
  const head = file.prepare(streamHead).get(stream)
  if (!head) return false
  const id = Number(head.id)
  if (!file.prepare('SELECT 1 FROM events WHERE stream = ?').get(id)) return true
  if (head.version !== version) return false
  const reason = `INSERT INTO erasures SELECT position, id, 'kept for long enough' FROM events WHERE stream = ?`
  file.prepare(reason).run(id)
  file.prepare('DELETE FROM events WHERE stream = ?').run(id)
  file.prepare('UPDATE streams SET erased = erased + 1 WHERE id = ?').run(id)
  return true
}
