/** How much work a run may be. */
export interface Effort {
  /** Rounds in which every contender has its turn. */
  readonly rounds: number
  /** Milliseconds of a turn, at least. */
  readonly turn: number
  /** Sizes (events, listings) are multiplied by it: 1 is what the promises speak of. */
  readonly scale: number
}

/** The sizes and times of a full run, on which the thresholds are judged. */
export const fullEffort: Effort = { rounds: 25, turn: 100, scale: 1 }

/** A run for trying: smaller and shorter, so its figures say little. */
export const quickEffort: Effort = { rounds: 3, turn: 100, scale: 0.05 }

/** Another way of doing the same, and how we compare: ours ÷ theirs, as speeds. */
export interface Peer {
  readonly name: string
  readonly ratio: number
  /** What the ratio must reach, where something is asked of it. */
  readonly limit?: number
}

/** What a benchmark found. */
export interface Measured {
  /** Ours ÷ the bare limit of the same run, as speeds. */
  readonly ratio: number
  readonly peers: readonly Peer[]
  /** Figures beside the ratio, each a sentence; printed and kept. */
  readonly figures: readonly string[]
  /** Conditions beside the ratio that did not hold, each a sentence. */
  readonly unmet?: readonly string[]
}

export interface Benchmark {
  readonly id: string
  /** One line: what is compared with what. */
  readonly what: string
  /** What the ratio must reach. */
  readonly limit: number
  measure(effort: Effort): Promise<Measured>
}

/** The same time in more and shorter turns, for what waits for a disk: its moods last longer than a turn then. */
export function inShortTurns({ rounds, turn, scale }: Effort): Effort {
  return { rounds: rounds * 6, turn: turn / 6, scale }
}

/** A size at this effort: a whole number, never below the least that makes sense. */
export function sized(size: number, { scale }: Effort, least = 1): number {
  return Math.max(least, Math.round(size * scale))
}
