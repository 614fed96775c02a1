// Stryker's test runner for the core: it keeps the tests loaded, and switches mutants on and off under them.
import { globSync, readdirSync } from 'node:fs'
import { openSources } from './loaded-tests.mjs'

export const strykerPlugins = [{ kind: 'TestRunner', name: 'loaded', factory: testRunner }]

testRunner.inject = []

function testRunner() {
  globalThis.__stryker__ ??= {}
  const stryker = globalThis.__stryker__
  const durations = new Map()
  const files = testFiles()
  let sources
  let warm

  return {
    capabilities: () => ({ reloadEnvironment: true }),
    async init() {
      sources = await openSources(process.cwd(), aliases())
      // Here, since a mutant that is tried has only so much time.
      warm = await warmUp()
    },
    dispose: () => sources.close(),
    dryRun,
    mutantRun: (asked) => (asked.reloadEnvironment ? tryLoadedAnew(asked) : tryWhileLoaded(asked)),
  }

  async function dryRun() {
    stryker.mutantCoverage = { static: {}, perTest: {} }
    const tests = []
    const loaded = sources.loaded()
    for (const file of files)
      for (const test of await loaded.of(file)) {
        stryker.currentTestId = test.id
        const failure = await failureOf(test)
        stryker.currentTestId = undefined
        tests.push(resultOf(test, failure))
      }
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage }
  }

  /** A mutant of what runs while a file is loaded: loaded anew with it, the tests nearest to it first. */
  async function tryLoadedAnew({ activeMutant, hitLimit, sandboxFileName }) {
    activate(activeMutant.id, hitLimit)
    const loaded = sources.loaded()
    let count = 0
    for (const file of nearestFirst(files, sandboxFileName)) {
      const tests = await loaded.of(file).catch((error) => [unloadable(file, error)])
      const { killer, run } = await firstToFail(tests)
      count += run
      if (killer) return confirmed(killer, verdict(killer, count))
    }
    return verdict(undefined, count)
  }

  /** Any other: the tests that reach it, in modules that stay loaded. What it may have left behind in them is noticed. */
  async function tryWhileLoaded(asked) {
    const { activeMutant, hitLimit, testFilter } = asked
    const tests = await warmTests(testFilter)
    activate(activeMutant.id, hitLimit)
    const { killer, run } = await firstToFail(tests)
    const answer = verdict(killer, run)
    if (killer === undefined || (await failureOf(killer.test)) === undefined) return answer
    warm = undefined
    if (asked.again) return failsWithout(killer.test)
    return tryWhileLoaded({ ...asked, again: true })
  }

  /** A test that fails without the mutant too, run again, or behind others than before, has killed nothing. */
  async function confirmed({ test }, answer) {
    warm ??= await warmUp()
    const alike = warm.get(test.id)
    if (alike === undefined || (await failureOf(alike)) === undefined) return answer
    return failsWithout(test)
  }

  async function warmTests(ids) {
    warm ??= await warmUp()
    return ids.map((id) => warm.get(id))
  }

  /** Every test once: whatever the modules keep for later is then what it is without a mutant. */
  async function warmUp() {
    const loaded = sources.loaded()
    const byId = new Map()
    for (const file of files)
      for (const test of await loaded.of(file)) {
        await failureOf(test)
        byId.set(test.id, test)
      }
    return byId
  }

  function activate(id, hitLimit) {
    stryker.activeMutant = id
    stryker.hitCount = 0
    stryker.hitLimit = hitLimit
  }

  async function firstToFail(tests) {
    let run = 0
    for (const test of tests.toSorted((one, other) => timeOf(one) - timeOf(other))) {
      run += 1
      const failure = await failureOf(test)
      if (failure !== undefined) return { killer: { test, failure }, run }
    }
    return { run }
  }

  function verdict(killer, nrOfTests) {
    const { hitCount, hitLimit } = stryker
    activate(undefined)
    if (hitLimit !== undefined && hitCount > hitLimit) return { status: 'timeout', reason: `Hit ${hitCount} times` }
    if (killer === undefined) return { status: 'survived', nrOfTests }
    return { status: 'killed', killedBy: [killer.test.id], failureMessage: killer.failure, nrOfTests }
  }

  async function failureOf(test) {
    const began = performance.now()
    try {
      await test.run()
    } catch (error) {
      return String(error?.message ?? error).slice(0, 500)
    } finally {
      durations.set(test.id, performance.now() - began)
    }
  }

  function timeOf(test) {
    return durations.get(test.id) ?? 0
  }

  function resultOf({ id, name, file }, failure) {
    const told = failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure }
    return { id, name, fileName: `${process.cwd()}/${file}`, timeSpentMs: timeOf({ id }), ...told }
  }
}

const failsWithout = ({ id }) => ({ status: 'error', errorMessage: `fails without the mutant: ${id}` })

/** A file that cannot be loaded fails, as it does under vitest. */
function unloadable(file, error) {
  return {
    id: file,
    run() {
      throw error
    },
  }
}

// Walks through random histories by every law: as long as all the other tests together.
const slow = 'packages/core/src/listing/laws.test.ts'

function testFiles() {
  const patterns = process.env.VITRINE_TESTS ?? 'packages/core/src/**/*.test.ts,packages/core/test/**/*.test.ts'
  return globSync(patterns.split(','), { exclude: [slow] }).sort()
}

function aliases() {
  const names = readdirSync('packages')
  return Object.fromEntries(names.map((name) => [`@vitrine/${name}`, `${process.cwd()}/packages/${name}/src/index.ts`]))
}

function nearestFirst(files, mutated) {
  const folders = mutated.slice(process.cwd().length + 1).split('/')
  const shared = (file) => file.split('/').findIndex((folder, at) => folder !== folders[at])
  return files.toSorted((one, other) => shared(other) - shared(one))
}
