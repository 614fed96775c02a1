import { cpus } from 'node:os'
import type { Benchmark, Measured, Peer } from './benchmark.js'

/** One line of `results.json`. */
export interface Entry {
  readonly id: string
  readonly what: string
  /** Ours ÷ the bare limit of the same run, as speeds. */
  readonly ratio: number
  /** What the ratio must reach. */
  readonly limit: number
  /** The ratio, and whatever else was asked for, was reached. */
  readonly met: boolean
  /** What was not reached, each a sentence. */
  readonly unmet: readonly string[]
  readonly peers: readonly Peer[]
  readonly figures: readonly string[]
  readonly node: string
  readonly cpu: string
  /** When it was measured: UTC. */
  readonly at: string
}

/** What a benchmark found, judged. */
export function entryOf({ id, what, limit }: Benchmark, measured: Measured, at: Date): Entry {
  const unmet = [
    ...(measured.ratio < limit ? [`the ratio is ${rounded(measured.ratio)} where ${limit} was promised`] : []),
    ...measured.peers
      .filter((peer) => peer.limit !== undefined && peer.ratio < peer.limit)
      .map((peer) => `${rounded(peer.ratio)} times ${peer.name} where ${peer.limit} was promised`),
    ...(measured.unmet ?? []),
  ]
  return {
    id,
    what,
    ratio: rounded(measured.ratio),
    limit,
    met: unmet.length === 0,
    unmet,
    peers: measured.peers.map((peer) => ({ ...peer, ratio: rounded(peer.ratio) })),
    figures: measured.figures,
    node: process.version,
    cpu: machine(),
    at: at.toISOString(),
  }
}

/** The older entries with the fresh ones in their place, sorted by id. */
export function merged(older: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  const entries = new Map([...older, ...fresh].map((entry) => [entry.id, entry]))
  return [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** An entry for people: what was promised and what was found, unmet ones plainly so. */
export function sentencesOf({ id, what, ratio, limit, met, unmet, peers, figures }: Entry): string {
  return [
    `${met ? '  met ' : 'UNMET '} ${id}: ${ratio} (limit ${limit}) · ${what}`,
    ...unmet.map((sentence) => `         unmet: ${sentence}`),
    ...peers.map((peer) => `         ${peer.ratio} times ${peer.name}${peer.limit ? ` (limit ${peer.limit})` : ''}`),
    ...figures.map((figure) => `         ${figure}`),
  ].join('\n')
}

function machine(): string {
  const found = cpus()
  return `${found[0]?.model.trim() ?? 'unknown'} × ${found.length}`
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
