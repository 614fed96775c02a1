import {
  type Append,
  type Appended,
  checkedNumber,
  judgeAppend,
  knownIds,
  type SerialisedEvent,
  type StreamWrite,
  type Version,
} from '@vitrine/core'
import { headBesideGuard, lastPosition, streamHead, streamHeads } from './event-tables.js'
import type { SqliteFile } from './file.js'

interface Head {
  readonly id: number | undefined
  readonly version: Version
}

/** Checks and stores one append inside a transaction: all checks come before the first insert. */
export function appender(file: SqliteFile) {
  const oneHead = file.prepare(streamHead)
  const besideGuard = file.prepare(headBesideGuard)
  const heads = file.prepare(streamHeads)
  const holds = file.prepare('SELECT 1 FROM events WHERE stream = ? AND id = ?')
  const behind = file.prepare(
    `SELECT e.id, t.name AS type, e.data, e.metadata FROM events e JOIN types t ON t.id = e.type
     WHERE e.stream = ? AND e.version >= ? ORDER BY e.version LIMIT ?`,
  )
  const last = file.prepare(lastPosition)
  const position = file.prepare('SELECT position FROM events WHERE stream = ? AND version = ?')
  const newStream = file.prepare('INSERT INTO streams (name) VALUES (?)')
  const typeId = file.prepare('SELECT id FROM types WHERE name = ?')
  const newType = file.prepare('INSERT INTO types (name) VALUES (?)')
  const newEvent = file.prepare(
    'INSERT INTO events (position, stream, version, type, tail, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const types = new Map<string, number>()
  // What this transaction has read or written: nobody else writes until it ends.
  const known = new Map<string, Head>()
  let reached: number | undefined
  let asksForIds = false

  const headOf = (stream: string): Head => {
    const head = known.get(stream) ?? storedHead(oneHead.get(stream))
    known.set(stream, head)
    return head
  }

  /** One question for a lone append, as most of them are: to one stream that is there, with one guard at the most. */
  const lookAtBoth = ({ writes, guards = [] }: Append) => {
    const [write] = writes
    const [guard] = guards
    if (writes.length > 1 || guards.length > 1 || write === undefined) return
    const row = besideGuard.get(guard?.stream ?? '', write.stream)
    if (row === undefined) return
    known.set(write.stream, storedHead(row))
    reached = Number(row.position)
    if (guard) known.set(guard.stream, row.guard === null ? unknown : headAt(row.guard, row.guardVersion))
  }

  const lookAtOnce = (streams: readonly string[]) => {
    for (const stream of streams) known.set(stream, unknown)
    for (const row of heads.all(JSON.stringify(streams))) known.set(String(row.name), storedHead(row))
  }

  const idOfType = (name: string) => {
    const id = types.get(name) ?? Number(typeId.get(name)?.id ?? newType.run(name).lastInsertRowid)
    types.set(name, id)
    return id
  }

  const idsOf = (write: StreamWrite, events: readonly SerialisedEvent[], { id, version }: Head) => {
    if (id === undefined) return 'unknown'
    return knownIds(
      version,
      write,
      events,
      (from, count) => behind.all(id, from, count).map(asSerialised),
      (event) => asksForIds && holds.get(id, event) !== undefined,
    )
  }

  const insert = (write: StreamWrite, events: readonly SerialisedEvent[], head: Head, from: number, tail: number) => {
    const stream = head.id ?? Number(newStream.run(write.stream).lastInsertRowid)
    const version = versionAfter(write.expected)
    known.set(write.stream, { id: stream, version: version + events.length - 1 })
    for (const [at, { id, type, data, metadata }] of events.entries()) {
      const left = tail + events.length - 1 - at
      newEvent.run(from + at, stream, version + at, idOfType(type), left, id, data, metadata)
    }
  }

  const insertAll = (append: Append, events: readonly (readonly SerialisedEvent[])[], found: readonly Head[]) => {
    let position = (reached ?? Number(last.get()?.position)) + 1
    let left = events.reduce((sum, write) => sum + write.length, 0)
    checkedNumber(position + left, 'The next position')
    reached = position + left - 1
    return append.writes.map((write, at) => {
      const first = position
      left -= events[at]!.length
      insert(write, events[at]!, found[at]!, first, left)
      position += events[at]!.length
      return first
    })
  }

  const firstPosition = ({ expected }: StreamWrite, { id }: Head) =>
    Number(position.get(id ?? 0, versionAfter(expected))?.position)

  return {
    /** @throws StoreError when the append is refused; nothing was written then. */
    store: (append: Append, events: readonly (readonly SerialisedEvent[])[]): Appended => {
      const found = append.writes.map(({ stream }) => headOf(stream))
      const facts = found.map((head, at) => ({
        actual: head.version,
        ids: idsOf(append.writes[at]!, events[at]!, head),
      }))
      const duplicate = judgeAppend(append, facts, (stream) => headOf(stream).version) === 'duplicate'
      const firsts = duplicate
        ? append.writes.map((write, at) => firstPosition(write, found[at]!))
        : insertAll(append, events, found)
      const versions = append.writes.map(({ expected }, at) => versionAfter(expected) + events[at]!.length - 1)
      const positions = firsts.map((first, at) => events[at]!.map((_, index) => first + index))
      const last = positions[positions.length - 1]!
      return { position: last[last.length - 1]!, versions, positions, duplicate }
    },
    /**
     * A transaction begins: what others wrote since the last one is read again, for many streams in one question. An id that
     * its stream holds elsewhere breaks the index, so that the transaction is undone, unless each is asked for first.
     */
    begin: (appends: readonly Append[], asks: boolean) => {
      known.clear()
      reached = undefined
      asksForIds = asks
      if (appends.length > few) lookAtOnce(streamsOf(appends))
      else if (appends.length === 1) lookAtBoth(appends[0]!)
    },
    /** Forgets what a transaction that was undone may have added. */
    forget: () => types.clear(),
  }
}

/** So few appends ask for each stream by itself, which is quicker then. */
const few = 4

function storedHead(row: Record<string, unknown> | undefined): Head {
  return row === undefined ? unknown : headAt(row.id, row.version)
}

function headAt(id: unknown, version: unknown): Head {
  return { id: Number(id), version: Number(version) }
}

const unknown: Head = { id: undefined, version: 'none' }

/** The streams that appends write or guard, each once. */
function streamsOf(appends: readonly Append[]): readonly string[] {
  const streams = new Set<string>()
  for (const { writes, guards = [] } of appends) {
    for (const { stream } of writes) streams.add(stream)
    for (const { stream } of guards) streams.add(stream)
  }
  return [...streams]
}

function asSerialised(row: Record<string, unknown>): SerialisedEvent {
  return {
    id: String(row.id),
    type: String(row.type),
    data: String(row.data),
    metadata: String(row.metadata),
  }
}

function versionAfter(expected: Version): number {
  return expected === 'none' ? 0 : expected + 1
}
