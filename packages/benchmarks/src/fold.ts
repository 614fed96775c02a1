import { deepStrictEqual } from 'node:assert'
import { listingAggregate, type StoredEvent, type StoredListingEvent, step } from '@vitrine/core'
import { switchFold } from './bare/switch-fold.js'
import { type Benchmark, inShortTurns, sized } from './harness/benchmark.js'
import { freshCore } from './harness/fresh-core.js'
import { interleave } from './harness/interleave.js'
import { generatedLog } from './logs/generated-log.js'
import { listingStreams } from './logs/listing-streams.js'

/** Both fold the same streams, from the first event to the last, into states that are then thrown away. */
export const foldBenchmark: Benchmark = {
  id: 'fold',
  what: 'fold of whole listings, beside a hand-written mutable switch over the same events',
  limit: 0.8,
  async measure(effort) {
    const streams = listingStreams(generatedLog({ listings: sized(1_000, effort, 20) }))
    const some = streams.slice(0, Math.ceil(streams.length / 10))
    const events = count(streams)
    const core = await freshCore('fold')
    const byFold = (stream: readonly StoredEvent[]) => core.fold(core.listingAggregate.decider, stream)
    for (const stream of streams) deepStrictEqual(byFold(stream), bySwitch(stream))

    const speeds = await interleave(
      [
        { name: 'fold', operations: events, run: () => each(streams, byFold) },
        { name: 'switch', operations: events, run: () => each(streams, bySwitch) },
        {
          name: 'produce',
          operations: count(some),
          run: () => each(some, byProduce),
        },
      ],
      inShortTurns(effort),
    )
    return {
      ratio: speeds.ratio('fold', 'switch'),
      peers: [{ name: 'an immer produce for every event', ratio: speeds.ratio('fold', 'produce') }],
      figures: [
        `${nanos(speeds.micros('fold'))} ns an event, the switch ${nanos(speeds.micros('switch'))}, over ${events} events`,
        `a produce for every event reaches ${speeds.ratio('produce', 'switch').toFixed(3)} of the switch: hence two ways`,
      ],
    }
  },
}

function bySwitch(stream: readonly StoredEvent[]): object {
  return switchFold(stream as readonly StoredListingEvent[])
}

function byProduce(stream: readonly StoredEvent[]): object {
  const { decider } = listingAggregate
  return stream.reduce((state, event) => step(decider, state, event), decider.initial())
}

/** Keeps the last state alive, so that no fold can be left out. */
let last: object = {}

function each<Stream>(streams: readonly Stream[], run: (stream: Stream) => object): void {
  for (const stream of streams) last = run(stream)
  if (last === undefined) throw new Error('A fold gave nothing.')
}

function count(streams: readonly (readonly unknown[])[]): number {
  return streams.reduce((sum, { length }) => sum + length, 0)
}

function nanos(micros: number): string {
  return (micros * 1000).toFixed(0)
}
