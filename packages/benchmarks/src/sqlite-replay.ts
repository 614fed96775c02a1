import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sqliteStore } from '@vitrine/store-sqlite'
import { readPages } from './bare/sqlite-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { inFolder } from './harness/in-folder.js'
import { interleave } from './harness/interleave.js'
import { fillLog, generatedLog } from './logs/generated-log.js'
import { replay } from './ours/replay.js'

/** Without a bound the collector takes what it likes, and more of it the longer a process runs. In MiB. */
const boundedHeap = ['--max-semi-space-size=2', '--max-old-space-size=64']

/** How much more memory the long log may take at its peak: collections come when they come. */
const tolerance = 1.15

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
      const first = await peakOf(file)
      await extend(file, log, many)
      const whole = await peakOf(file)
      return {
        ratio: speeds.ratio('replay', 'pages'),
        peers: [],
        figures: [
          `${speeds.micros('replay').toFixed(1)} µs an event into ${documents} documents, the loop ${speeds.micros('pages').toFixed(1)}`,
          first === undefined || whole === undefined
            ? 'the peak of memory is measured by the built program only'
            : `peak memory, with a heap of at most 64 MiB: ${first.toFixed(0)} MiB at ${few} events, ${whole.toFixed(0)} MiB at ${many}`,
        ],
        unmet: (whole ?? 0) > (first ?? 0) * tolerance ? ['the peak of memory grows with the log'] : [],
      }
    }),
}

/** Writes on in a log until it holds so many events; what can be lost in a power cut can be made again. */
async function extend(file: string, log: ReturnType<typeof generatedLog>, events: number): Promise<void> {
  const store = await sqliteStore(file, { synchronous: 'NORMAL' }).open()
  await fillLog(store.log, log, { until: events })
  await store.close()
}

async function peakOf(file: string): Promise<number | undefined> {
  const program = join(import.meta.dirname, 'replay-memory.js')
  if (!existsSync(program)) return undefined
  const { stdout } = await promisify(execFile)(process.execPath, [...boundedHeap, program, file])
  const { peak } = JSON.parse(stdout) as { readonly peak: number }
  return peak
}
