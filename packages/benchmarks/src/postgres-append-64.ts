import { type Benchmark, inShortTurns } from './harness/benchmark.js'
import { besidePostgres } from './harness/beside-postgres.js'
import { interleave } from './harness/interleave.js'
import { oneEventAppends } from './logs/one-event-appends.js'

const together = 64

/** The limit here is ourselves: the same appends, each awaited before the next. */
export const postgresAppend64Benchmark: Benchmark = {
  id: 'postgres-append-64',
  what: '64 appends at once to PostgreSQL, which share calls and writes to the disk, beside the same one after another',
  limit: 3,
  measure: (effort) =>
    besidePostgres(2, async ({ store }) => {
      const appends = oneEventAppends(1_000)
      const append = () => {
        const { stream, expected, event } = appends.next()
        return store.log.append({ writes: [{ stream, expected, events: [event] }] })
      }
      const speeds = await interleave(
        [
          {
            name: 'at once',
            operations: together,
            run: async () => Promise.all(Array.from({ length: together }, append)),
          },
          { name: 'one after another', run: async () => append() },
        ],
        inShortTurns(effort),
      )
      const perSecond = (name: string) => Math.round(1_000_000 / speeds.micros(name))
      return {
        ratio: speeds.ratio('at once', 'one after another'),
        peers: [],
        figures: [`${perSecond('at once')} appends a second at once, ${perSecond('one after another')} one by one`],
      }
    }),
}
