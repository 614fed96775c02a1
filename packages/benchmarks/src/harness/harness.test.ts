import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { benchmarks } from '../benchmarks.js'
import type { Benchmark, Effort } from './benchmark.js'
import { type Entry, entryOf, merged, sentencesOf } from './entry.js'
import { interleave, median } from './interleave.js'
import { writeResults } from './results-file.js'
import { runBenchmarks } from './run-benchmarks.js'

const least: Effort = { rounds: 1, turn: 1, scale: 0.001 }
const at = new Date('2026-01-05T09:00:00.000Z')

function benchmark(found: Partial<Awaited<ReturnType<Benchmark['measure']>>> = {}): Benchmark {
  const measured = { ratio: 0.9, peers: [], figures: [], ...found }
  return { id: 'sample', what: 'something beside nothing', limit: 0.8, measure: async () => measured }
}

async function entry(found: Parameters<typeof benchmark>[0] = {}): Promise<Entry> {
  const one = benchmark(found)
  return entryOf(one, await one.measure(least), at)
}

describe('an entry', () => {
  it('holds what was measured, on which machine, and when', async () => {
    expect(await entry()).toMatchObject({
      id: 'sample',
      ratio: 0.9,
      limit: 0.8,
      met: true,
      unmet: [],
      node: process.version,
      at: at.toISOString(),
    })
    expect((await entry()).cpu).toMatch(/ × \d+$/)
  })

  it('says plainly when the ratio was not reached', async () => {
    const unmet = await entry({ ratio: 0.79 })
    expect(unmet.met).toBe(false)
    expect(sentencesOf(unmet)).toMatch(/^UNMET +sample: 0\.79 \(limit 0\.8\)/)
    expect(sentencesOf(unmet)).toContain('unmet: the ratio is 0.79 where 0.8 was promised')
  })

  it('is unmet when a peer is too near, or a condition beside the ratio does not hold', async () => {
    expect((await entry({ peers: [{ name: 'a peer', ratio: 2, limit: 3 }] })).met).toBe(false)
    expect((await entry({ peers: [{ name: 'a peer', ratio: 2 }] })).met).toBe(true)
    expect((await entry({ unmet: ['memory grows'] })).unmet).toEqual(['memory grows'])
  })

  it('takes the place of the older one with its id; the others stay', async () => {
    const older = { ...(await entry()), id: 'other' }
    expect(merged([older, await entry({ ratio: 0.5 })], [await entry()]).map(({ id, ratio }) => [id, ratio])).toEqual([
      ['other', 0.9],
      ['sample', 0.9],
    ])
  })
})

describe('results.json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps the entries of benchmarks that were not run', async () => {
    const file = join(folder, 'results.json')
    writeResults(file, [{ ...(await entry()), id: 'other' }])
    writeResults(file, [await entry()])
    const written = JSON.parse(readFileSync(file, 'utf8'))
    expect(written.map(({ id }: Entry) => id)).toEqual(['other', 'sample'])
  })
})

describe('interleaving', () => {
  it('gives every contender its turn in every round, and compares within a round', async () => {
    const turns: string[] = []
    const contender = (name: string) => ({ name, run: () => 0, prepare: () => turns.push(name) })
    const speeds = await interleave([contender('a'), contender('b')], { ...least, rounds: 2 })
    expect(turns.join('')).toBe('abbaab')
    expect(speeds.ratio('a', 'b')).toBeGreaterThan(0)
    expect(() => speeds.micros('c')).toThrow('No contender is called c.')
  })

  it('takes the middle of the rounds', () => {
    expect(median([9, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 9])).toBe(3)
  })
})

describe('every benchmark', () => {
  it('has an id and a limit of its own', () => {
    expect(new Set(benchmarks.map(({ id }) => id)).size).toBe(benchmarks.length)
    for (const { limit } of benchmarks) expect(limit).toBeGreaterThan(0)
  })

  it.each(benchmarks)('$id starts, and gives a well-formed entry', async (one) => {
    const said: string[] = []
    const [found] = await runBenchmarks([one], least, (sentences) => said.push(sentences))
    expect(found).toMatchObject({ id: one.id, what: one.what, limit: one.limit, met: found?.unmet.length === 0 })
    expect(found?.ratio).toBeGreaterThan(0)
    expect(said).toHaveLength(1)
  })
})
