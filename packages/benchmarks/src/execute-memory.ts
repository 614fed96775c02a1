import { memoryStore } from '@vitrine/store-memory'
import { mapDesk } from './bare/map-desk.js'
import { type Benchmark, type Effort, sized } from './harness/benchmark.js'
import { type Desk, liveTogether } from './harness/desk.js'
import { type Contender, interleave, type Speeds } from './harness/interleave.js'
import { toPublication, updated } from './logs/lives.js'
import { marketplaceDesk } from './ours/marketplace-desk.js'
import { partsOfExecute } from './ours/parts-of-execute.js'
import { emmettDesk } from './peers/emmett-desk.js'

/** How often each listing was brought up to date before it is measured: once a month for a year. */
const editions = 12

/** And how often those that show how the comparison moves with the length of a stream: two years. */
const moreEditions = 24

/**
 * A turn is one more edition of every listing, seven commands, in a marketplace that has run for a year: so the
 * streams of every contender are equally long at every command. All have the same decider decide; only ours parses,
 * recognises repeats, writes full envelopes, guards the publisher and hands out copies; only ours keeps what it folded.
 * Young listings are measured beside it, from Create to Publish on an empty store.
 */
export const executeMemoryBenchmark: Benchmark = {
  id: 'execute-memory',
  what: 'execute on the memory store, beside a bare Map with the same decider that folds anew each time',
  limit: 0.1,
  async measure(effort) {
    const listings = sized(1_000, effort, 10)
    const rounds = Math.min(effort.rounds, 5)
    const old = await race({ listings, effort: { ...effort, rounds }, contender: keptUpToDate(editions) })
    const fewer = sized(500, effort, 10)
    const older = await race({
      listings: fewer,
      effort: { ...effort, rounds: Math.min(rounds, 3) },
      contender: keptUpToDate(moreEditions),
    })
    const young = await race({ listings, effort: { ...effort, rounds }, contender: fromCreateToPublish })
    const steps = toPublication('app')
    const parts = await partsOfExecute({ steps, listings, effort: { ...effort, rounds } })
    return {
      ratio: old.ratio('execute', 'map'),
      peers: [
        { name: "Emmett's CommandHandler on its in-memory store", ratio: old.ratio('execute', 'emmett'), limit: 3 },
      ],
      figures: [
        `${sentence(old)}; ${listings} listings of ${editions} editions`,
        `${sentence(older)}; ${fewer} listings of ${moreEditions} editions: ${older.ratio('execute', 'map').toFixed(2)} of the Map, ${older.ratio('execute', 'emmett').toFixed(2)} of Emmett`,
        `young listings, of ten commands: ${sentence(young)}; ${young.ratio('execute', 'map').toFixed(2)} of the Map, ${young.ratio('execute', 'emmett').toFixed(2)} of Emmett`,
        `of the command of a young listing: ${parts.map(({ name, micros }) => `${name} ${micros.toFixed(1)}`).join(', ')}`,
      ],
    }
  },
}

type Open = () => Desk | Promise<Desk>
type MakeContender = (name: string, open: Open, listings: number) => Contender

async function race(of: {
  readonly listings: number
  readonly effort: Effort
  readonly contender: MakeContender
}): Promise<Speeds> {
  const { listings, effort, contender } = of
  const contenders = [
    contender('execute', () => marketplaceDesk(memoryStore()), listings),
    contender('map', mapDesk, listings),
    contender('emmett', emmettDesk, listings),
  ]
  return interleave(contenders, effort)
}

function keptUpToDate(editions: number): MakeContender {
  return (name, open, listings) => {
    let desk: Desk | undefined
    let nth = editions
    return {
      name,
      once: true,
      operations: listings * updated('app', 0).length,
      prepare: async () => {
        desk ??= await aged(open, listings, editions)
        nth += 1
      },
      run: async () => liveTogether(desk!, updated('app', nth), listings),
    }
  }
}

async function aged(open: Open, listings: number, editions: number): Promise<Desk> {
  const desk = await open()
  await liveTogether(desk, toPublication('app'), listings)
  for (let nth = 1; nth <= editions; nth += 1) await liveTogether(desk, updated('app', nth), listings)
  return desk
}

function fromCreateToPublish(name: string, open: Open, listings: number): Contender {
  const steps = toPublication('app')
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

function sentence(speeds: Speeds): string {
  const [ours, map, emmett] = ['execute', 'map', 'emmett'].map((name) => speeds.micros(name).toFixed(1))
  return `${ours} µs a command; the Map ${map}, Emmett ${emmett}`
}
