import { DatabaseSync } from 'node:sqlite'
import { compareText } from '@vitrine/core'

/** What is known by name, of more names than fit in memory. Values are plain JSON. */
export interface SpilledMap<Value> {
  get(name: string): Value | undefined
  set(name: string, value: Value): void
  /** All of them, in the order of their names by code points. Nothing may be set meanwhile. */
  entries(): IterableIterator<readonly [string, Value]>
  readonly size: number
  close(): void
}

/**
 * The names used last stay in memory, `limit` of them; the others wait in a private file, which SQLite makes and takes away
 * by itself.
 */
export function spilledMap<Value>(limit = 20_000): SpilledMap<Value> {
  const file = new DatabaseSync('')
  file.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN')
  file.exec('CREATE TABLE spilled (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
  const find = file.prepare('SELECT value FROM spilled WHERE name = ?')
  const keep = file.prepare(
    'INSERT INTO spilled VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING 1',
  )
  const all = file.prepare('SELECT name, value FROM spilled ORDER BY name')
  const near = new Map<string, Value>()
  let size = 0
  let isSpilled = false

  const spill = (count: number) => {
    for (const [name, value] of near.entries().take(count)) {
      keep.get(name, JSON.stringify(value))
      near.delete(name)
      isSpilled = true
    }
  }
  const read = (name: string): Value | undefined => {
    const row = isSpilled ? find.get(name) : undefined
    return row && (JSON.parse(String(row.value)) as Value)
  }

  return {
    get(name) {
      const value = near.get(name) ?? read(name)
      if (value === undefined) return undefined
      near.delete(name)
      near.set(name, value)
      return value
    },
    set(name, value) {
      if (!near.delete(name) && read(name) === undefined) size += 1
      near.set(name, value)
      if (near.size > limit) spill(Math.ceil(limit / 10))
    },
    *entries() {
      // What fits in memory need not be written for its order.
      if (!isSpilled) return yield* [...near].sort(([a], [b]) => compareText(a, b))
      spill(near.size)
      for (const row of all.iterate()) yield [String(row.name), JSON.parse(String(row.value)) as Value]
    },
    get size() {
      return size
    },
    close: () => file.close(),
  }
}
