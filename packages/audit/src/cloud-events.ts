import type { JsonObject, StoredEvent } from '@vitrine/core'
import type { Audited, Watching } from './audited.js'

/** What the events of a log are called outside. */
export interface CloudEventNames {
  /** An absolute URI, such as `https://market.example`: the `source` of an event is this and its stream. */
  readonly source: string
  /** What types begin with, such as `example.market`; none by default. */
  readonly typePrefix?: string
}

/** An event in the JSON format of CloudEvents 1.0, with extension attributes for what has no name there. */
export interface LogCloudEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: JsonObject
  readonly streamversion: number
  /** As text: attributes hold numbers of 32 bits alone. */
  readonly logposition: string
  readonly actorid: string
  readonly correlationid: string
  readonly causationid: string
  readonly traceparent?: string
}

/**
 * Every event of a log as a CloudEvent, in its order. For other systems: what they cannot tell, such as the facts that a
 * decision leaned on, stays behind, so it cannot be imported again. @throws StoreError when the log cannot be read
 */
export async function* cloudEventsIn(
  { log }: Pick<Audited, 'log'>,
  names: CloudEventNames,
  { signal, onProgress }: Watching = {},
): AsyncGenerator<LogCloudEvent> {
  let events = 0
  for await (const page of log.readAll(signal ? { signal } : {})) {
    for (const event of page.events) yield cloudEventOf(event, names)
    events += page.events.length
    onProgress?.(events)
  }
}

/** Ids are unique within a stream: so is the source. */
function cloudEventOf(event: StoredEvent, { source, typePrefix }: CloudEventNames): LogCloudEvent {
  const { stream, metadata } = event
  return {
    specversion: '1.0',
    id: event.id,
    source: `${source.replace(/\/$/, '')}/${encodeURIComponent(stream)}`,
    type: typePrefix === undefined ? event.type : `${typePrefix}.${event.type}`,
    subject: stream,
    time: metadata.occurredAt,
    datacontenttype: 'application/json',
    data: event.data,
    streamversion: event.version,
    logposition: String(event.position),
    actorid: metadata.actor.id,
    correlationid: metadata.correlationId,
    causationid: metadata.causationId,
    ...(metadata.traceparent !== undefined && { traceparent: metadata.traceparent }),
  }
}
