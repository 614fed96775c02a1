import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readPages } from '../bare/sqlite-pages.js'
import { keptLog } from '../logs/kept-log.js'
import { type AuditTaken, audit } from '../ours/audit.js'
import { type Benchmark, sized } from './benchmark.js'
import { median } from './interleave.js'

/** Without a bound the collector takes what it likes, and more of it the longer a process runs. In MiB. */
const boundedHeap = ['--max-semi-space-size=16', '--max-old-space-size=96']

/** How much more memory the long log may take at its peak: collections come when they come. */
const tolerance = 1.15

/**
 * An audit of a whole log in SQLite whose events are tied together. The limit selects the same columns and parses the same
 * texts, and does nothing with them; it is run before and after. Peaks of memory are those of processes of their own, over a
 * tenth of the log and over all of it.
 */
export function auditBenchmark(name: string, what: string): Benchmark {
  return {
    id: `audit-${name}`,
    what: `${what}, beside a bare loop of SELECT pages and JSON.parse`,
    limit: 0.5,
    measure: async (effort) => {
      const [few, many] = [100_000, 1_000_000].map((events) => sized(events, effort, 2_000)) as [number, number]
      const leads = sized(10_000, effort, 20)
      const tenth = await keptLog({ events: few, publishers: 200, leads: Math.ceil(leads / 10), chain: true })
      const whole = await keptLog({ events: many, publishers: 200, leads, chain: true })
      const first = await inProcessOfItsOwn(name, tenth)
      const before = pagesOf(whole)
      const all = (await inProcessOfItsOwn(name, whole)) ?? (await audit(name, whole))
      const pages = median([before, pagesOf(whole)])
      return {
        ratio: pages / all.seconds,
        peers: [],
        figures: [
          `${Math.round(all.events / all.seconds)} events a second, of ${all.events}; the loop ${Math.round(all.events / pages)}`,
          first === undefined
            ? 'the peak of memory is measured by the built program only'
            : `peak memory, with a heap of at most 96 MiB: ${first.peak.toFixed(0)} MiB at ${few} events, ${all.peak.toFixed(0)} MiB at ${many}`,
        ],
        unmet: first && all.peak > first.peak * tolerance ? ['the peak of memory grows with the log'] : [],
      }
    },
  }
}

function pagesOf(file: string): number {
  const began = performance.now()
  readPages(file)
  return (performance.now() - began) / 1000
}

async function inProcessOfItsOwn(name: string, file: string): Promise<AuditTaken | undefined> {
  const program = join(import.meta.dirname, 'audit-memory.js')
  if (!existsSync(program)) return undefined
  const { stdout } = await promisify(execFile)(process.execPath, [...boundedHeap, program, name, file])
  return JSON.parse(stdout) as AuditTaken
}
