import { Buffer } from 'node:buffer'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Checkpoint,
  checkAdded,
  checkDestroyed,
  closedKeysError,
  furthestFollowed,
  type KeyStore,
} from '@vitrine/core'
import { translatedForKeys } from './faults.js'
import type { SqliteFile } from './file.js'

/** Pauses, in milliseconds, between the tries to empty the write-ahead log while somebody reads. */
const pauses = [5, 20, 50]

/**
 * The keys, in a file of their own that was opened to be wiped. A key that was destroyed is overwritten in its place, but
 * stays in the write-ahead log until that is emptied. While somebody reads it cannot be; it is tried again when the next
 * key is destroyed, when this store is closed, and when another one is opened.
 */
export function sqliteKeyStore(file: SqliteFile): KeyStore {
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined
  let isClean = cleaned(file)

  const run = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    if (closing) throw closedKeysError()
    const answer = translatedForKeys(file.path, call)
    underWay.add(answer)
    return answer.finally(() => underWay.delete(answer))
  }

  return {
    keys: (subjects) => run(() => file.patiently(() => keysOf(file, subjects))),
    add: (subject, key) =>
      run(() => {
        checkAdded(subject, key)
        return file.patiently(() => file.transaction(() => added(file, subject, key)))
      }),
    destroy: (subjects, through) =>
      run(async () => {
        checkDestroyed(subjects, through)
        const [named, place] = [[...subjects], { ...through }]
        isClean = false
        await file.patiently(() => file.transaction(() => destroy(file, named, place)))
        isClean = await cleanedSoon(file)
      }),
    followed: () => run(() => file.patiently(() => followed(file))),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(() => {
        if (!isClean) cleaned(file)
      })
      return closing
    },
  }
}

/** Empties the write-ahead log into the file. False when somebody is in the way, or only reading is allowed here. */
function cleaned(file: SqliteFile): boolean {
  try {
    return isEmptied(file)
  } catch {
    return false
  }
}

async function cleanedSoon(file: SqliteFile): Promise<boolean> {
  for (const delay of pauses) {
    if (isEmptied(file)) return true
    await pause(delay)
  }
  return isEmptied(file)
}

function isEmptied(file: SqliteFile): boolean {
  return file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0
}

function keysOf(file: SqliteFile, subjects: readonly string[]): ReadonlyMap<string, string> {
  const sql = 'SELECT subject, key FROM keys WHERE subject IN (SELECT value FROM json_each(?)) AND erased = 0'
  const rows = file.prepare(sql).all(JSON.stringify(subjects))
  return new Map(rows.map(({ subject, key }) => [String(subject), Buffer.from(key as Uint8Array).toString('base64')]))
}

function added(file: SqliteFile, subject: string, key: string): 'added' | 'there' | 'erased' {
  const insert = file.prepare('INSERT INTO keys (subject, key) VALUES (?, ?) ON CONFLICT DO NOTHING')
  if (insert.run(subject, Buffer.from(key, 'base64')).changes === 1) return 'added'
  return file.prepare('SELECT erased FROM keys WHERE subject = ?').get(subject)?.erased === 1 ? 'erased' : 'there'
}

function destroy(file: SqliteFile, subjects: readonly string[], through: Checkpoint): void {
  const erase = file.prepare(`INSERT INTO keys (subject, erased, key) VALUES (?, 1, zeroblob(32))
    ON CONFLICT (subject) DO UPDATE SET erased = 1, key = excluded.key`)
  for (const subject of subjects) erase.run(subject)
  const { logId, position, id } = furthestFollowed(followed(file), through)
  const note = file.prepare(`INSERT INTO followed VALUES (1, ?, ?, ?)
    ON CONFLICT (only) DO UPDATE SET log = excluded.log, position = excluded.position, event = excluded.event`)
  note.run(logId, position, id)
}

function followed(file: SqliteFile): Checkpoint | undefined {
  const row = file.prepare('SELECT log, position, event FROM followed').get()
  return row && { logId: String(row.log), position: Number(row.position), id: String(row.event) }
}
