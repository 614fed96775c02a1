import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Entry, merged } from './entry.js'

/** Puts fresh entries in the place of those with the same ids; the others stay as they are. */
export function writeResults(file: string, fresh: readonly Entry[]): void {
  const older = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[]) : []
  const beside = `${file}.new`
  writeFileSync(beside, `${JSON.stringify(merged(older, fresh), null, 2)}\n`)
  renameSync(beside, file)
}
