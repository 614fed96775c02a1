import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expectationsTable, figuresTable, viewsTable, visibilityTable } from './architecture-page.js'
import { madeAnew } from './generated-part.js'

const top = fileURLToPath(new URL('../', import.meta.url))

it('the tables of the architecture page are those of the code', () => {
  const { is, made } = madeAnew('architecture.md', {
    expectations: expectationsTable(),
    views: viewsTable(),
    visibility: visibilityTable(),
  })
  expect(is).toBe(made)
})

it('the figures of the page on stores are those that were measured last', () => {
  const results = JSON.parse(readFileSync(join(top, 'packages/benchmarks/results.json'), 'utf8'))
  const { is, made } = madeAnew('stores.md', { figures: figuresTable(results) })
  expect(is, 'measured anew? UPDATE_DOCS=1 npm run test:file docs').toBe(made)
})
const pages = [
  'README.md',
  ...readdirSync(join(top, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

describe('everything that a page names is there', () => {
  it.each(pages)('%s', (page) => {
    const text = readFileSync(join(top, page), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = '']) => join(dirname(page), to))
    const files = [...text.matchAll(/`([\w./-]+\.(?:ts|mjs))`/g)].flatMap(([, file = '']) => namedFile(file))
    expect([...links, ...files].filter((file) => !existsSync(join(top, file)))).toEqual([])
  })
})

/** A file is named from the top, by its package and its place in the sources, or by its name alone. */
function namedFile(file: string): readonly string[] {
  const places = [
    file,
    ...globSync([`packages/${file.replace('/', '/src/')}`, `packages/*/src/**/${file}`], { cwd: top }),
  ]
  return [places.find((place) => existsSync(join(top, place))) ?? file]
}
