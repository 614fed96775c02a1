import { describe, expect, it } from 'vitest'
import { summary } from './reporter.mjs'

const test = (fullName, state) => ({ fullName, result: () => ({ state }) })
const file = (tests, { errors = [], suiteErrors = [] } = {}) => ({
  moduleId: `${process.cwd()}/a.test.ts`,
  errors: () => errors,
  children: { allTests: () => tests, allSuites: () => suiteErrors.map((error) => ({ errors: () => [error] })) },
})

describe('the count at the end of a run', () => {
  it('tells passed, failed and skipped apart', () => {
    const tests = [test('a > b', 'passed'), test('a > c', 'failed'), test('a > d', 'skipped'), test('a > e', 'pending')]
    expect(summary([file(tests)], []).counts).toEqual({ passed: 1, failed: 2, skipped: 1 })
  })

  it('counts what is no test but went wrong', () => {
    const modules = [
      file([], { errors: ['does not load'] }),
      file([test('a', 'passed')], { suiteErrors: ['beforeAll'] }),
    ]
    expect(summary(modules, ['unhandled']).counts).toEqual({ passed: 1, failed: 3, skipped: 0 })
  })

  it('lists each title with its file and outcome', () => {
    expect(summary([file([test('when approved > T1', 'passed')])], []).titles).toEqual([
      { file: 'a.test.ts', title: 'when approved > T1', state: 'passed' },
    ])
  })
})
