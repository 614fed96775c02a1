import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Commit } from './event-log.js'
import { type LoggedEvent, tombstoneRevision } from './logged-event.js'

/** A log on disk. What was stored outlives the process, though not a loss of power. */
export interface Journal {
  /** What was stored before it was opened. */
  readonly commits: readonly Commit[]
  store(commit: Commit): void
  close(): void
}

/** Opens the log in a folder, which is made if it is missing. A line that was cut off is dropped: nobody was told of it. */
export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'log.jsonl')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole))
  const handle = openSync(file, 'a')
  return {
    commits: whole.split('\n').filter(Boolean).map(commitIn),
    store: (commit) => void writeSync(handle, `${JSON.stringify(storedCommit(commit))}\n`),
    close: () => closeSync(handle),
  }
}

function storedCommit({ position, events }: Commit) {
  return { position: String(position), events: events.map(stored) }
}

function stored({ revision, position, data, metadata, ...event }: LoggedEvent) {
  return {
    ...event,
    revision: revision === tombstoneRevision ? null : revision,
    position: String(position),
    data: Buffer.from(data).toString('base64'),
    metadata: Buffer.from(metadata).toString('base64'),
  }
}

function commitIn(line: string): Commit {
  const { position, events } = JSON.parse(line) as ReturnType<typeof storedCommit>
  return { position: BigInt(position), events: events.map(restored) }
}

function restored({ revision, position, data, metadata, ...event }: ReturnType<typeof stored>): LoggedEvent {
  return {
    ...event,
    revision: revision ?? tombstoneRevision,
    position: BigInt(position),
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
  }
}
