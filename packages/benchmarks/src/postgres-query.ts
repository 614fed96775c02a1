import { type Benchmark, sized } from './harness/benchmark.js'
import { besidePostgres } from './harness/beside-postgres.js'
import { questionsAmong } from './ours/catalogue-questions.js'

/** Small ÷ large: what a question costs among few listings, beside what the same question costs among a thousand times as many. */
export const postgresQueryBenchmark: Benchmark = {
  id: 'postgres-query',
  what: 'a page of the catalogue in PostgreSQL by kind, and by words that match 40 listings: among few, beside among many',
  limit: 0.5,
  measure: (effort) =>
    besidePostgres(4, ({ store: many }) =>
      besidePostgres(4, ({ store: few }) => {
        const sizes = [sized(100, effort, 80), sized(100_000, effort, 400)] as const
        return questionsAmong(sizes, [few.views, many.views], effort)
      }),
    ),
}
