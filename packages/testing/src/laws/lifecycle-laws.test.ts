import {
  type AnyCommand,
  defaultKinds,
  defineMarketplace,
  definePolicy,
  type Listing,
  listingAggregate,
  message,
  type Row,
  type StoredEvent,
} from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Aggregates, coreAggregates } from '../world.js'
import { type LawCase, type LawOptions, laws, lawsOf } from './laws-of.js'
import { lifecycleLaws } from './lifecycle-laws.js'

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

type AnyRow = Row<Listing, never, AnyCommand, never>

/** A fault put into one row, or into the fold. */
const faults: readonly (readonly [law: string, fault: string, Aggregates])[] = [
  ['T33 asking twice', 'RecordCheck forgets what holds already', broken('RecordCheck', { already: undefined })],
  ['a refusal writes nothing', 'a refusal leans on what was asked before', broken('Publish', { may: fickle() })],
  ['T6 what is live', 'Revise takes down what is live', folding('Revised', takeDown)],
  [
    'T14 what goes live',
    'Publish shows something else',
    writing('Publish', (event) => ({ ...event, data: { ...event.data, content: { name: 'Else' } } })),
  ],
  ['every state that can be reached', 'Approve is for nobody', broken('Approve', { who: {} })],
  [
    'only who holds the right',
    'a viewer withdraws',
    broken('Withdraw', { who: { members: ['lister', 'administrator', 'viewer', 'sales'] } }),
  ],
  [
    'T34 a stranger gets',
    'any person renews a link',
    broken('StartReview', { who: { person: true, staff: ['reviewer'] } }),
  ],
  ['T14 nothing is approved by review', 'Approve forgets checks and questions', broken('Approve', { may: undefined })],
  ['T23 nothing is approved without', 'the system approves anything', broken('Approve', { may: undefined })],
  ['T1 nothing is published', 'Publish forgets the deadline, and time decides nothing', late()],
  ['T29 what time asks for', 'a reminder is refused', broken('RemindPublication', { who: {} })],
  ['D13 the working', 'Withdraw ends the working revision', folding('Withdrawn', endWorking)],
  ['D26', 'a command is told wrongly', broken('AskQuestion', { commandOf: askedOtherwise })],
  ['D12', 'a fold leans on what it has met before', forgetful()],
  [
    'every event that is decided',
    'an event says too much',
    writing('StartReview', (event) => ({ ...event, data: { ...event.data, more: 1 } })),
  ],
  ['what nextActions refuses', 'a command changes its mind', broken('Delete', { may: fickle() })],
  ['what nextActions allows', 'a command never gets through', broken('HoldReview', { does: never })],
  [
    'no event and no state',
    'a note says what is personal',
    writing('SuggestChanges', (event) => ({ ...event, data: { ...event.data, text: 'nora@northwind.example' } })),
  ],
]

describe('a law is broken, and says so in a history of five commands at the most', () => {
  it.each(faults)('%s … when %s', (law, _fault, aggregates) => {
    const { title, run } = caseOf(law, { aggregates, seed: 7 })
    const report = errorOf(run)
    expect(report).toContain(`A law is broken: ${title}.`)
    expect(Number(/of (\d+) commands?:/.exec(report)?.[1])).toBeLessThanOrEqual(5)
  })

  it('which can be seen again', () => {
    const [law, , aggregates] = faults[0]!
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

function caseOf(law: string, options: LawOptions): LawCase {
  const found = lawsOf(rules, { maxLength: 14, runs: 600, ...options }).find(({ title }) => title.startsWith(law))
  if (!found) throw new Error(`There is no law ${law}.`)
  return found
}

function errorOf(run: () => unknown): string {
  try {
    run()
  } catch (fault) {
    return String(fault)
  }
  return 'nothing was thrown'
}

it('every law that there is has a title of its own', () => {
  expect(new Set(laws.map(({ title }) => title)).size).toBe(laws.length)
})

function broken(command: string, otherwise: { readonly [part in keyof AnyRow]?: unknown }): Aggregates {
  const rows = listingAggregate.rows as { readonly [command: string]: AnyRow }
  return withListing({ rows: { ...rows, [command]: { ...rows[command], ...otherwise } } })
}

function writing(command: string, change: (event: { type: string; data: object }) => object): Aggregates {
  const does = listingAggregate.rows[command]!.does
  return broken(command, {
    does: (...asked: Parameters<typeof does>) => {
      const events = does(...asked)
      return 'refused' in events ? events : events.map((event, at) => (at === 0 ? change(event) : event))
    },
  })
}

function folding(type: string, change: (listing: Listing) => void): Aggregates {
  const { decider } = listingAggregate
  const evolve = (listing: Listing, event: StoredEvent) => {
    decider.evolve(listing, event)
    if (event.type === type) change(listing)
  }
  return withListing({ decider: { ...decider, evolve } })
}

function forgetful(): Aggregates {
  let met = 0
  return folding('Revised', (listing) => {
    met += 1
    listing.lastRevision += met % 2
  })
}

function late(): Aggregates {
  const { listing } = broken('Publish', { may: undefined })
  return { ...coreAggregates, listing: { ...listing, overdue: () => [] } }
}

/** Says no, each time for another reason, and every third time nothing. */
function fickle(): () => object | undefined {
  let asked = 0
  return () => {
    asked += 1
    return asked % 3 === 0 ? undefined : { refused: { code: `no-${asked}`, message: 'No.' } }
  }
}

function askedOtherwise(_events: unknown, { id: listingId }: Listing): object {
  return { command: { type: 'AskQuestion', listingId, text: 'Another one', blocking: false }, made: {} }
}

function never(): object {
  return { refused: { code: 'never', message: 'Never.' } }
}

function withListing(otherwise: object): Aggregates {
  return { ...coreAggregates, listing: { ...listingAggregate, ...otherwise } }
}

function takeDown(listing: Listing): void {
  listing.live = { status: 'none' }
}

function endWorking(listing: Listing): void {
  listing.working = { status: 'none' }
}
