import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** In MiB: without a bound the collector takes what it likes, and more of it the longer a process runs. */
const heap = 64
const boundedHeap = ['--max-semi-space-size=2', `--max-old-space-size=${heap}`]

/** How much more memory the long log may take at its peak: collections come when they come. */
const tolerance = 1.15

/** The most memory, in MiB, that a replay takes in a process of its own. `undefined`: nothing was built. */
export async function peakOf(words: readonly string[]): Promise<number | undefined> {
  const program = join(import.meta.dirname, 'replay-memory.js')
  if (!existsSync(program)) return undefined
  const { stdout } = await promisify(execFile)(process.execPath, [...boundedHeap, program, ...words])
  const { peak } = JSON.parse(stdout) as { readonly peak: number }
  return peak
}

/** A log, and the peak of memory of its replay. */
interface Replayed {
  readonly events: number
  readonly peak: number | undefined
}

/** What the replays of a short and of a long log say together. */
export function told(short: Replayed, long: Replayed): Record<'figures' | 'unmet', readonly string[]> {
  if (short.peak === undefined || long.peak === undefined) {
    return { figures: ['the peak of memory is measured by the built program only'], unmet: [] }
  }
  const peaks = [short, long].map(({ events, peak }) => `${peak?.toFixed(0)} MiB at ${events} events`)
  return {
    figures: [`peak memory, with a heap of at most ${heap} MiB: ${peaks.join(', ')}`],
    unmet: long.peak > short.peak * tolerance ? ['the peak of memory grows with the log'] : [],
  }
}
