import { postgresStore } from '@vitrine/store-postgres'
import { readPages } from './bare/postgres-pages.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { besidePostgres } from './harness/beside-postgres.js'
import { interleave } from './harness/interleave.js'
import { fillLog, generatedLog } from './logs/generated-log.js'
import { replay } from './ours/replay.js'

/**
 * Ours goes the whole way of a rebuild: open a marketplace, lift events, fold them into documents, write these with the
 * checkpoint. The limit selects the same columns and parses the same texts, and does nothing with them.
 */
export const postgresReplayBenchmark: Benchmark = {
  id: 'postgres-replay',
  what: 'a log in PostgreSQL replayed into a view in memory, beside a bare loop of keyset pages and JSON.parse',
  limit: 0.6,
  measure: (effort) =>
    besidePostgres(4, async ({ url, store, schema, pool }) => {
      const events = sized(100_000, effort, 1_000)
      await fillLog(store.log, generatedLog({ events, publishers: 50 }), { until: events })
      await pool.query(`ANALYZE ${schema}.log_events, ${schema}.log_streams, ${schema}.log_types`)
      const log = postgresStore({ connectionString: url, schema })
      const { documents } = await replay(log)
      const speeds = await interleave(
        [
          { name: 'replay', once: true, operations: events, run: async () => replay(log) },
          { name: 'pages', once: true, operations: events, run: async () => readPages(url, schema) },
        ],
        { ...effort, rounds: Math.min(effort.rounds, 7) },
      )
      const micros = (name: string) => speeds.micros(name).toFixed(1)
      return {
        ratio: speeds.ratio('replay', 'pages'),
        peers: [],
        figures: [`${micros('replay')} µs an event into ${documents} documents, the loop ${micros('pages')}`],
      }
    }),
}
