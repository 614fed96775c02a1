import type { EventStore, LogPage } from '@vitrine/core'

/** A log of which one stream is all there is: what is asked of a whole log can so be asked of a stream. */
export function oneStreamLog(log: EventStore, stream: string): EventStore {
  const { readTexts: _, ...rest } = log
  return {
    ...rest,
    async *readAll({ signal } = {}): AsyncGenerator<LogPage> {
      for (let from = 0; ; ) {
        const { events, atEnd } = await log.readStream(stream, { from, ...(signal && { signal }) })
        const last = events.at(-1)
        const through = last && { logId: log.logId, position: last.position, id: last.id }
        yield { events, through, atHead: atEnd }
        if (!last || atEnd) return
        from = last.version + 1
      }
    },
  }
}
