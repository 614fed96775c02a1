import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Runs something in a folder of its own, on the disk of the workspace: a temporary folder may lie in memory. */
export async function inFolder<Result>(run: (folder: string) => Promise<Result>): Promise<Result> {
  const cache = join(process.cwd(), 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'benchmark-'))
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
