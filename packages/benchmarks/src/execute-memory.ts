import { memoryStore } from '@vitrine/store-memory'
import { mapDesk } from './bare/map-desk.js'
import { type Benchmark, sized } from './harness/benchmark.js'
import { type Desk, liveTogether } from './harness/desk.js'
import { type Contender, interleave } from './harness/interleave.js'
import { toPublication } from './logs/lives.js'
import { marketplaceDesk } from './ours/marketplace-desk.js'
import { partsOfExecute } from './ours/parts-of-execute.js'
import { emmettDesk } from './peers/emmett-desk.js'

/**
 * A turn is the whole way of all listings from Create to Publish, on an empty store: so the streams of every contender
 * are equally long at every command. All have the same decider decide; only ours parses, recognises repeats, writes full
 * envelopes, guards the publisher and hands out copies.
 */
export const executeMemoryBenchmark: Benchmark = {
  id: 'execute-memory',
  what: 'execute on the memory store, beside a bare Map with the same decider that folds anew each time',
  limit: 0.1,
  async measure(effort) {
    const listings = sized(1_000, effort, 10)
    const steps = toPublication('app')
    const contender = (name: string, open: () => Desk | Promise<Desk>): Contender => {
      let desk: Desk | undefined
      return {
        name,
        once: true,
        operations: listings * steps.length,
        prepare: async () => {
          await desk?.close?.()
          desk = await open()
        },
        run: async () => liveTogether(desk!, steps, listings),
      }
    }
    const rounds = Math.min(effort.rounds, 7)
    const speeds = await interleave(
      [
        contender('execute', () => marketplaceDesk(memoryStore())),
        contender('map', mapDesk),
        contender('emmett', emmettDesk),
      ],
      { ...effort, rounds },
    )
    const whole = speeds.micros('execute')
    const parts = await partsOfExecute({ steps, listings, effort: { ...effort, rounds } })
    const rest = whole - parts.reduce((sum, { micros }) => sum + micros, 0)
    return {
      ratio: speeds.ratio('execute', 'map'),
      peers: [
        { name: "Emmett's CommandHandler on its in-memory store", ratio: speeds.ratio('execute', 'emmett'), limit: 3 },
      ],
      figures: [
        `${whole.toFixed(1)} µs a command; the Map ${speeds.micros('map').toFixed(1)}, Emmett ${speeds.micros('emmett').toFixed(1)}; ${listings} listings`,
        `of that: ${parts.map(({ name, micros }) => `${name} ${micros.toFixed(1)}`).join(', ')}, the rest ${rest.toFixed(1)}`,
      ],
    }
  },
}
