import { sqliteStore } from '@vitrine/store-sqlite'
import { readPages } from './bare/sqlite-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { interleave } from './harness/interleave.js'
import { inProcessOfItsOwn, peaksOf } from './harness/peak-of-memory.js'
import { type KeptPlan, keptLog } from './logs/kept-log.js'
import { replay } from './ours/replay.js'
import { peakOfReplay, replayHeap } from './ours/replay-apart.js'

/**
 * Ours goes the whole way of a rebuild: open a marketplace, lift events, fold them into documents, write these with the
 * checkpoint. The limit selects the same columns and parses the same texts, and does nothing with them. Peaks of memory
 * are those of processes of their own, over the first tenth of a log and over all of it.
 */
export const sqliteReplayBenchmark: Benchmark = {
  id: 'sqlite-replay',
  what: 'a log in SQLite replayed into a view in memory, beside a bare loop of SELECT pages and JSON.parse',
  limit: 0.7,
  measure: async (effort) => {
    const [few, many] = [sized(100_000, effort, 1_000), sized(1_000_000, effort, 10_000)]
    const short = await madeElsewhere({ events: few, publishers: 50 })
    const long = await madeElsewhere({ events: many, publishers: 50 })
    const { documents } = await replay(sqliteStore(short))
    const speeds = await interleave(
      [
        { name: 'replay', once: true, operations: many, run: async () => replay(sqliteStore(long)) },
        { name: 'pages', once: true, operations: many, run: () => readPages(long) },
      ],
      { ...effort, rounds: Math.min(effort.rounds, 5) },
    )
    const peaks = peaksOf(
      replayHeap,
      { events: few, peak: await peakOfReplay([short]) },
      { events: many, peak: await peakOfReplay([long]) },
    )
    return {
      ratio: speeds.ratio('replay', 'pages'),
      peers: [],
      figures: [
        `${speeds.micros('replay').toFixed(1)} µs an event into ${documents} documents, the loop ${speeds.micros('pages').toFixed(1)}`,
        ...peaks.figures,
      ],
      unmet: peaks.unmet,
    }
  },
}

/** A kept log, made by another process where that was built: who replays a log has not written it a moment ago. */
async function madeElsewhere(plan: KeptPlan): Promise<string> {
  const made = await inProcessOfItsOwn<string>('make-log', { young: 16, old: 4_000 }, [JSON.stringify(plan)])
  return made ?? keptLog(plan)
}
