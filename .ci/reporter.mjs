// The last line of a test run, for people and for CI, and the list of what was proven.
import { mkdirSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'

const titlesFile = 'node_modules/.cache/test-titles.json'

/**
 * Prints `Tests: N passed, N failed, N skipped`. A file that does not load and an error outside any test count as
 * failures. Writes every title with its outcome to node_modules/.cache/test-titles.json.
 */
export default class Reporter {
  onTestRunEnd(modules, unhandledErrors) {
    const { titles, counts } = summary(modules, unhandledErrors)
    mkdirSync('node_modules/.cache', { recursive: true })
    writeFileSync(titlesFile, `${JSON.stringify(titles, null, 2)}\n`)
    const line = `Tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
    // At the very end: after the coverage table and what the other reporters say.
    process.once('exit', () => process.stdout.write(`\n${line}\n`))
  }
}

export function summary(modules, unhandledErrors) {
  const titles = []
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
  for (const module of modules) {
    const file = relative(process.cwd(), module.moduleId)
    if (module.errors().length > 0) counts.failed += 1
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed += 1
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      titles.push({ file, title: test.fullName, state })
      counts[state === 'passed' || state === 'skipped' ? state : 'failed'] += 1
    }
  }
  return { titles, counts }
}
