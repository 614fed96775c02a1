import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineMarketplace } from '@vitrine/core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, refused } from './expectations.js'
import { draftListing } from './given.js'
import { people } from './people.js'
import { scenario } from './scenario.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

describe('a scenario that comes out otherwise', () => {
  it('tells what was expected and what happened, the scenario, and how it ends', async () => {
    const played = scenario(rules, {
      given: draftListing({ slug: 'ledgerline' }).slice(0, -2),
      after: { days: 1 },
      when: { type: 'Submit', publishMode: 'manual' },
      by: people.luc,
      expect: [event('Submitted'), refused('guidelines')],
    })
    await expect(played).rejects.toThrowErrorMatchingInlineSnapshot(`
      [Error: The scenario came out otherwise.
        Event 1 is missing: Submitted.
        The answer is refused with incomplete: Submit needs 9 more things: a headline; a short description; a long description; an icon; screenshots; categories; the language of the content; support contacts; the pricing., not refused with guidelines.
      Expected:
        {"event":"Submitted"}
        {"refused":"guidelines"}
      Happened:
      Sent:
      Answer: refused with incomplete: Submit needs 9 more things: a headline; a short description; a long description; an icon; screenshots; categories; the language of the content; support contacts; the pricing.
      The scenario:
        given Ada Marsh asks Register {"name":"Marsh Software"}
        given Olaf Brandt asks ApprovePublisher {}
        given Olaf Brandt asks GrantAutoPublish {}
        given Ada Marsh asks AddMember {"actorId":"u-luc","name":"Luc Moreau","role":"lister"}
        given Ada Marsh asks AddMember {"actorId":"u-sam","name":"Sam Ortiz","role":"sales"}
        given Ada Marsh asks AddMember {"actorId":"u-vic","name":"Vic Lund","role":"viewer"}
        given Luc Moreau asks Create {"kind":"app","name":"Ledgerline"}
        after {"days":1}
        when Luc Moreau asks Submit {"publishMode":"manual"}
      It ends with:
        the listing working draft, live none
        working {"status":"draft","revision":1,"content":{"name":"Ledgerline"}}
        live {"status":"none"}
        the publisher approved, {"autoPublish":true,"autoApproval":false}
        the lead none]
    `)
  })
})

describe('another test runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'))

  beforeAll(async () => {
    const source = (name: string) => fileURLToPath(new URL(`../../${name}/src/index.ts`, import.meta.url))
    const names = ['core', 'runtime', 'store-memory', 'testing']
    writeFileSync(
      join(folder, 'entry.ts'),
      `export * from '${source('testing')}'\nexport { defineMarketplace } from '${source('core')}'\nexport { memoryStore } from '${source('store-memory')}'`,
    )
    await build({
      configFile: false,
      logLevel: 'error',
      resolve: { alias: Object.fromEntries(names.map((name) => [`@vitrine/${name}`, source(name)])) },
      ssr: { noExternal: true, external: ['@opentelemetry/api'] },
      build: { ssr: join(folder, 'entry.ts'), outDir: folder, emptyOutDir: false, minify: false },
    })
    writeFileSync(join(folder, 'rules.test.mjs'), program)
  }, 120_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('such as node:test runs scenarios, laws and contracts, and shows what a scenario says', () => {
    const { NODE_TEST_CONTEXT: _context, ...env } = process.env
    const { stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', 'rules.test.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env,
    })
    expect(stdout).toMatch(/^ok \d+ - the 61st day$/m)
    expect(stdout).toMatch(/^ok \d+ - the laws$/m)
    expect(stdout).toMatch(/^ok \d+ - A1 /m)
    expect(stdout).toMatch(/^not ok \d+ - a wrong expectation$/m)
    expect(stdout).toContain('Event 1 is AutoRejected, not Published.')
  }, 120_000)
})

const program = `
import { test } from 'node:test'
import { approvedListing, defineMarketplace, event, eventStoreContract, lifecycleLaws, people, refused, scenario } from './entry.js'
import { memoryStore } from './entry.js'
const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const late = { given: approvedListing(), after: { days: 60, milliseconds: 1 }, when: { type: 'Publish' }, by: people.luc }
test('the 61st day', () => scenario(rules, { ...late, expect: [event('AutoRejected'), refused('approval-expired')] }))
test('a wrong expectation', () => scenario(rules, { ...late, expect: [event('Published')] }))
test('the laws', () => lifecycleLaws(rules, { runs: 5 }))
const [first] = eventStoreContract(() => memoryStore()).filter(({ title }) => title.startsWith('A1 '))
test(first.title, first.run)
`
