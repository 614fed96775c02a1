import { abortedError } from '@vitrine/core'
import type { ClientReading, RecordedEvent } from './db-client.js'

/**
 * All events of a reading. It is read to its end, which was asked for by a tight count: a reading that is left before its
 * end keeps its call open. A signal, or its time being over, cancels it.
 */
export function readEvents(
  reading: ClientReading,
  late: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<readonly RecordedEvent[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RecordedEvent[]>()
  const events: RecordedEvent[] = []
  const stop = (fault: unknown) => {
    reading.cancel().catch(() => undefined)
    reject(fault)
  }
  const hurry = () => stop(late.reason)
  const abort = () => stop(abortedError(signal?.reason))
  reading.on('error', stop)
  reading.on('end', () => resolve(events))
  reading.on('data', ({ event }) => {
    if (event) events.push(event)
  })
  late.addEventListener('abort', hurry)
  signal?.addEventListener('abort', abort)
  return promise.finally(() => {
    late.removeEventListener('abort', hurry)
    signal?.removeEventListener('abort', abort)
  })
}
