import { type Checkpoint, logReplacedError, StoreError } from '@vitrine/core'
import { place } from './client-connection.js'
import type { Connection } from './connection.js'
import type { RecordedEvent, ServerPosition } from './db-client.js'
import type { Names } from './names.js'
import type { LogPlace, Reach } from './reach.js'
import { isOfServer, positionOf } from './stored-form.js'
import type { Wake } from './wake.js'

/** One log of a tenant on a server, as this process uses it. */
export interface Log {
  readonly connection: Connection
  readonly names: Names
  readonly logId: string
  /** Where it begins: nothing of it lies before. */
  readonly begin: ServerPosition
  readonly reach: Reach
  readonly wake: Wake
  /** Whole streams of it may be forgotten: which of these are. A place in it may be empty then. */
  readonly forgotten?: (streams: readonly string[]) => Promise<ReadonlySet<string>>
}

/** Whether an event belongs to the log: not another tenant's, nor the server's own. */
export function isOf({ names }: Pick<Log, 'names'>, event: RecordedEvent): boolean {
  return event.streamId.startsWith(names.prefix) && !isOfServer(event)
}

export function checkpointAt({ logId }: Log, found: LogPlace | undefined): Checkpoint | undefined {
  return found && { logId, position: found.position, id: found.id }
}

export function placeOf(event: RecordedEvent): LogPlace {
  return { position: positionOf(event), id: event.id }
}

/** @throws StoreError `log-replaced` unless the log holds the event that a checkpoint names */
export async function verify(log: Log, checkpoint: Checkpoint, signal: AbortSignal | undefined): Promise<void> {
  const { logId, position, id } = checkpoint
  const known = log.reach.idAt(position)
  if (logId === log.logId && known === id) return
  if (logId !== log.logId || known !== undefined || position <= log.begin.commit)
    throw logReplacedError(checkpoint, log.logId)
  const found = await log.connection.readAll({ from: place(position), count: 1 }, signal)
  const event = found === 'no-place' ? undefined : found[0]
  if (!event || !holds(log, event, checkpoint)) throw logReplacedError(checkpoint, log.logId)
}

/** What was forgotten leaves the place empty once the server has cleaned up behind it. */
function holds(log: Log, event: RecordedEvent, { position, id }: Checkpoint): boolean {
  if (event.position?.commit !== BigInt(position)) return log.forgotten !== undefined
  if (event.id !== id || !isOf(log, event)) return false
  log.reach.met({ position, id })
  return true
}

/** The last event of the log, looked for from the end of what the server holds. */
export async function lastOf(log: Log, signal: AbortSignal | undefined): Promise<LogPlace | undefined> {
  const { connection, reach } = log
  const known = reach.last()
  const quiet = reach.quiet().commit
  let end: ServerPosition | undefined
  let from: ServerPosition | 'end' = 'end'
  for (let count = 8; ; count = Math.min(count * 8, most)) {
    const events = await connection.readAll({ from, count, backwards: true }, signal)
    if (events === 'no-place') throw noPlace(from)
    end ??= events[0]?.position
    const found = events.find((event) => event.position!.commit <= quiet || isOf(log, event))
    if (found || events.length < count) {
      const last = found && found.position!.commit > quiet ? placeOf(found) : known
      if (end) reach.lookedUpTo(end, last)
      return last
    }
    from = events.at(-1)!.position!
  }
}

const most = 512

export function noPlace(from: ServerPosition | 'end'): StoreError {
  const position = from === 'end' ? 'the end' : `position ${from.commit}`
  return new StoreError(
    'invalid',
    `No event begins at ${position}. Read on from a position or a checkpoint that was given.`,
  )
}
