import { DatabaseSync } from 'node:sqlite'
import type { NewEvent, Version } from '@vitrine/core'
import { sqliteStore } from '@vitrine/store-sqlite'

/** The statements that an append needs, on a file of the same schema and under the same settings as the store's. */
export interface SqliteStatements {
  /** Locks, looks at the versions of what is written and of what is guarded, inserts, commits. */
  append(stream: string, expected: Version, events: readonly NewEvent[], guard?: string): void
  close(): void
}

const head = `SELECT id, max(erased, ifnull((SELECT max(version) FROM events WHERE stream = streams.id), -1)) AS version
  FROM streams WHERE name = ?`

/**
 * The bare limit of appends. The tables, their indexes and the settings are the store's, since all of them are needed
 * for what it promises: atomic, durable, in order by stream and by position, and no event id twice. Everything is
 * prepared once, nothing is checked but the version, and nobody else is waited for.
 */
export async function sqliteStatements(file: string): Promise<SqliteStatements> {
  await (await sqliteStore(file).open()).close()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  database.exec('PRAGMA cache_size = -16000')
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const headOf = database.prepare(head)
  const newStream = database.prepare('INSERT INTO streams (name) VALUES (?)')
  const newType = database.prepare('INSERT INTO types (name) VALUES (?)')
  const newEvent = database.prepare(
    'INSERT INTO events (stream, version, type, tail, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const types = new Map<string, number>()
  const typeOf = (name: string) => {
    const known = types.get(name) ?? Number(newType.run(name).lastInsertRowid)
    types.set(name, known)
    return known
  }
  return {
    append(stream, expected, events, guard) {
      begin.run()
      const found = headOf.get(stream)
      if ((found?.version ?? 'none') !== expected) throw new Error(`${stream} is not at ${expected}.`)
      if (guard !== undefined) headOf.get(guard)
      const id = found === undefined ? Number(newStream.run(stream).lastInsertRowid) : Number(found.id)
      let version = expected === 'none' ? 0 : expected + 1
      let tail = events.length
      for (const { id: eventId, type, data, metadata } of events) {
        tail -= 1
        newEvent.run(id, version, typeOf(type), tail, eventId, JSON.stringify(data), JSON.stringify(metadata))
        version += 1
      }
      commit.run()
    },
    close: () => database.close(),
  }
}
