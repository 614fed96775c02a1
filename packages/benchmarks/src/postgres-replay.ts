import { postgresStore } from '@vitrine/store-postgres'
import { readPages } from './bare/postgres-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { besidePostgres } from './harness/beside-postgres.js'
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
export const postgresReplayBenchmark: Benchmark = {
  id: 'postgres-replay',
  what: 'a log in PostgreSQL replayed into a view in memory, beside a bare loop of keyset pages and JSON.parse',
  limit: 0.6,
  measure: (effort) =>
    besidePostgres(4, async ({ url, schema, pool }) => {
      const [few, many] = [sized(100_000, effort, 1_000), sized(1_000_000, effort, 10_000)]
      const generated = generatedLog({ events: many, publishers: 50 })
      const extend = async (events: number) => {
        const store = await postgresStore({ connectionString: carefree(url), schema }).open()
        await fillLog(store.log, generated, { until: events })
        await store.close()
        await pool.query(`ANALYZE ${schema}.log_events, ${schema}.log_streams, ${schema}.log_types`)
      }
      await extend(few)
      const log = postgresStore({ connectionString: url, schema })
      const { documents } = await replay(log)
      const speeds = await interleave(
        [
          { name: 'replay', once: true, operations: few, run: async () => replay(log) },
          { name: 'pages', once: true, operations: few, run: async () => readPages(url, schema) },
        ],
        { ...effort, rounds: Math.min(effort.rounds, 7) },
      )
      const first = await peakOfReplay([url, schema])
      await extend(many)
      const peaks = peaksOf(
        replayHeap,
        { events: few, peak: first },
        { events: many, peak: await peakOfReplay([url, schema]) },
      )
      const micros = (name: string) => speeds.micros(name).toFixed(1)
      return {
        ratio: speeds.ratio('replay', 'pages'),
        peers: [],
        figures: [
          `${micros('replay')} µs an event into ${documents} documents, the loop ${micros('pages')}`,
          ...peaks.figures,
        ],
        unmet: peaks.unmet,
      }
    }),
}

/** What a crash would take of a log that is made for a measurement can be made again. */
function carefree(url: string): string {
  const careless = new URL(url)
  careless.searchParams.set('options', '-c synchronous_commit=off')
  return careless.href
}
