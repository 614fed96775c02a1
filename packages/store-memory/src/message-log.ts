import { closedError, type MessageLog, type StreamAtVersion } from '@vitrine/core'
import { memoryEventStore } from './event-store.js'
import { type Log, type Row, versionOf } from './log.js'

/** An event store that may forget whole streams. */
export function memoryMessageLog(log: Log): MessageLog {
  const events = memoryEventStore(log)
  let isClosed = false
  return {
    ...events,
    forget: async (streams) => {
      if (isClosed) throw closedError()
      return streams.filter((named) => isForgotten(log, named)).map(({ stream }) => stream)
    },
    close: () => {
      isClosed = true
      return events.close()
    },
  }
}

/** Its places stay, in the log and in the stream. One more version is used up, so that nobody writes behind what is gone. */
function isForgotten(log: Log, { stream, version }: StreamAtVersion): boolean {
  const held = log.streams.get(stream)
  if (held?.ids.size === 0) return true
  if (!held || versionOf(log, stream) !== version) return false
  const gone = held.rows.map(emptied)
  for (const row of gone) log.rows[row.position - 1] = row
  held.rows.splice(0, Number.POSITIVE_INFINITY, ...gone, { ...gone[0]!, version: version + 1 })
  held.ids.clear()
  return true
}

function emptied(row: Row): Row {
  return { ...row, data: '', metadata: '', isGone: true }
}
