import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const top = new URL('../', import.meta.url)
// Beside the examples, where a module finds what they depend on; another one for each run that goes on at once.
const folder = new URL(`examples/.code-blocks-${process.pid}/`, top)
const pages = globSync(['README.md', 'docs/*.md', 'packages/*/README.md'], { cwd: fileURLToPath(top) }).toSorted()

/** Every TypeScript block of a page, as one module: a reader who types them in one after the other gets the same. */
const modules = pages.flatMap((page) => {
  const text = readFileSync(new URL(page, top), 'utf8')
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
  return blocks.length === 0 ? [] : [{ page, name: `${page.replace(/\W+/g, '-')}.ts`, code: joined(blocks) }]
})

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  for (const { name, code } of modules) writeFileSync(new URL(name, folder), code)
  writeFileSync(new URL('tsconfig.json', folder), JSON.stringify(configuration))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the code in the documentation', () => {
  it('is there', () => expect(modules.map(({ page }) => page)).toContain('README.md'))

  it('is right by its types', () => {
    const compiler = fileURLToPath(new URL('node_modules/.bin/tsc', top))
    const { stdout, status } = spawnSync(compiler, ['-p', fileURLToPath(folder), '--noEmit'], { encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  }, 120_000)

  for (const { page, name } of modules) {
    it(`of ${page} runs`, async () => {
      await expect(import(/* @vite-ignore */ fileURLToPath(new URL(name, folder)))).resolves.toBeDefined()
    })
  }
})

const configuration = {
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    composite: false,
    incremental: false,
    noUnusedLocals: false,
    rootDir: '../..',
    emitDeclarationOnly: false,
    declaration: false,
  },
  include: ['*.ts'],
}

/** Imports first, each name once; then the blocks in their order. */
function joined(blocks: readonly string[]): string {
  const lines = blocks.flatMap((block) => block.split('\n'))
  const isImport = (line: string) => line.startsWith('import ')
  return [...new Set(lines.filter(isImport)), ...lines.filter((line) => !isImport(line)), 'export {}', ''].join('\n')
}
