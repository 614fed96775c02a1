import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { sqliteStatements } from './bare/sqlite-statements.js'
import { type Benchmark, inShortTurns } from './harness/benchmark.js'
import { inFolder } from './harness/in-folder.js'
import { interleave } from './harness/interleave.js'
import { oneEventAppends } from './logs/one-event-appends.js'

/** Each append is awaited before the next: nothing can be grouped, so each pays for its own write to the disk. */
export const sqliteAppend1Benchmark: Benchmark = {
  id: 'sqlite-append-1',
  what: 'append of one event after another to SQLite, beside bare prepared statements, both synchronous = FULL',
  limit: 0.8,
  measure: (effort) =>
    inFolder(async (folder) => {
      const store = await sqliteStore(join(folder, 'ours.db')).open()
      const bare = await sqliteStatements(join(folder, 'bare.db'))
      const [ours, theirs] = [oneEventAppends(1_000), oneEventAppends(1_000)]
      const speeds = await interleave(
        [
          {
            name: 'append',
            run: async () => {
              const { stream, expected, event } = ours.next()
              await store.log.append({ writes: [{ stream, expected, events: [event] }] })
            },
          },
          {
            name: 'statements',
            run: () => {
              const { stream, expected, event } = theirs.next()
              bare.append(stream, expected, [event])
            },
          },
        ],
        inShortTurns(effort),
      )
      bare.close()
      await store.close()
      const [a, b] = [speeds.micros('append'), speeds.micros('statements')]
      return {
        ratio: speeds.ratio('append', 'statements'),
        peers: [],
        figures: [`${a.toFixed(0)} µs an append, the statements ${b.toFixed(0)}`],
      }
    }),
}
