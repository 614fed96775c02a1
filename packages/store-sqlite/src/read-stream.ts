import { abortedError, type StreamPage, type StreamPlan } from '@vitrine/core'
import { streamHead } from './event-tables.js'
import type { SqliteFile } from './file.js'
import { type EventReader, eventColumns } from './stored-event.js'

export async function readStream(
  file: SqliteFile,
  reader: EventReader,
  stream: string,
  { from, limit, backwards }: StreamPlan,
  signal: AbortSignal | undefined,
): Promise<StreamPage> {
  if (signal?.aborted) throw abortedError(signal.reason)
  return file.patiently(() => {
    const head = file.prepare(streamHead).get(stream)
    if (head === undefined) return { head: 'none', events: [], atEnd: true }
    const rows = file.rows(backwards ? downwards : upwards, Number(head.id), from, limit + 1)
    const events = rows.slice(0, limit).map(reader.event)
    return { head: Number(head.version), events, atEnd: rows.length <= limit }
  })
}

const upwards = `SELECT ${eventColumns} WHERE e.stream = ? AND e.version >= ? ORDER BY e.version LIMIT ?`
const downwards = `SELECT ${eventColumns} WHERE e.stream = ? AND e.version <= ? ORDER BY e.version DESC LIMIT ?`
