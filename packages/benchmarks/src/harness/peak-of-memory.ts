import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** MiB for what is young and for what is old: without bounds the collector takes what it likes, and more the longer a process runs. */
export interface Heap {
  readonly young: number
  readonly old: number
}

/** How much more memory the long log may take at its peak: collections come when they come. */
const tolerance = 1.15

/** What a program of this package says of itself, run in a process of its own. `undefined`: nothing was built. */
export async function inProcessOfItsOwn<Taken>(
  name: string,
  { young, old }: Heap,
  words: readonly string[],
): Promise<Taken | undefined> {
  const program = join(import.meta.dirname, `${name}.js`)
  if (!existsSync(program)) return undefined
  const bounds = [`--max-semi-space-size=${young}`, `--max-old-space-size=${old}`]
  const { stdout } = await promisify(execFile)(process.execPath, [...bounds, program, ...words])
  return JSON.parse(stdout) as Taken
}

/** A log, and the peak of memory, in MiB, of what was done with it. */
interface Measured {
  readonly events: number
  readonly peak: number | undefined
}

/** What a short and a long log say together. */
export function peaksOf(
  { old }: Heap,
  short: Measured,
  long: Measured,
): Record<'figures' | 'unmet', readonly string[]> {
  if (short.peak === undefined || long.peak === undefined) {
    return { figures: ['the peak of memory is measured by the built program only'], unmet: [] }
  }
  const peaks = [short, long].map(({ events, peak }) => `${peak?.toFixed(0)} MiB at ${events} events`)
  return {
    figures: [`peak memory, with a heap of at most ${old} MiB: ${peaks.join(', ')}`],
    unmet: long.peak > short.peak * tolerance ? ['the peak of memory grows with the log'] : [],
  }
}
