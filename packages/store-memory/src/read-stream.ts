import { parsedEvent, type StreamPage, type StreamPlan } from '@vitrine/core'
import { type Log, versionOf } from './log.js'

export function readStream(log: Log, stream: string, { from, limit, backwards }: StreamPlan): StreamPage {
  const head = versionOf(log, stream)
  const held = log.streams.get(stream)?.rows ?? []
  const rows = held[0]?.isGone ? [] : held
  if (!backwards) {
    const events = rows.slice(from, from + limit).map(parsedEvent)
    return { head, events, atEnd: from + limit >= rows.length }
  }
  const end = Math.min(from + 1, rows.length)
  const start = Math.max(end - limit, 0)
  return { head, events: rows.slice(start, end).reverse().map(parsedEvent), atEnd: start === 0 }
}
