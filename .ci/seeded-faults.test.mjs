import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sh.mjs'
import { faults } from './the-seeded-faults.mjs'

describe('the faults that are put into the sources', () => {
  it('are at least twelve, in the core, the runtime and the SQLite store', () => {
    expect(faults.length).toBeGreaterThanOrEqual(12)
    for (const part of ['core', 'runtime', 'store-sqlite'])
      expect(faults.some(({ file }) => file.startsWith(`packages/${part}/`))).toBe(true)
  })

  it.each(faults)('fit the sources as they are: $name', ({ file, sound }) => {
    expect(readFileSync(join(root, file), 'utf8').split(sound)).toHaveLength(2)
  })

  it('stand in the README of the package that finds them', () => {
    const readme = readFileSync(join(root, 'packages/testing/README.md'), 'utf8')
    for (const { name, suite, title } of faults) expect(readme).toContain(`| ${name} | \`${suite}\` | ${title} |`)
  })
})
