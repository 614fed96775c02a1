import { callFunction, insertRows } from './bare/postgres-calls.js'
import { type Benchmark, inShortTurns } from './harness/benchmark.js'
import { besidePostgres } from './harness/beside-postgres.js'
import { interleave } from './harness/interleave.js'
import { oneEventAppends } from './logs/one-event-appends.js'

/** Appends of one event each by so many writers at once, each of whom waits for its own before all begin anew. */
function appendBenchmark(writers: number): Benchmark {
  return {
    id: `postgres-append-${writers}`,
    what: `appends to PostgreSQL by ${writers} at once, beside bare calls of the same SQL function through pg`,
    limit: 0.8,
    measure: (effort) =>
      besidePostgres(writers, async ({ store, pool, schema }) => {
        const call = callFunction(pool, schema)
        const insert = await insertRows(pool, schema)
        const [ours, called, inserted] = [oneEventAppends(1_000), oneEventAppends(1_000), oneEventAppends(1_000)]
        const append = ({ stream, expected, event }: ReturnType<typeof ours.next>) =>
          store.log.append({ writes: [{ stream, expected, events: [event] }] })
        const all = (one: () => Promise<unknown>) => Promise.all(Array.from({ length: writers }, one))
        const speeds = await interleave(
          [
            { name: 'append', operations: writers, run: async () => all(() => append(ours.next())) },
            { name: 'call', operations: writers, run: async () => all(() => call(called.next())) },
            { name: 'insert', operations: writers, run: async () => all(() => insert(inserted.next())) },
          ],
          inShortTurns(effort),
        )
        const micros = (name: string) => speeds.micros(name).toFixed(0)
        return {
          ratio: speeds.ratio('append', 'call'),
          peers: [{ name: 'a bare insert without any order', ratio: speeds.ratio('append', 'insert') }],
          figures: [`${micros('append')} µs an append, the call ${micros('call')}, the insert ${micros('insert')}`],
        }
      }),
  }
}

export const postgresAppend1Benchmark = appendBenchmark(1)
export const postgresAppend8Benchmark = appendBenchmark(8)
export const postgresAppend32Benchmark = appendBenchmark(32)
