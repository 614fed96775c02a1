import { Bench } from 'tinybench'
import type { Effort } from './benchmark.js'

/** Something whose speed is measured. */
export interface Contender {
  readonly name: string
  /** One sample. What is awaited must be an async function. */
  readonly run: () => unknown
  /** A turn is one sample, however long it takes. */
  readonly once?: true
  /** How many operations one sample is; 1 by default. */
  readonly operations?: number
  /** Before each turn, unmeasured. */
  readonly prepare?: () => unknown
}

/** What the rounds gave. */
export interface Speeds {
  /** Microseconds an operation, the median of the rounds. */
  micros(name: string): number
  /** Speed of `a` ÷ speed of `b`: the median of the ratios of each round. */
  ratio(a: string, b: string): number
}

/**
 * Measures contenders in turns: A B A B …, so that whatever else the machine does meets all of them alike. A turn is
 * measured by tinybench; the first round warms up and does not count; every other round goes backwards, so that nobody
 * always comes after the same one; young garbage is collected before each longer turn, so that nobody pays for another's.
 * Not all garbage: when nothing is under way the engine would forget the shapes of what a contender makes for each
 * operation, and compile it anew in its turn. A ratio is the median of the ratios within a round.
 */
export async function interleave(contenders: readonly Contender[], effort: Effort): Promise<Speeds> {
  const rounds: ReadonlyMap<string, number>[] = []
  for (let round = 0; round <= effort.rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed()
    const found = await oneRound(order, round === 0 ? effort.turn / 2 : effort.turn)
    if (round > 0) rounds.push(found)
  }
  const of = (round: ReadonlyMap<string, number>, name: string) => {
    const micros = round.get(name)
    if (micros === undefined) throw new Error(`No contender is called ${name}.`)
    return micros
  }
  return {
    micros: (name) => median(rounds.map((round) => of(round, name))),
    ratio: (a, b) => median(rounds.map((round) => of(round, b) / of(round, a))),
  }
}

/** Milliseconds. A collection takes some of them. */
const longTurn = 50

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

async function oneRound(contenders: readonly Contender[], turn: number): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const { name, run, once = false, operations = 1, prepare } of contenders) {
    await prepare?.()
    if (once || turn >= longTurn) globalThis.gc?.({ type: 'minor' })
    const bench = new Bench({ time: once ? 0 : turn, iterations: 1, warmup: false, throws: true })
    bench.add(name, run, { async: run.constructor.name === 'AsyncFunction' })
    const [task] = await bench.run()
    const result = task?.result
    if (result === undefined || !('latency' in result)) throw new Error(`${name} was not measured.`)
    found.set(name, (result.latency.mean * 1000) / operations)
  }
  return found
}
