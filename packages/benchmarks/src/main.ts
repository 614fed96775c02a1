// npm run bench                  all benchmarks
// npm run bench -- sqlite        those whose id begins so
// npm run bench -- fold --quick  smaller and shorter, for trying; results.json is left as it is
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { benchmarks } from './benchmarks.js'
import { fullEffort, quickEffort } from './harness/benchmark.js'
import { writeResults } from './harness/results-file.js'
import { runBenchmarks } from './harness/run-benchmarks.js'

const words = process.argv.slice(2)
const quick = words.includes('--quick')
const prefixes = words.filter((word) => !word.startsWith('--'))
const chosen = benchmarks.filter(({ id }) => prefixes.length === 0 || prefixes.some((prefix) => id.startsWith(prefix)))

if (words.includes('--alone')) await runAlone(prefixes[0])
else if (chosen.length > 0) runEach(chosen.map(({ id }) => id))
else {
  console.error(
    `No benchmark begins with ${prefixes.join(' or ')}. There are: ${benchmarks.map(({ id }) => id).join(', ')}`,
  )
  process.exitCode = 1
}

/** Each in a process of its own: what the engine has learnt of one is in the way of the next. */
function runEach(ids: readonly string[]): void {
  const met = ids.filter((id) => {
    const again = [...process.execArgv, fileURLToPath(import.meta.url), id, '--alone', ...(quick ? ['--quick'] : [])]
    return spawnSync(process.execPath, again, { stdio: 'inherit' }).status === 0
  })
  console.log(`${met.length} of ${ids.length} met${quick ? ' (a quick run, nothing written)' : ''}`)
}

/** The exit code says whether it was met. */
async function runAlone(wanted: string | undefined): Promise<void> {
  const only = benchmarks.filter(({ id }) => id === wanted)
  const entries = await runBenchmarks(only, quick ? quickEffort : fullEffort, console.log)
  if (!quick) writeResults(fileURLToPath(new URL('../results.json', import.meta.url)), entries)
  if (!entries.every(({ met }) => met)) process.exitCode = 1
}
