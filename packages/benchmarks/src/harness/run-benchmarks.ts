import type { Benchmark, Effort } from './benchmark.js'
import { type Entry, entryOf, sentencesOf } from './entry.js'

/** Runs the benchmarks one after another and says what each found as soon as it is known. */
export async function runBenchmarks(
  benchmarks: readonly Benchmark[],
  effort: Effort,
  say: (sentences: string) => void,
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const benchmark of benchmarks) {
    const entry = entryOf(benchmark, await benchmark.measure(effort), new Date())
    say(sentencesOf(entry))
    entries.push(entry)
  }
  return entries
}
