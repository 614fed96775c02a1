import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, jest, nodeTest } from './other-runners.mjs'
import { root } from './sh.mjs'

describe('another test runner', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')))

  beforeAll(() => buildPackages(folder), 120_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('such as node:test runs scenarios, laws and contracts, and shows what a scenario says', () => {
    const said = nodeTest(folder)
    for (const words of [...expected.nodeTest, ...expected.both]) expect(said).toMatch(words)
  }, 120_000)

  it('such as jest runs scenarios, laws and contracts, and shows what a scenario says', () => {
    const said = jest(folder)
    for (const words of [...expected.jest, ...expected.both]) expect(said).toMatch(words)
  }, 120_000)
})

/** The packages as ES modules by their names: one bundle of the sources, which each of them gives on. */
async function buildPackages(folder) {
  const names = ['core', 'runtime', 'store-memory', 'testing']
  const source = (name) => join(root, 'packages', name, 'src/index.ts')
  const given = names.map((name) => `export * from '${source(name)}'`)
  writeFileSync(join(folder, 'entry.ts'), given.join('\n'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: Object.fromEntries(names.map((name) => [`@vitrine/${name}`, source(name)])) },
    ssr: { noExternal: true, external: ['@opentelemetry/api'] },
    build: { ssr: join(folder, 'entry.ts'), outDir: join(folder, 'built'), minify: false },
  })
  for (const name of names) {
    const place = join(folder, 'node_modules/@vitrine', name)
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'package.json'), JSON.stringify({ type: 'module', exports: './index.js' }))
    writeFileSync(join(place, 'index.js'), "export * from '../../../built/entry.js'\n")
  }
}
