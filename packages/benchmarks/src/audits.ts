import { auditBenchmark } from './harness/audit-benchmark.js'

export const auditVerifyBenchmark = auditBenchmark('verify', 'a log of tied events verified whole')

export const auditLiveAsOfBenchmark = auditBenchmark('live-as-of', 'the catalogue as it was on a day, from a log')

export const auditExportBenchmark = auditBenchmark('export', 'a log exported into a file, with checksums')
