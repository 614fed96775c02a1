// What somebody writes with @vitrine/testing for node:test and for jest, and what these say of it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Runs the program with node:test in a folder where the packages can be imported; gives what it says. */
export function nodeTest(folder) {
  const file = 'rules.node.mjs'
  writeFileSync(join(folder, file), `import { test } from 'node:test'\n${program}`)
  return said(folder, ['--test', '--test-reporter=tap', file])
}

/** The same with jest, which needs `--experimental-vm-modules` for ES modules, and no transformation of them. */
export function jest(folder) {
  mkdirSync(join(folder, 'with-jest'), { recursive: true })
  writeFileSync(join(folder, 'with-jest', 'rules.jest.mjs'), program)
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(configuration))
  const bin = createRequire(import.meta.url).resolve('jest/bin/jest')
  const flags = ['--experimental-vm-modules', '--no-warnings', bin, '--config', 'jest.config.json', '--verbose', '--ci']
  return said(folder, [...flags, '--watchman=false', '--cacheDirectory', join(folder, 'jest-cache')])
}

/** What should stand in what they say: each test by its name, and of the one that fails what the scenario says. */
export const expected = {
  nodeTest: [
    /^ok \d+ - the 61st day$/m,
    /^ok \d+ - the laws$/m,
    /^ok \d+ - A1 /m,
    /^not ok \d+ - a wrong expectation$/m,
  ],
  jest: [
    /✓ the 61st day/,
    /✓ the laws/,
    /✓ the model/,
    /✓ A1 /,
    /✕ a wrong expectation/,
    /^Tests: +1 failed, \d+ passed/m,
  ],
  both: [/Event 1 is AutoRejected, not Published\./, /The scenario:/, /when Luc Moreau asks Publish/, /It ends with:/],
}

const program = `
import { defineMarketplace } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import {
  approvedListing,
  event,
  eventStoreContract,
  keyStoreContract,
  lifecycleLaws,
  marketplaceModelRun,
  people,
  refused,
  scenario,
} from '@vitrine/testing'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const late = { given: approvedListing(), after: { days: 60, milliseconds: 1 }, when: { type: 'Publish' }, by: people.luc }
test('the 61st day', async () => {
  await scenario(rules, { ...late, expect: [event('AutoRejected'), refused('approval-expired')] })
})
test('a wrong expectation', async () => {
  await scenario(rules, { ...late, expect: [event('Published')] })
})
test('the laws', () => lifecycleLaws(rules, { runs: 5 }))
test('the model', () => marketplaceModelRun(() => memoryStore(), { steps: 60, length: 30, seed: 1 }))
const slow = /^(A3|A17|A42|A43|A50) |^random|rounds$/
const cases = [eventStoreContract, keyStoreContract].flatMap((contract) => contract(() => memoryStore()))
for (const { title, run } of cases.filter(({ title }) => !slow.test(title))) test(title, () => run())
`

const configuration = {
  rootDir: 'with-jest',
  testEnvironment: 'node',
  testMatch: ['**/*.jest.mjs'],
  moduleFileExtensions: ['mjs', 'js', 'json'],
  transform: {},
  testTimeout: 60_000,
}

function said(cwd, words) {
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ...env } = process.env
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    cwd,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0' },
  })
  return stdout + stderr
}
