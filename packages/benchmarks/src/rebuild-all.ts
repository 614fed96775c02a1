import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readPages } from './bare/sqlite-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { median } from './harness/interleave.js'
import { keptLog } from './logs/kept-log.js'
import { type Rebuilt, rebuild } from './ours/rebuild.js'

/** Without a bound the collector takes what it likes, and more of it the longer a process runs. In MiB. */
const boundedHeap = ['--max-semi-space-size=4', '--max-old-space-size=128']

/** How much more memory the long log may take at its peak: collections come when they come. */
const tolerance = 1.15

/** How often the bare loop reads the log: before and after the rebuild, which takes minutes. */
const readings = 2

/**
 * Ours folds every event into all views there are, writes their documents with the checkpoints, and makes their indexes
 * and words. The limit selects the same columns and parses the same texts, and does nothing with them. A process of its
 * own with a bounded heap rebuilds a tenth of the log and then all of it.
 */
export const rebuildAllBenchmark: Benchmark = {
  id: 'rebuild-all',
  what: 'a log in SQLite rebuilt into all views in SQLite, beside a bare loop of SELECT pages and JSON.parse',
  limit: 0.25,
  measure: async (effort) => {
    const [few, many] = [100_000, 1_000_000].map((events) => sized(events, effort, 2_000)) as [number, number]
    const leads = sized(10_000, effort, 20)
    const tenth = await keptLog({ events: few, publishers: 200, leads: Math.ceil(leads / 10) })
    const whole = await keptLog({ events: many, publishers: 200, leads })
    const first = await inProcessOfItsOwn(tenth)
    const before = pagesOf(whole)
    const all = (await inProcessOfItsOwn(whole)) ?? (await rebuild(whole))
    const pages = median([...before, ...pagesOf(whole)])
    const rest = all.seconds - all.indexing
    return {
      ratio: pages / all.seconds,
      peers: [],
      figures: [
        `${Math.round(many / all.seconds)} events a second, of ${many} with ${leads} leads; the loop ${Math.round(many / pages)}`,
        `${rest.toFixed(1)} s for the documents, ${all.indexing.toFixed(1)} s for indexes and words`,
        first === undefined
          ? 'the peak of memory is measured by the built program only'
          : `peak memory, with a heap of at most 128 MiB: ${first.peak.toFixed(0)} MiB at ${few} events, ${all.peak.toFixed(0)} MiB at ${many}`,
      ],
      unmet: first && all.peak > first.peak * tolerance ? ['the peak of memory grows with the log'] : [],
    }
  },
}

function pagesOf(file: string): readonly number[] {
  return Array.from({ length: readings }, () => {
    const began = performance.now()
    readPages(file)
    return (performance.now() - began) / 1000
  })
}

async function inProcessOfItsOwn(file: string): Promise<Rebuilt | undefined> {
  const program = join(import.meta.dirname, 'rebuild-memory.js')
  if (!existsSync(program)) return undefined
  const { stdout } = await promisify(execFile)(process.execPath, [...boundedHeap, program, file])
  return JSON.parse(stdout) as Rebuilt
}
