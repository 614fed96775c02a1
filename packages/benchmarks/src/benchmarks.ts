import { foldBenchmark } from './fold.js'
import type { Benchmark } from './harness/benchmark.js'

/** Everything that `npm run bench` runs, in this order. */
export const benchmarks: readonly Benchmark[] = [foldBenchmark]
