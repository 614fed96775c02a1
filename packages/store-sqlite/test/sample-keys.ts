import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Checkpoint, KeyStore } from '@vitrine/core'

export function freshKey(): string {
  return randomBytes(32).toString('base64')
}

/** The subjects that the erasure at one position names. */
export function batchOf(position: number): readonly string[] {
  return Array.from({ length: 7 }, (_, n) => `lead-${position}-${n}`)
}

export function placeOf(position: number): Checkpoint {
  return { logId: 'log', position, id: `event-${position}` }
}

/** Gives each of these subjects a key. */
export async function addAll(keys: KeyStore, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const added = new Map(subjects.map((subject) => [subject, freshKey()]))
  for (const [subject, key] of added) await keys.add(subject, key)
  return added
}

/** Which of these keys are anywhere in the files of a store, as bytes or as text: in pages that are used or free, or in a log. */
export function foundIn(file: string, keys: Iterable<string>): readonly string[] {
  const bytes = filesOf(file).map((path) => readFileSync(path))
  return [...keys].filter((key) =>
    bytes.some((content) => content.includes(Buffer.from(key, 'base64')) || content.includes(key)),
  )
}

/** What lies beside the log for the keys, with everything that SQLite puts there. */
function filesOf(file: string): readonly string[] {
  const keys = file.replace(/\.db$/, '.keys.db')
  return ['', '-wal', '-shm', '-journal'].map((end) => keys + end).filter((path) => existsSync(path))
}
