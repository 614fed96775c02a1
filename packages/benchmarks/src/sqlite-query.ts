import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { type Benchmark, sized } from './harness/benchmark.js'
import { inFolder } from './harness/in-folder.js'
import { questionsAmong } from './ours/catalogue-questions.js'

/** Small ÷ large: what a question costs among few listings, beside what the same question costs among a hundred times as many. */
export const sqliteQueryBenchmark: Benchmark = {
  id: 'sqlite-query',
  what: 'a page of the catalogue by kind, and by words that match 40 listings: among few, beside among many',
  limit: 0.5,
  measure: (effort) =>
    inFolder(async (folder) => {
      const [few, many] = await Promise.all([
        sqliteStore(join(folder, 'few.db')).open(),
        sqliteStore(join(folder, 'many.db')).open(),
      ])
      const sizes = [sized(500, effort, 200), sized(50_000, effort, 400)] as const
      const measured = await questionsAmong(sizes, [few.views, many.views], effort)
      await Promise.all([few.close(), many.close()])
      return measured
    }),
}
