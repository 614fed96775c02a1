import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readJson, root } from './sh.mjs'

const folder = mkdtempSync(join(tmpdir(), 'borders-'))
afterAll(() => rmSync(folder, { recursive: true }))

const names = [
  'audit',
  'core',
  'notify-email',
  'notify-webhook',
  'runtime',
  'store-eventstoredb',
  'store-memory',
  'store-postgres',
  'store-sqlite',
  'testing',
]
const entry = (name) => `packages/${name}/src/index.ts`
const sources = {
  'packages/core/src/index.ts':
    "import '@vitrine/runtime'\nimport './one.js'\nimport 'not-there'\nimport './a.test.js'",
  'packages/core/src/one.ts': "import './two.js'\nexport type One = 1",
  'packages/core/src/two.ts': "import type { One } from './one.js'\nexport type Two = One",
  'packages/core/src/alone.ts': 'export const nobody = 1',
  'packages/core/src/a.test.ts': "import '@vitrine/testing'",
  'packages/runtime/src/index.ts': "import '@vitrine/core'\nimport '@vitrine/store-memory'\nimport 'node:crypto'",
  'packages/store-memory/src/index.ts': "import '@vitrine/core'\nimport '../../core/src/one.js'",
  'packages/store-postgres/src/index.ts': "import '@vitrine/core'\nimport '@vitrine/store-sqlite'",
  'packages/store-sqlite/src/index.ts': "import '@vitrine/core'\nimport '@vitrine/store-memory'",
  'packages/store-eventstoredb/src/index.ts': "import '@vitrine/core'\nimport '@vitrine/runtime'",
  'packages/notify-email/src/index.ts': "import '@vitrine/core'\nimport '@vitrine/runtime'",
  'packages/notify-webhook/src/index.ts': "import '@vitrine/core'\nimport '@vitrine/runtime'",
  'packages/audit/src/index.ts':
    "import '@vitrine/core'\nimport '@vitrine/runtime'\nimport '@vitrine/store-sqlite'\nimport '@vitrine/testing'",
  'packages/testing/src/index.ts':
    "import '@vitrine/core'\nimport '@vitrine/runtime'\nimport '@vitrine/store-memory'\nimport '@vitrine/store-sqlite'",
}

describe('the borders between packages', () => {
  it('are watched: each way across one is found, and nothing else', () => {
    expect(crossings().filter(({ rule }) => rule !== 'no-cycles')).toEqual(
      [
        { rule: 'border-of-audit', from: entry('audit'), to: entry('testing') },
        { rule: 'border-of-core', from: entry('core'), to: entry('runtime') },
        { rule: 'border-of-core', from: entry('core'), to: 'not-there' },
        { rule: 'border-of-notify-email', from: entry('notify-email'), to: entry('runtime') },
        { rule: 'border-of-notify-webhook', from: entry('notify-webhook'), to: entry('runtime') },
        { rule: 'border-of-runtime', from: entry('runtime'), to: entry('store-memory') },
        { rule: 'border-of-store-adapters', from: entry('store-sqlite'), to: entry('store-memory') },
        { rule: 'border-of-store-eventstoredb', from: entry('store-eventstoredb'), to: entry('runtime') },
        { rule: 'border-of-store-postgres', from: entry('store-postgres'), to: entry('store-sqlite') },
        { rule: 'border-of-testing', from: entry('testing'), to: entry('store-sqlite') },
        { rule: 'everything-is-found', from: entry('core'), to: 'not-there' },
        { rule: 'no-orphans', from: 'packages/core/src/alone.ts', to: 'packages/core/src/alone.ts' },
        { rule: 'not-from-tests', from: entry('core'), to: 'packages/core/src/a.test.ts' },
        { rule: 'packages-by-name', from: entry('store-memory'), to: 'packages/core/src/one.ts' },
      ].sort(inOrder),
    )
  })

  it('are watched: a cycle is found, also one of types', () => {
    const cycle = { rule: 'no-cycles', from: 'packages/core/src/one.ts', to: 'packages/core/src/two.ts' }
    expect(crossings()).toContainEqual(cycle)
  })
})

function crossings() {
  const { compilerOptions } = readJson('tsconfig.base.json')
  write('tsconfig.base.json', JSON.stringify({ compilerOptions: { module: 'nodenext', paths: compilerOptions.paths } }))
  write('package.json', JSON.stringify({ type: 'module' }))
  for (const name of names)
    write(`packages/${name}/package.json`, JSON.stringify({ name: `@vitrine/${name}`, type: 'module' }))
  for (const [file, text] of Object.entries(sources)) write(file, text)
  const words = ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'packages']
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/depcruise'), words, {
    cwd: folder,
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout)
    .summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
    .sort(inOrder)
}

function write(file, text) {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

function inOrder(a, b) {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}
