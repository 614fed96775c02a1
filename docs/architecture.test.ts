import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expectationsTable, figuresTable, type Result, viewsTable, visibilityTable } from './architecture-page.js'
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

it('the figures of the page on stores are of the benchmarks that there are', () => {
  const results: Result[] = JSON.parse(readFileSync(join(top, 'packages/benchmarks/results.json'), 'utf8'))
  // Figures carry their day, so that they stay true when something is measured again.
  const { is } = madeAnew('stores.md', { figures: figuresTable(results) })
  expect(results.filter(({ what }) => !is.includes(`| ${what} |`))).toEqual([])
})

const pages = globSync(['*.md', 'docs/*.md', 'packages/*/README.md'], { cwd: top }).toSorted()

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
