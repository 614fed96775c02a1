import { randomUUID } from 'node:crypto'
import { StoreError } from '@vitrine/core'
import type { Connection } from './connection.js'
import type { ClientEvent, RecordedEvent, ServerPosition } from './db-client.js'
import { truncatedError } from './faults.js'
import type { Names } from './names.js'

/** Who a log is, and where on the server it begins. */
export interface Begun {
  readonly logId: string
  readonly begin: ServerPosition
}

/** How often it is looked for while several processes begin it at once, or nobody knows whether it was begun. */
const tries = 5

/** The log's id, which its first opening makes for ever: a restored server brings it back, a new one has none. */
export async function beginLog(connection: Connection, { idStream }: Names): Promise<Begun> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await connection.readStream(idStream, { from: 0, count: 1 })
    if (found !== 'absent') return begunBy(idStream, found[0])
    try {
      await connection.append(idStream, { stream: idStream, expected: 'none', events: [] }, [begun()])
    } catch (fault) {
      const others = fault instanceof StoreError && (fault.code === 'conflict' || fault.code === 'unknown-outcome')
      if (!others || attempt >= tries) throw fault
    }
  }
}

function begun(): ClientEvent {
  const id = randomUUID()
  return {
    id,
    type: 'LogBegun',
    contentType: 'application/json',
    data: { logId: id },
    metadata: new TextEncoder().encode('{}'),
  }
}

function begunBy(stream: string, event: RecordedEvent | undefined): Begun {
  const data = event?.data
  const logId = typeof data === 'object' && data !== null && 'logId' in data ? data.logId : undefined
  if (event?.position && typeof logId === 'string') return { logId, begin: event.position }
  throw truncatedError(stream, 'does not say which log this is')
}
