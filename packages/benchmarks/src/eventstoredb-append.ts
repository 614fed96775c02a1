import { jsonEvent } from '@eventstore/db-client'
import { type Benchmark, inShortTurns } from './harness/benchmark.js'
import { besideEventStoreDb } from './harness/beside-eventstoredb.js'
import { interleave } from './harness/interleave.js'
import { oneEventAppends } from './logs/one-event-appends.js'

/** With every append, so that the bare client takes the path of ours: a call for each append. */
const credentials = { username: '', password: '' }

/** What the adapter itself costs: checks, deadline, turns, and what it remembers. The server is the wire-level one of `testing`. */
export const eventStoreDbAppendBenchmark: Benchmark = {
  id: 'eventstoredb-append',
  what: 'append of one event after another through the store, beside the bare client on the same wire-level server',
  limit: 0.8,
  measure: (effort) =>
    besideEventStoreDb(async ({ log }, client) => {
      const [ours, theirs] = [oneEventAppends(1_000), oneEventAppends(1_000)]
      const speeds = await interleave(
        [
          {
            name: 'append',
            run: async () => {
              const { stream, expected, event } = ours.next()
              await log.append({ writes: [{ stream, expected, events: [event] }] })
            },
          },
          {
            name: 'client',
            run: async () => {
              const { stream, expected, event } = theirs.next()
              const expectedRevision = expected === 'none' ? 'no_stream' : BigInt(expected)
              const { id, type, data, metadata } = event
              const sent = jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } })
              await client.appendToStream(`bare-${stream}`, sent, { expectedRevision, credentials })
            },
          },
        ],
        inShortTurns(effort),
      )
      const [a, b] = [speeds.micros('append'), speeds.micros('client')]
      return {
        ratio: speeds.ratio('append', 'client'),
        peers: [],
        figures: [`${a.toFixed(0)} µs an append, the client ${b.toFixed(0)}`],
      }
    }),
}
