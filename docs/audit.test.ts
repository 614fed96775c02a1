import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { madeAnew } from './generated-part.js'

const folder = new URL('../packages/audit/test/snapshots/', import.meta.url)

it('what the page of audits shows is what the tool prints', () => {
  const page = readFileSync(new URL('audit.md', import.meta.url), 'utf8')
  const shown = readdirSync(folder)
    .map((file) => file.replace(/\.txt$/, ''))
    .filter((name) => page.includes(`<!-- ${name} -->`))
  const parts = shown.map((name) => [
    name,
    `\`\`\`text\n${readFileSync(new URL(`${name}.txt`, folder), 'utf8').trim()}\n\`\`\``,
  ])
  const { is, made } = madeAnew('audit.md', Object.fromEntries(parts) as { readonly [part: string]: string })
  expect(shown.length).toBeGreaterThan(10)
  expect(is).toBe(made)
})
