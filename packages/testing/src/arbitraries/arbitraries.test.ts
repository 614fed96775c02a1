import {
  defaultKinds,
  defineMarketplace,
  findings,
  fold,
  isRefused,
  kindOf,
  leadAggregate,
  listingAggregate,
  missingFields,
  publisherAggregate,
} from '@vitrine/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { livedWorlds } from '../histories.js'
import { answerOf, ask } from '../world.js'
import { anybody, invalidCommand, validCommand } from './commands.js'
import { changesFor, contentFor } from './content.js'
import { historiesOf } from './histories-of.js'
import { hostileStrings } from './hostile-strings.js'
import { momentsAround } from './moments.js'
import { valuesOf } from './values-of.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const kinds = fc.constantFrom('app', 'service')

describe('values of a schema', () => {
  const tree: z.ZodType = z.lazy(() => z.strictObject({ name: z.string(), children: z.array(tree).max(2) }))
  const schemas = {
    string: z.string().min(3).max(9),
    pattern: z.string().regex(/^[a-z]{2}-\d{4}$/),
    email: z.email(),
    url: z.url(),
    uuid: z.uuid(),
    instant: z.iso.datetime(),
    date: z.iso.date(),
    integer: z.int().min(5).max(7),
    number: z.number().positive().lt(2),
    boolean: z.boolean(),
    literal: z.literal(['a', 1, null]),
    enum: z.enum(['free', 'paid']),
    array: z.array(z.number()).length(2),
    tuple: z.tuple([z.string(), z.int()]),
    record: z.record(z.string(), z.boolean()),
    union: z.union([z.string(), z.int()]),
    variants: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('email'), email: z.email() }),
      z.strictObject({ by: z.literal('phone'), digits: z.int() }),
    ]),
    both: z.object({ a: z.string() }).and(z.object({ b: z.int() })),
    object: z.strictObject({ needed: z.string(), not: z.int().optional(), filled: z.int().default(3) }),
    nullable: z.string().nullable(),
    refined: z.int().refine((value) => value % 3 === 0),
    transformed: z.string().transform((text) => text.length),
    readonly: z.array(z.string()).readonly(),
    nested: tree,
  }

  it.each(Object.entries(schemas))('are what it takes, as JSON: %s', (_name, schema) => {
    fc.assert(
      fc.property(valuesOf(schema), (value) => {
        expect(schema.safeParse(value).success).toBe(true)
        expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      }),
      { numRuns: 60 },
    )
  })

  it('that takes hardly anything are not looked for in vain', () => {
    const schema = z.string().refine((text) => text === 'Sesame')
    expect(() => fc.sample(valuesOf(schema), 1)).toThrow('its refinements ask for more than its types say')
    expect(() => valuesOf(z.date())).toThrow('No values can be made for a schema of the type date.')
  })
})

describe('content', () => {
  it('is what the kind takes, all of it or changes', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) => fc.tuple(fc.constant(kind), contentFor(rules, kind), changesFor(rules, kind))),
        ([kind, content, changes]) => {
          const { shape } = kindOf(rules, kind).content
          for (const [field, value] of [...Object.entries(content), ...Object.entries(changes)])
            if (value !== null) expect(shape[field]?.safeParse(value).success).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('that is ready may be handed in', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) => fc.tuple(fc.constant(kind), contentFor(rules, kind, { ready: true }))),
        ([kind, content]) => {
          expect(missingFields(kindOf(rules, kind), content)).toEqual([])
          expect(findings(rules, kind, content).filter(({ level }) => level === 'hard')).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('commands', () => {
  it('that are valid change something, and those that are not are refused', () => {
    fc.assert(
      fc.property(livedWorlds(rules, { maxLength: 6 }), fc.nat(), (world, seed) => {
        const [valid] = fc.sample(validCommand(world), { numRuns: 1, seed })
        const [invalid] = fc.sample(invalidCommand(world), { numRuns: 1, seed })
        expect(ask(world, valid!.by, valid!.command).events.length).toBeGreaterThan(world.events.length)
        expect(isRefused(answerOf(ask(world, invalid!.by, invalid!.command)))).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  it('are asked by all kinds of people', () => {
    expect(new Set(fc.sample(anybody(), 200)).size).toBe(9)
  })
})

describe('histories', () => {
  it.each([
    ['listing', listingAggregate],
    ['publisher', publisherAggregate],
    ['lead', leadAggregate],
  ] as const)('of a %s fold from their first event on, and go far', (name, aggregate) => {
    const histories = fc.sample(historiesOf(name, rules), { numRuns: 150, seed: 26 })
    for (const events of histories) fold<unknown, (typeof events)[number]>(aggregate.decider, events)
    const types = new Set(histories.flat().map(({ type }) => type))
    const written = new Set(Object.values(aggregate.rows).flatMap(({ writes }) => writes))
    expect(types.size / written.size).toBeGreaterThan(0.8)
  })
})

it('moments lie at a deadline, a millisecond off, and days', () => {
  const deadline = '2026-03-29T01:30:00.000Z'
  const moments = fc.sample(momentsAround(deadline), 500)
  for (const moment of ['2026-03-29T01:29:59.999Z', deadline, '2026-03-29T01:30:00.001Z', '2026-02-27T01:30:00.000Z'])
    expect(moments).toContain(moment)
})

it('hostile strings go into every text that people write, and are refused or come back as they were', () => {
  const kind = defaultKinds.app
  fc.assert(
    fc.property(hostileStrings(), livedWorlds(rules, { from: ['draft'], maxLength: 0 }), (text, world) => {
      const by = { id: 'u-ada', name: 'Ada Marsh' }
      const command = { type: 'Revise', listingId: world.listing.id, changes: { headline: text } }
      const next = ask(world, by, command)
      const { working } = next.listing
      const kept = 'content' in working ? working.content.headline : undefined
      expect(isRefused(answerOf(next)) || kept === text).toBe(true)
      expect(kind.content.shape.headline.safeParse(text).success).toBe(true)
    }),
    { numRuns: 100 },
  )
})
