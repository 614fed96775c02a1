import { readPages } from './bare/sqlite-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { median } from './harness/interleave.js'
import { inProcessOfItsOwn, peaksOf } from './harness/peak-of-memory.js'
import { keptLog } from './logs/kept-log.js'
import { type Rebuilt, rebuild } from './ours/rebuild.js'

/** What is young has the room that Node gives it by itself. */
const heap = { young: 16, old: 160 }

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
    const first = await rebuilt(tenth)
    const before = pagesOf(whole)
    const all = (await rebuilt(whole)) ?? (await rebuild(whole))
    const pages = median([...before, ...pagesOf(whole)])
    const peaks = peaksOf(heap, { events: few, peak: first?.peak }, { events: many, peak: first && all.peak })
    const rest = all.seconds - all.indexing
    return {
      ratio: pages / all.seconds,
      peers: [],
      figures: [
        `${Math.round(many / all.seconds)} events a second, of ${many} with ${leads} leads; the loop ${Math.round(many / pages)}`,
        `${rest.toFixed(1)} s for the documents, ${all.indexing.toFixed(1)} s for indexes and words`,
        ...peaks.figures,
      ],
      unmet: peaks.unmet,
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

function rebuilt(file: string): Promise<Rebuilt | undefined> {
  return inProcessOfItsOwn('rebuild-memory', heap, [file])
}
