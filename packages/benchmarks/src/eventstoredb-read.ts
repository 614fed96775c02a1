import type { EventStoreDBClient } from '@eventstore/db-client'
import type { EventStore } from '@vitrine/core'
import { type Benchmark, sized } from './harness/benchmark.js'
import { besideEventStoreDb } from './harness/beside-eventstoredb.js'
import { interleave } from './harness/interleave.js'
import { oneEventAppends } from './logs/one-event-appends.js'

/** A log read from its beginning to its end, in pages of the port beside one reading of `$all`. */
export const eventStoreDbReadBenchmark: Benchmark = {
  id: 'eventstoredb-read',
  what: 'a log read in pages through the store, beside the bare client’s readAll on the same wire-level server',
  limit: 0.8,
  measure: (effort) =>
    besideEventStoreDb(async ({ log }, client) => {
      const events = sized(20_000, effort, 1_000)
      await fill(log, events)
      const speeds = await interleave(
        [
          { name: 'store', once: true, operations: events, run: async () => pages(log) },
          { name: 'client', once: true, operations: events, run: async () => readings(client) },
        ],
        { ...effort, rounds: Math.min(effort.rounds, 7) },
      )
      const [a, b] = [speeds.micros('store'), speeds.micros('client')]
      return {
        ratio: speeds.ratio('store', 'client'),
        peers: [],
        figures: [`${a.toFixed(1)} µs an event, the client ${b.toFixed(1)}, over ${events} events`],
      }
    }),
}

async function fill(log: EventStore, events: number): Promise<void> {
  const appends = oneEventAppends(1_000)
  for (let done = 0; done < events; done += atOnce) {
    const group = Array.from({ length: atOnce }, () => appends.next())
    await Promise.all(
      group.map(({ stream, expected, event }) => log.append({ writes: [{ stream, expected, events: [event] }] })),
    )
  }
}

const atOnce = 50

async function pages(log: EventStore): Promise<number> {
  let seen = 0
  for await (const { events } of log.readAll()) seen += events.length
  return seen
}

async function readings(client: EventStoreDBClient): Promise<number> {
  let seen = 0
  for await (const { event } of client.readAll()) if (event) seen += 1
  return seen
}
