import { readFileSync, writeFileSync } from 'node:fs'
import { defineMarketplace } from '@vitrine/core'
import { expect, it } from 'vitest'
import { commandTables, diagrams } from './lifecycle-page.js'

const page = new URL('lifecycle.md', import.meta.url)
const rules = defineMarketplace({ baseUrl: 'https://market.example' })

it('D13 the table and the diagrams of the lifecycle page are those of the command rows', () => {
  const made = withPart(withPart(readFileSync(page, 'utf8'), 'commands', commandTables()), 'diagrams', diagrams(rules))
  if (process.env.UPDATE_DOCS) writeFileSync(page, made)
  expect(readFileSync(page, 'utf8')).toBe(made)
})

/** The page with what stands between the marks of a part replaced. */
function withPart(text: string, part: string, content: string): string {
  const [begins, ends] = [`<!-- ${part} -->`, `<!-- /${part} -->`]
  const from = text.indexOf(begins) + begins.length
  const to = text.indexOf(ends)
  if (from < begins.length || to < from)
    throw new Error(`The page has no part ${part}: it stands between ${begins} and ${ends}.`)
  return `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`
}
