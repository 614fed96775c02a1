import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Makes the next folder `run-1`, `run-2` … under a folder, so that no run meets the files of another one, and none are
 * deleted. Two runs that start at once get two folders.
 */
export function freshFolder(under: string): string {
  mkdirSync(under, { recursive: true })
  for (let run = 1; ; run += 1) {
    const folder = resolve(under, `run-${run}`)
    if (isMade(folder)) return folder
  }
}

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') return false
    throw fault
  }
}
