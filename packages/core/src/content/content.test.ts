import { defineMarketplace, type Guideline, type JsonObject, type Kind, type Rules, VitrineError } from '@vitrine/core'
import { appSample, serviceSample } from '@vitrine/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  completeness,
  fieldPhrase,
  fieldsOf,
  findings,
  hardFindings,
  hasValue,
  kindOf,
  missingFields,
  parseChanges,
  requiredFields,
} from './content.js'
import { fieldLabel } from './field-phrase.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const { app, service } = rules.kinds
const complete: JsonObject = { name: 'Abacus', ...appSample }

function kindWith(fields: z.ZodRawShape): Kind {
  return { content: z.object({ name: z.string(), ...fields }), checks: { content: 'required' }, name: 'sample' }
}

function problemsOf(kind: Kind, changes: JsonObject): readonly { path: string; problem: string }[] {
  const read = parseChanges(kind, changes)
  return 'problems' in read ? read.problems : []
}

function parsed(text: string): JsonObject {
  return JSON.parse(text) as JsonObject
}

function faultOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof VitrineError) return { code: error.code as string, message: error.message, ...error.facts }
    throw error
  }
}

describe('changes of a draft', () => {
  it('that fit the kind are stored as they were written, white space included', () => {
    const changes = { name: '  Abacus ', keywords: ['  a '], pricing: { model: 'free' } }
    expect(parseChanges(app, changes)).toEqual({ changes })
  })

  it('remove a field by null, a required one too', () => {
    expect(parseChanges(app, { keywords: null, icon: null })).toEqual({ changes: { keywords: null, icon: null } })
  })

  it.each(['training', 'consulting', 'other'])('offer %s', (offer) => {
    const changes = { offered: [{ service: offer, description: 'Audits' }] }
    expect(parseChanges(service, changes)).toEqual({ changes })
  })

  it('may break every limit: links, addresses and lengths are no matter of shape', () => {
    const changes = { name: 'x'.repeat(500), demoUrl: 'soon', supportContacts: [{ email: 'nobody' }], markets: ['?'] }
    expect(parseChanges(app, changes)).toEqual({ changes })
  })

  it('D9 that fail the schema name every path, what was expected and what was found', () => {
    expect(
      problemsOf(app, {
        name: 3,
        pricing: { model: 'rent' },
        screenshots: ['one', { ...picture, caption: null, bytes: 1.5, size: 1 }],
        productVersion: { number: '1', releasedOn: 'yesterday' },
        icon: { ...picture, alt: '', sha256: 'abc' },
      }),
    ).toEqual([
      { path: 'name', problem: 'Expected a text, found the number 3' },
      { path: 'pricing.model', problem: 'Expected "free" or "byol" or "paid", found the text "rent"' },
      { path: 'screenshots[0]', problem: 'Expected a group of fields, found the text "one"' },
      { path: 'screenshots[1].bytes', problem: 'Expected a whole number, found the number 1.5' },
      { path: 'screenshots[1].caption', problem: 'Expected a text, found nothing' },
      { path: 'screenshots[1]', problem: 'Expected only fields that are known here, found "size"' },
      { path: 'productVersion.releasedOn', problem: 'Expected a date, as in 2026-03-01, found the text "yesterday"' },
      { path: 'icon.sha256', problem: 'Expected the SHA-256 of the file: 64 characters, 0 to 9 and a to f' },
    ])
  })

  it('D9 a hash is 64 characters, and nothing before or after them', () => {
    const hashed = (sha256: string) =>
      problemsOf(app, { icon: { ...picture, alt: '', sha256 } }).map(({ path }) => path)
    const hash = '0f'.repeat(32)
    expect(hashed(hash)).toEqual([])
    for (const wrong of [`${hash}0`, `0${hash}`, `${hash} `, hash.toUpperCase()])
      expect(hashed(wrong)).toEqual(['icon.sha256'])
  })

  it('are refused where a field is unknown to the kind', () => {
    const [problem] = problemsOf(service, { systemRequirements: 'A desk' })
    expect(problem?.path).toBe('systemRequirements')
    expect(problem?.problem).toMatch(/^Expected one of name, .*, found the text "systemRequirements"$/)
  })

  it('D18 hostile keys are unknown fields, and change nothing', () => {
    const hostile = parsed('{"__proto__": {"name": "x"}, "constructor": "y", "toString": "z"}')
    expect(problemsOf(app, hostile).map(({ path }) => path)).toEqual(['__proto__', 'constructor', 'toString'])
    expect(problemsOf(app, parsed('{"pricing": {"model": "free", "__proto__": {"terms": "x"}}}'))).toEqual([
      { path: 'pricing', problem: 'Expected only fields that are known here, found "__proto__"' },
    ])
    expect(missingFields(app, hostile)).toEqual(missingFields(app, {}))
  })

  it('D9 are stored as the schema makes them', () => {
    const kind = kindWith({ region: z.string().transform((text) => text.toUpperCase()), seats: z.coerce.number() })
    expect(parseChanges(kind, { region: 'eu', seats: '12' })).toEqual({ changes: { region: 'EU', seats: 12 } })
  })

  it('D9 are refused when the schema makes something that no store can keep', () => {
    const kind = kindWith({ since: z.string().transform((text) => new Date(text)) })
    expect(problemsOf(kind, { since: '2026-03-01' })).toEqual([
      {
        path: 'since',
        problem: 'The schema made something that cannot be stored: since is a Date, not a plain object',
      },
    ])
  })

  it('D9 an asynchronous schema is a fault that names kind and field', () => {
    const kind = kindWith({ region: z.string().refine(async () => true) })
    const message = 'The schema of region of kind sample is asynchronous; it must answer at once.'
    expect(faultOf(() => parseChanges(kind, { region: 'eu' }))).toEqual({
      code: 'async-content-schema',
      message,
      cause: expect.any(z.core.$ZodAsyncError),
    })
    const { content, checks } = kind
    expect(() => parseChanges({ content, checks }, { region: 'eu' })).toThrow('region of kind without a name')
  })

  it('a schema that throws is a bug of the marketplace: its error passes untouched', () => {
    const broken = new Error('broken')
    const kind = kindWith({
      region: z.string().transform(() => {
        throw broken
      }),
    })
    expect(() => parseChanges(kind, { region: 'eu' })).toThrow(broken)
  })

  it('property: what was read once is read again as it is', () => {
    const field = fc.constantFrom(...fieldsOf(app), 'foreign')
    fc.assert(
      fc.property(
        fc.dictionary(field, fc.oneof(fc.constantFrom(...Object.values(complete)), fc.jsonValue())),
        (any) => {
          const changes = parsed(JSON.stringify(any))
          const read = parseChanges(app, changes)
          if ('changes' in read) expect(parseChanges(app, read.changes)).toEqual(read)
          else expect(read.problems.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('what a schema may say of a value', () => {
  const cases: readonly [z.ZodType, JsonObject[string], string][] = [
    [z.tuple([z.string()]), 'x', 'Expected a list, found the text "x"'],
    [z.iso.datetime(), 'x', 'Expected an instant, as in 2026-03-01T12:00:00Z, found the text "x"'],
    [z.iso.date(), 'x', 'Expected a date, as in 2026-03-01, found the text "x"'],
    [z.url(), 'x', 'Expected a link, found the text "x"'],
    [z.number(), 'b'.repeat(40), `Expected a number, found the text "${'b'.repeat(40)}"`],
    [z.object({ a: z.string() }), {}, 'Expected a text, found nothing'],
    [z.boolean(), 'yes', 'Expected true or false, found the text "yes"'],
    [z.number(), true, 'Expected a number, found true'],
    [z.record(z.string(), z.number()), [1], 'Expected a group of fields, found a list of 1'],
    [z.string().min(3), 'a', 'Expected a text of at least 3 characters, found the text "a"'],
    [z.array(z.number()).max(1), [1, 2], 'Expected a list of at most 1 entries, found a list of 2'],
    [z.number().gt(3), 3, 'Expected a value of more than 3, found the number 3'],
    [z.number().lt(3), 3, 'Expected a value of less than 3, found the number 3'],
    [z.number().multipleOf(2), 3, 'Expected a multiple of 2, found the number 3'],
    [z.email(), 'x', 'Expected an e-mail address, found the text "x"'],
    [
      z.string().regex(/^a$/),
      'b'.repeat(50),
      `Expected a text in the form of /^a$/, found the text "${'b'.repeat(40)}…"`,
    ],
    [z.string().startsWith('a'), 'b', 'Expected a text in the form of starts_with, found the text "b"'],
    [z.union([z.string(), z.number()]), false, 'Expected a text or a number, found false'],
    [
      z.union([z.object({ a: z.string() }), z.array(z.string())]),
      { a: 1 },
      'Expected a text at a or a list, found a group of fields',
    ],
    [
      z.union([z.object({ a: z.string(), b: z.string() }), z.string()]),
      {},
      'Expected a text at a or a text, found a group of fields',
    ],
    [
      z.union([z.array(z.object({ a: z.string() })), z.string()]),
      [{ a: 1 }],
      'Expected a text at [0].a or a text, found a list of 1',
    ],
    [
      z.discriminatedUnion('is', [z.object({ is: z.literal(1) }), z.object({ is: z.literal('b') })]),
      { is: 'c' },
      'Expected 1 or "b", found the text "c"',
    ],
    [
      z.discriminatedUnion('is', [z.object({ is: z.literal('a') })]),
      'c',
      'Expected a group of fields, found the text "c"',
    ],
    [z.set(z.string()), ['a'], 'Expected a value of the type set, found a list of 1'],
    [z.string().refine((text) => text !== 'b'), 'b', 'Expected what the marketplace asks for, found the text "b"'],
    [z.string().refine((text) => text !== 'b', 'Choose another letter.'), 'b', 'Choose another letter.'],
  ]

  it.each(cases)('is said in plain words (%#)', (schema, value, problem) => {
    expect(problemsOf(kindWith({ value: schema }), { value }).map((one) => one.problem)).toEqual([problem])
  })
})

describe('T31 completeness', () => {
  it('of an empty draft is nothing: every field that is not optional is missing, in the order of the schema', () => {
    expect(completeness(app, {})).toEqual({ percent: 0, missing: requiredFields(app) })
    expect(requiredFields(service)).toEqual([
      'name',
      'headline',
      'shortDescription',
      'longDescription',
      'icon',
      'offered',
      'geography',
      'categories',
      'contentLanguage',
      'supportContacts',
    ])
  })

  it('of a complete app and a complete service is 100 %', () => {
    expect(completeness(app, complete)).toEqual({ percent: 100, missing: [] })
    expect(completeness(service, { name: 'Bookkeeping', ...serviceSample })).toEqual({ percent: 100, missing: [] })
  })

  it('of a kind that needs nothing is 100 %', () => {
    expect(completeness({ content: z.object({ name: z.string().optional() }), checks: {} }, {}).percent).toBe(100)
  })

  it('is a whole number, rounded down: 100 % means that nothing is missing', () => {
    expect(completeness(kindWith({ a: z.string(), b: z.string() }), { name: 'x', a: 'y' }).percent).toBe(66)
  })

  it('counts a text of blanks and a list of nothing but such as no value, nought and false as one', () => {
    expect(missingFields(app, { ...complete, headline: ' \n', categories: [] })).toEqual(['headline', 'categories'])
    const without = [undefined, '', ' \t\n', '\u200b\u00a0\u2028\u0000', [], [''], [' ', []]]
    expect(without.map(hasValue)).toEqual(without.map(() => false))
    const withOne = [0, false, {}, [0], null, ' a', '\u200b.', ['', 'b']]
    expect(withOne.map(hasValue)).toEqual(withOne.map(() => true))
  })

  it('needs no field that is optional or has a default', () => {
    const kind = kindWith({ a: z.string().optional(), b: z.string().default('x'), c: z.any() })
    expect(requiredFields(kind)).toEqual(['name', 'c'])
  })

  it('property: filling a missing field makes exactly that field no longer missing, and never lowers the percentage', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(complete)), (fields) => {
        const content = Object.fromEntries(fields.map((field) => [field, complete[field]!]))
        const { missing, percent } = completeness(app, content)
        for (const field of missing) {
          const next = completeness(app, { ...content, [field]: complete[field]! })
          expect(next.missing).toEqual(missing.filter((one) => one !== field))
          expect(next.percent).toBeGreaterThan(percent)
        }
        expect(percent === 100).toBe(missing.length === 0)
      }),
    )
  })
})

describe('a field in a sentence', () => {
  it('is what people call it', () => {
    const phrases = [
      'shortDescription',
      'icon',
      'screenshots',
      'pricing',
      'termsOfUse',
      'contentLanguage',
      'demoUrl',
      'documents',
      'geography',
      'offered',
      'trainedPeople',
      'systemSoftware',
      'marketData',
      'licence-terms',
      'sales__regions',
      'address',
      'status',
    ]
    expect(phrases.map(fieldPhrase)).toEqual([
      'a short description',
      'an icon',
      'screenshots',
      'the pricing',
      'terms of use',
      'the language of the content',
      'a link to a demonstration',
      'related documents',
      'the regions where it is delivered',
      'the services that are offered',
      'the trained people',
      'system software',
      'market data',
      'licence terms',
      'sales regions',
      'an address',
      'a status',
    ])
  })

  it('is a heading too', () => {
    expect(['demoUrl', 'longDescription', 'supported_languages'].map(fieldLabel)).toEqual([
      'Demo URL',
      'Long description',
      'Supported languages',
    ])
  })

  it('D18 whatever its name', () => {
    expect(fieldPhrase('constructor')).toBe('a constructor')
  })
})

describe('findings', () => {
  const never: Guideline = {
    name: 'never',
    level: 'editorial',
    fields: ['name', 'offered'],
    check: () => 'Think again.',
  }

  function withGuidelines(...guidelines: Guideline[]): Rules {
    return { ...rules, guidelines }
  }

  it('stand beside the first field that the kind has, hard and editorial in their order', () => {
    const second: Guideline = {
      name: 'second',
      level: 'hard',
      fields: ['offered', 'name'],
      check: () => ['One.', { field: 'headline', message: 'Two.' }],
    }
    const all = withGuidelines(never, second)
    expect(findings(all, 'app', complete)).toEqual([
      { guideline: 'never', level: 'editorial', field: 'name', message: 'Think again.' },
      { guideline: 'second', level: 'hard', field: 'name', message: 'One.' },
      { guideline: 'second', level: 'hard', field: 'headline', message: 'Two.' },
    ])
    expect(hardFindings(all, 'app', complete).map(({ message }) => message)).toEqual(['One.', 'Two.'])
    expect(findings(all, 'service', { offered: [1] }).map(({ field }) => field)).toEqual([
      'name',
      'offered',
      'headline',
    ])
  })

  it('come only from guidelines that read a field of the kind which has a value', () => {
    expect(findings(withGuidelines(never), 'app', { name: '', headline: 'x' })).toEqual([])
    expect(findings(withGuidelines({ ...never, fields: ['foreign'] }), 'app', { foreign: 'x' })).toEqual([])
  })

  it('come only from guidelines for the kind', () => {
    const forServices = withGuidelines({ ...never, kinds: ['service'] })
    expect(findings(forServices, 'app', complete)).toEqual([])
    expect(findings(forServices, 'service', { name: 'x' })).toHaveLength(1)
  })

  it('a guideline that throws, or answers with nothing, is a fault that names it', () => {
    const throws: Guideline = { ...never, check: () => JSON.parse('{') as true }
    const silent: Guideline = { ...never, check: () => JSON.parse('null') as true }
    for (const guideline of [throws, silent]) {
      const asked = () => findings(withGuidelines(guideline), 'app', complete)
      expect(faultOf(asked)).toMatchObject({
        code: 'guideline-failed',
        guideline: 'never',
        cause: expect.any(Error),
      })
      expect(asked).toThrow(/^Guideline never threw instead of answering: /)
    }
  })

  it('an editorial guideline is not even asked when it is to be known what stands in the way of Submit', () => {
    const throws: Guideline = { ...never, level: 'editorial', check: () => JSON.parse('{') as true }
    expect(hardFindings(withGuidelines(throws), 'app', complete)).toEqual([])
  })

  it('a kind that the rules no longer have is a fault that names those they have', () => {
    for (const kind of ['dataset', 'constructor']) {
      expect(faultOf(() => kindOf(rules, kind))).toEqual({
        code: 'unknown-kind',
        kind,
        message: `The rules have no kind "${kind}". They have: app, service.`,
      })
    }
  })

  it('of complete samples there are none that stand in the way', () => {
    expect(hardFindings(rules, 'app', complete)).toEqual([])
    expect(hardFindings(rules, 'service', { name: 'Bookkeeping', ...serviceSample })).toEqual([])
  })
})

const picture = {
  url: 'https://files.example/a.png',
  mediaType: 'image/png',
  bytes: 1000,
  sha256: 'a'.repeat(64),
}
