import type { SerialisedEvent, StoredText, Version } from '@vitrine/core'

/** An event as it is kept: its data and metadata are text until they are read. */
export interface Row extends SerialisedEvent {
  readonly stream: string
  readonly version: number
  readonly position: number
  /** How many events of the same append follow. */
  readonly tail: number
  /** It was forgotten, and only its place is left. */
  readonly isGone?: true
}

export interface StreamRows {
  readonly rows: Row[]
  readonly ids: Set<string>
}

/** The data of a log: `rows[n]` has position n + 1. */
export interface Log {
  readonly logId: string
  readonly rows: Row[]
  readonly streams: Map<string, StreamRows>
  /** Readers that wait at the head. */
  readonly waiting: Set<() => void>
}

export function emptyLog(logId: string): Log {
  return { logId, rows: [], streams: new Map(), waiting: new Set() }
}

export function versionOf(log: Log, stream: string): Version {
  const held = log.streams.get(stream)
  return held === undefined ? 'none' : held.rows.length - 1
}

/** What a reader is given of a row: what else is kept there stays here. */
export function storedText({ id, type, data, metadata, stream, version, position }: Row): StoredText {
  return { id, type, data, metadata, stream, version, position }
}

/** Stores one write; `tail` counts the events of the append that follow it. Gives the first position. */
export function addRows(log: Log, stream: string, events: readonly SerialisedEvent[], tail: number): number {
  const held = log.streams.get(stream) ?? { rows: [], ids: new Set() }
  log.streams.set(stream, held)
  const first = log.rows.length + 1
  for (const [at, { id, type, data, metadata }] of events.entries()) {
    const follow = tail + events.length - 1 - at
    const place = { stream, version: held.rows.length, position: first + at, tail: follow }
    const row: Row = { id, type, data, metadata, ...place }
    held.rows.push(row)
    held.ids.add(id)
    log.rows.push(row)
  }
  return first
}
