// npm run bench                  all benchmarks
// npm run bench -- sqlite        those whose id begins so
// npm run bench -- fold --quick  smaller and shorter, for trying; results.json is left as it is
import { fileURLToPath } from 'node:url'
import { benchmarks } from './benchmarks.js'
import { fullEffort, quickEffort } from './harness/benchmark.js'
import { writeResults } from './harness/results-file.js'
import { runBenchmarks } from './harness/run-benchmarks.js'

const words = process.argv.slice(2)
const quick = words.includes('--quick')
const prefixes = words.filter((word) => !word.startsWith('--'))
const chosen = benchmarks.filter(({ id }) => prefixes.length === 0 || prefixes.some((prefix) => id.startsWith(prefix)))

if (chosen.length === 0) {
  console.error(
    `No benchmark begins with ${prefixes.join(' or ')}. There are: ${benchmarks.map(({ id }) => id).join(', ')}`,
  )
  process.exit(1)
}
const entries = await runBenchmarks(chosen, quick ? quickEffort : fullEffort, console.log)
if (!quick) writeResults(fileURLToPath(new URL('../results.json', import.meta.url)), entries)
const unmet = entries.filter(({ met }) => !met)
console.log(
  `${entries.length - unmet.length} of ${entries.length} met${quick ? ' (a quick run, nothing written)' : ''}`,
)
