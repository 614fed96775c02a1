import { defaultKinds, defineMarketplace, definePolicy, message } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { holdTo, type LawCase, type LawOptions, laws, lawsOf } from './laws-of.js'
import { lifecycleLaws } from './lifecycle-laws.js'
import { type PlantedFault, plantedFaults, storeThatForgets } from './planted-faults.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

describe('the laws of the lifecycle', () => {
  it('hold of a marketplace as it comes', () => lifecycleLaws(rules, { runs: 60 }), 240_000)

  it('hold of kinds, guidelines, days and policies of a marketplace’s own', async () => {
    const own = defineMarketplace({
      baseUrl: 'https://data.example',
      publishWithinDays: 30,
      kinds: {
        dataset: {
          content: z.object({
            name: z.string(),
            headline: z.string(),
            region: z.enum(['eu', 'us']),
            rows: z.int().min(1).max(9_000),
            columns: z.array(z.object({ title: z.string().min(1), unit: z.string().optional() })).min(1),
            licence: z.url(),
          }),
          checks: { content: 'required', licence: 'required', origin: 'optional' },
        },
      },
      guidelines: ({ hard }) => [
        hard('enough-rows', ['rows'], ({ rows }) => rows >= 100 || 'Have a hundred rows at least.'),
      ],
    })
    const tell = definePolicy({
      name: 'tell-the-legal-team',
      on: {
        Suspended: () => [
          message({ key: 'legal', kind: 'suspended', to: { address: 'legal@market.example' }, facts: {} }),
        ],
      },
    })
    await lifecycleLaws(own, { runs: 60, policies: [tell] })
  }, 240_000)

  it('ask for content where none can be made that meets the guidelines', async () => {
    const strict = defineMarketplace({
      baseUrl: 'https://market.example',
      kinds: { app: { ...defaultKinds.app, content: defaultKinds.app.content.pick({ name: true, headline: true }) } },
      guidelines: ({ hard }) => [hard('password', ['headline'], ({ headline }) => headline === 'Sesame' || 'Say it.')],
    })
    await expect(lifecycleLaws(strict)).rejects.toThrow(
      'does not meet the guideline password: Say it. Hand in content that is ready: { content: { app: { … } } }.',
    )
    await lifecycleLaws(strict, { runs: 5, content: { app: { headline: 'Sesame' } } })
  }, 120_000)
})

/** How many histories a fault is looked for in by the laws that it must not break. */
const histories = process.env.VITRINE_LONG === undefined ? 10 : 100

describe('a law is broken, and says so in a history of five commands at the most', () => {
  it.each(plantedFaults)('$law … when $fault', ({ law, aggregates }) => {
    const { title, run } = caseOf(law, { aggregates, seed: 7 })
    const report = errorOf(run)
    expect(report).toContain(`A law is broken: ${title}.`)
    expect(Number(/of (\d+) commands?:/.exec(report)?.[1])).toBeLessThanOrEqual(5)
  })

  it.each(plantedFaults)('$law … and no other law, when $fault', ({ law, aggregates }) => {
    const others = laws.filter(({ title }) => !title.startsWith(law))
    expect(errorOf(() => holdTo(others, rules, { aggregates, maxLength: 14, runs: histories, seed: 7 }))).toBe(nothing)
  })

  it('for each law there is', () => {
    const found = laws.map(({ title }) => plantedFaults.filter(({ law }) => title.startsWith(law)).length)
    expect(found).toEqual(laws.map(() => 1))
  })

  it('which can be seen again', () => {
    const [{ law, aggregates }] = plantedFaults as readonly [PlantedFault]
    const report = errorOf(caseOf(law, { aggregates, seed: 3 }).run)
    const [, seed, path] = /\{ seed: (-?\d+), path: '([\d:]+)' \}/.exec(report) ?? []
    const again = errorOf(caseOf(law, { aggregates, seed: Number(seed), path: String(path) }).run)
    expect(again.split('\n').slice(0, -1)).toEqual(report.split('\n').slice(0, -1))
    expect(again).toMatchInlineSnapshot(`
      "Error: A law is broken: T33 asking twice writes once, except where a command adds an entry.
        RecordCheck, asked twice, writes CheckPassed a second time.
      The shortest history found, of 0 commands:
        It begins with: trustedUpdate
        It is 2026-01-05T09:17:00.000Z
      To see it again: { seed: 3, path: '0:1:1:1' }"
    `)
  })
})

describe('policies of a marketplace’s own', () => {
  const broken = (name: string, on: Parameters<typeof definePolicy>[0]['on']) =>
    lifecycleLaws(rules, { runs: 20, seed: 5, policies: [definePolicy({ name, on })] }).then(
      () => nothing,
      (fault: unknown) => String(fault),
    )

  it('a policy has an answer to every event … is broken by one that throws', async () => {
    const report = await broken('counts-words', {
      Created: () => {
        throw new Error('there are no words')
      },
    })
    expect(report).toContain('A law is broken: a policy has an answer to every event that it reads')
    expect(report).toMatch(/Policy counts-words has no answer to Created of listing-\S+: there are no words/)
  })

  it('a policy … asked twice … is broken by one that answers by chance', async () => {
    let asked = 0
    const report = await broken('draws-lots', {
      Created: () => {
        asked += 1
        return [message({ key: `lot-${asked}`, kind: 'drawn', to: { address: 'lots@market.example' }, facts: {} })]
      },
    })
    expect(report).toContain('and asked twice it gives the same one.')
    expect(report).toContain('Policy draws-lots is asked twice about one Created, and answers otherwise.')
  })
})

describe('on a store of a marketplace’s own', () => {
  it('every message has a reason in the log … is broken when the log loses what somebody was told of', async () => {
    const broken = lifecycleLaws(rules, { runs: 20, seed: 5, store: storeThatForgets })
    const report = String(await broken.catch((fault: unknown) => fault))
    expect(report).toContain('A law is broken: every message has a reason in the log')
    expect(report).toContain('A message of the kind listing-submitted is about an event that is not in the log.')
  })
})

function caseOf(law: string, options: LawOptions): LawCase {
  const found = lawsOf(rules, { maxLength: 14, runs: 600, ...options }).find(({ title }) => title.startsWith(law))
  if (!found) throw new Error(`There is no law ${law}.`)
  return found
}

const nothing = 'nothing was thrown'

function errorOf(run: () => unknown): string {
  try {
    run()
  } catch (fault) {
    return String(fault)
  }
  return nothing
}

it('every law that there is has a title of its own', () => {
  expect(new Set(laws.map(({ title }) => title)).size).toBe(laws.length)
})
