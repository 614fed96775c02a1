import { join } from 'node:path'
import { sqliteStore } from '@vitrine/store-sqlite'
import { type Benchmark, inShortTurns, sized } from './harness/benchmark.js'
import { inFolder } from './harness/in-folder.js'
import { interleave } from './harness/interleave.js'
import { revisingDesk, warmUp } from './ours/revising-desk.js'

const together = 64

/** The limit here is ourselves: the same commands, each awaited before the next. Both write to the same file. */
export const sqliteAppend64Benchmark: Benchmark = {
  id: 'sqlite-append-64',
  what: '64 commands at once on SQLite, which share writes to the disk, beside the same one after another',
  limit: 6,
  measure: (effort) =>
    inFolder(async (folder) => {
      await warmUp(sized(20_000, effort))
      const desk = await revisingDesk(sqliteStore(join(folder, 'ours.db')), sized(256, effort, together))
      const speeds = await interleave(
        [
          {
            name: 'at once',
            operations: together,
            run: async () => {
              await Promise.all(Array.from({ length: together }, () => desk.revise()))
            },
          },
          { name: 'one after another', run: async () => desk.revise() },
        ],
        inShortTurns(effort),
      )
      await desk.close()
      const perSecond = (name: string) => Math.round(1_000_000 / speeds.micros(name))
      return {
        ratio: speeds.ratio('at once', 'one after another'),
        peers: [],
        figures: [`${perSecond('at once')} commands a second at once, ${perSecond('one after another')} one by one`],
      }
    }),
}
