import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { readPages } from './bare/sqlite-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { inFolder } from './harness/in-folder.js'
import { interleave } from './harness/interleave.js'
import { peaksOf } from './harness/peak-of-memory.js'
import { fillLog, generatedLog } from './logs/generated-log.js'
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
  measure: (effort) =>
    inFolder(async (folder) => {
      const [few, many] = [sized(100_000, effort, 1_000), sized(1_000_000, effort, 10_000)]
      const file = join(folder, 'log.db')
      const log = generatedLog({ events: many, publishers: 50 })
      await extend(file, log, few)
      const { documents } = await replay(sqliteStore(file))
      const speeds = await interleave(
        [
          { name: 'replay', once: true, operations: few, run: async () => replay(sqliteStore(file)) },
          { name: 'pages', once: true, operations: few, run: () => readPages(file) },
        ],
        { ...effort, rounds: Math.min(effort.rounds, 7) },
      )
      const first = await peakOfReplay([file])
      await extend(file, log, many)
      const peaks = peaksOf(
        replayHeap,
        { events: few, peak: first },
        { events: many, peak: await peakOfReplay([file]) },
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
    }),
}

/** Writes on in a log until it holds so many events; what can be lost in a power cut can be made again. */
async function extend(file: string, log: ReturnType<typeof generatedLog>, events: number): Promise<void> {
  const store = await sqliteStore(file, { synchronous: 'NORMAL' }).open()
  await fillLog(store.log, log, { until: events })
  await store.close()
}
