import { readPages } from '../bare/sqlite-pages.js'
import { keptLog } from '../logs/kept-log.js'
import { type AuditTaken, audit } from '../ours/audit.js'
import { type Benchmark, sized } from './benchmark.js'
import { median } from './interleave.js'
import { inProcessOfItsOwn, peaksOf } from './peak-of-memory.js'

const heap = { young: 16, old: 96 }

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
      const first = await audited(name, tenth)
      const before = pagesOf(whole)
      const all = (await audited(name, whole)) ?? (await audit(name, whole))
      const pages = median([before, pagesOf(whole)])
      const peaks = peaksOf(heap, { events: few, peak: first?.peak }, { events: many, peak: first && all.peak })
      return {
        ratio: pages / all.seconds,
        peers: [],
        figures: [
          `${Math.round(all.events / all.seconds)} events a second, of ${all.events}; the loop ${Math.round(all.events / pages)}`,
          ...peaks.figures,
        ],
        unmet: peaks.unmet,
      }
    },
  }
}

function pagesOf(file: string): number {
  const began = performance.now()
  readPages(file)
  return (performance.now() - began) / 1000
}

function audited(name: string, file: string): Promise<AuditTaken | undefined> {
  return inProcessOfItsOwn('audit-memory', heap, [name, file])
}
