import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { sqliteStatements } from './bare/sqlite-statements.js'
import { type Benchmark, inShortTurns, sized } from './harness/benchmark.js'
import { inFolder } from './harness/in-folder.js'
import { interleave } from './harness/interleave.js'
import { oneEventAppends } from './logs/one-event-appends.js'
import { lastEventIn, revisingDesk, warmUp } from './ours/revising-desk.js'

/**
 * The limit decides nothing: it knows what is to be written, an event of the same size, and does what the disk needs for
 * it, with the publisher's version looked up as well, since every decision is guarded by it.
 */
export const sqliteCommandBenchmark: Benchmark = {
  id: 'sqlite-command',
  what: 'a whole command on SQLite, beside the bare statements that it needs',
  limit: 0.7,
  measure: (effort) =>
    inFolder(async (folder) => {
      await warmUp(sized(20_000, effort))
      const store = sqliteStore(join(folder, 'ours.db'))
      const desk = await revisingDesk(store, sized(1_000, effort, 10))
      await desk.revise()
      const bare = await sqliteStatements(join(folder, 'bare.db'))
      const appends = oneEventAppends(1_000, await lastEventIn(store))
      const speeds = await interleave(
        [
          { name: 'execute', run: async () => desk.revise() },
          {
            name: 'statements',
            run: () => {
              const { stream, expected, event } = appends.next()
              bare.append(stream, expected, [event], 'listing-00000000')
            },
          },
        ],
        inShortTurns(effort),
      )
      bare.close()
      await desk.close()
      const [a, b] = [speeds.micros('execute'), speeds.micros('statements')]
      return {
        ratio: speeds.ratio('execute', 'statements'),
        peers: [],
        figures: [`${a.toFixed(0)} µs a command, the statements ${b.toFixed(0)}`],
      }
    }),
}
