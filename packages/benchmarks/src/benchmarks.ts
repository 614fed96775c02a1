import { auditExportBenchmark, auditLiveAsOfBenchmark, auditVerifyBenchmark } from './audits.js'
import { eventStoreDbAppendBenchmark } from './eventstoredb-append.js'
import { eventStoreDbReadBenchmark } from './eventstoredb-read.js'
import { executeMemoryBenchmark } from './execute-memory.js'
import { foldBenchmark } from './fold.js'
import type { Benchmark } from './harness/benchmark.js'
import { postgresAppend1Benchmark, postgresAppend8Benchmark, postgresAppend32Benchmark } from './postgres-append.js'
import { postgresAppend64Benchmark } from './postgres-append-64.js'
import { postgresQueryBenchmark } from './postgres-query.js'
import { postgresReplayBenchmark } from './postgres-replay.js'
import { rebuildAllBenchmark } from './rebuild-all.js'
import { sqliteAppend1Benchmark } from './sqlite-append-1.js'
import { sqliteAppend64Benchmark } from './sqlite-append-64.js'
import { sqliteCommandBenchmark } from './sqlite-command.js'
import { sqliteQueryBenchmark } from './sqlite-query.js'
import { sqliteReplayBenchmark } from './sqlite-replay.js'

/** Everything that `npm run bench` runs, in this order. */
export const benchmarks: readonly Benchmark[] = [
  foldBenchmark,
  executeMemoryBenchmark,
  sqliteAppend1Benchmark,
  sqliteAppend64Benchmark,
  sqliteCommandBenchmark,
  sqliteQueryBenchmark,
  sqliteReplayBenchmark,
  rebuildAllBenchmark,
  postgresAppend1Benchmark,
  postgresAppend8Benchmark,
  postgresAppend32Benchmark,
  postgresAppend64Benchmark,
  postgresReplayBenchmark,
  postgresQueryBenchmark,
  eventStoreDbAppendBenchmark,
  eventStoreDbReadBenchmark,
  auditVerifyBenchmark,
  auditLiveAsOfBenchmark,
  auditExportBenchmark,
]
