import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as z from 'zod'
import { alwaysReviewed } from './content/always-reviewed.js'
import { appContent } from './content/app-content.js'
import { findings, requiredFields } from './content/content.js'
import { builtInGuidelines } from './content/guidelines.js'
import { VitrineError } from './errors.js'
import type { JsonObject } from './json.js'
import {
  type AnyContentOf,
  type ContentOf,
  defaultKinds,
  defaultReservedSlugs,
  defineMarketplace,
  type FieldOf,
  type Kinds,
  type MarketplaceSettings,
} from './marketplace.js'
import type { Guideline, Kind, Rules } from './rules.js'
import { rulesFingerprintText } from './rules-fingerprint.js'

const baseUrl = 'https://market.example'

const datasetContent = z.object({ name: z.string(), rows: z.int(), licence: z.string().optional() })

function regional() {
  return defineMarketplace({
    baseUrl,
    publishWithinDays: 30,
    remindDaysBefore: [1, 7],
    kinds: {
      app: {
        content: appContent.extend({ region: z.enum(['eu', 'us']) }),
        checks: { content: 'required', security: 'required' },
      },
      dataset: { content: datasetContent, checks: { content: 'required', licence: 'optional' } },
    },
    guidelines: ({ hard, editorial }) => [
      hard('no-superlatives', ['headline'], ({ headline }) => !/\bbest\b/i.test(headline) || 'Say what it does.'),
      editorial(
        'licence-named',
        ['licence', 'rows'],
        ({ licence, rows = 0 }) => rows < 10 || Boolean(licence) || 'Name it.',
      ),
    ],
    reservedSlugs: ['eu', 'us', 'api'],
  })
}

describe('a marketplace that sets nothing but its address', () => {
  const rules = defineMarketplace({ baseUrl: 'https://market.example/shop//' })

  it('T1 publishes within 60 days, and reminds 30, 14, 7 and 1 days before', () => {
    expect(rules).toMatchObject({
      baseUrl: 'https://market.example/shop',
      publishWithinDays: 60,
      remindDaysBefore: [30, 14, 7, 1],
      contentVersion: 1,
    })
  })

  it('P6 asks for a first response to leads within 48 hours', () => {
    expect(rules.firstResponseWithinHours).toBe(48)
  })

  it('lets invitations be accepted within 14 days', () => {
    expect(rules.invitationDays).toBe(14)
  })

  it('has apps and services, with their checks', () => {
    expect(Object.entries(rules.kinds).map(([name, { checks }]) => ({ name, checks }))).toEqual([
      {
        name: 'app',
        checks: { content: 'required', architecture: 'optional', security: 'optional', demo: 'optional' },
      },
      { name: 'service', checks: { content: 'required', proofOfAbility: 'required' } },
    ])
    expectTypeOf<ContentOf<typeof rules.kinds, 'service'>['geography']>().toEqualTypeOf<string[] | undefined>()
  })

  it('has the built-in guidelines, and keeps content as it was stored', () => {
    expect(rules.guidelines).toEqual(builtInGuidelines)
    expect(rules.upcastContent({ name: 'A' }, { version: 1, kind: 'app' })).toEqual({ name: 'A' })
  })

  it('T17 reserves the words that its own pages need', () => {
    expect(rules.reservedSlugs).toEqual(
      expect.arrayContaining(['listings', 'private', 'admin', 'api', 'search', 'login']),
    )
    expect(new Set(defaultReservedSlugs).size).toBe(defaultReservedSlugs.length)
  })

  it('D18 has no kind that nobody defined', () => {
    const kinds: Rules['kinds'] = rules.kinds
    expect(['constructor', '__proto__', 'toString'].map((kind) => kinds[kind])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('gives as long as a hundred years', () => {
    const longest = { publishWithinDays: 36_500, invitationDays: 36_500, firstResponseWithinHours: 876_000 }
    expect(defineMarketplace({ baseUrl, ...longest })).toMatchObject(longest)
  })

  it('reminds only at thresholds that its days leave room for', () => {
    expect(defineMarketplace({ baseUrl, publishWithinDays: 10 }).remindDaysBefore).toEqual([7, 1])
    expect(defineMarketplace({ baseUrl, publishWithinDays: 1 }).remindDaysBefore).toEqual([])
  })
})

describe('a marketplace with kinds of its own', () => {
  const rules = regional()
  type K = typeof rules.kinds

  it('has exactly these', () => {
    expect(Object.keys(rules.kinds)).toEqual(['app', 'dataset'])
    expect(requiredFields(rules.kinds.app)).toContain('region')
  })

  it('T23 types the fields that always need a review by the schema of their kind', () => {
    const { app } = defaultKinds
    const dataset = { content: datasetContent, checks: { content: 'required' } } as const
    const own = defineMarketplace({
      baseUrl,
      kinds: {
        app: { ...app, reviewAlways: ['pricing', 'headline'] },
        dataset: { ...dataset, reviewAlways: ['rows'] },
      },
    })
    expect(alwaysReviewed(own.kinds.dataset)).toEqual(['name', 'rows'])
    type Typed = NonNullable<MarketplaceSettings<{ dataset: typeof dataset }>['kinds']>['dataset']
    expectTypeOf<Typed['reviewAlways']>().toEqualTypeOf<readonly ('name' | 'rows' | 'licence')[] | undefined>()
  })

  it('types content by its schemas', () => {
    expectTypeOf<ContentOf<K, 'app'>['region']>().toEqualTypeOf<'eu' | 'us' | undefined>()
    expectTypeOf<ContentOf<K, 'dataset'>>().toEqualTypeOf<{
      name?: string
      rows?: number
      licence?: string | undefined
    }>()
    expectTypeOf<ContentOf<K, 'app'> | ContentOf<K, 'dataset'>>().toExtend<AnyContentOf<K>>()
    expectTypeOf<'region' | 'rows' | 'headline'>().toExtend<FieldOf<K>>()
    expectTypeOf<Extract<FieldOf<K>, 'geography'>>().toBeNever()
    expectTypeOf(rules).toExtend<Rules>()
  })

  it('asks its guidelines, typed by the fields that they name, after the built-in ones', () => {
    expect(rules.guidelines.slice(-2).map(({ name, level, fields }) => ({ name, level, fields }))).toEqual([
      { name: 'no-superlatives', level: 'hard', fields: ['headline'] },
      { name: 'licence-named', level: 'editorial', fields: ['licence', 'rows'] },
    ])
    expect(findings(rules, 'app', { headline: 'The best there is' })).toEqual([
      { guideline: 'no-superlatives', level: 'hard', field: 'headline', message: 'Say what it does.' },
    ])
    expect(findings(rules, 'dataset', { rows: 3 })).toEqual([])
    expect(findings(rules, 'dataset', { rows: 30 }).map(({ field }) => field)).toEqual(['licence'])
  })

  it('a guideline can name no field that does not exist', () => {
    defineMarketplace({
      baseUrl,
      guidelines: ({ hard }) => {
        // @ts-expect-error: no kind has it
        const stray = hard('stray', ['region'], () => true)
        return [{ ...stray, fields: ['name'] }]
      },
    })
  })

  it('keeps of the built-in guidelines those whose fields some kind has', () => {
    const { guidelines } = defineMarketplace({
      baseUrl,
      kinds: { dataset: { content: datasetContent, checks: { content: 'required' } } },
    })
    expect(guidelines.map(({ name }) => name)).toEqual(['name-length', 'name-lines', 'name-short', 'content-size'])
  })

  it('sorts its thresholds, largest first, and adds its reserved words once', () => {
    expect(rules.remindDaysBefore).toEqual([7, 1])
    expect(rules.reservedSlugs).toEqual([...defaultReservedSlugs, 'eu', 'us'])
  })
})

describe('bad rules are refused at once, in a sentence', () => {
  const one = { content: datasetContent, checks: { content: 'required' } } as const
  const guideline: Guideline = { name: 'mine', level: 'hard', fields: ['name'], check: () => true }

  function problemOf<K extends Kinds>(settings: Partial<MarketplaceSettings<K>>): unknown {
    try {
      return defineMarketplace({ baseUrl, ...settings })
    } catch (error) {
      return error instanceof VitrineError ? `${error.code}: ${error.message}` : error
    }
  }

  function problemOfAny(settings: unknown): unknown {
    try {
      return defineMarketplace(settings as MarketplaceSettings<Kinds>)
    } catch (error) {
      return error instanceof VitrineError ? `${error.code}: ${error.message}` : error
    }
  }

  /** What a program without types may hand over. */
  function untyped<Value>(json: string): Value {
    return JSON.parse(json) as Value
  }

  const cases: readonly [string, unknown, string][] = [
    ['no settings at all', problemOfAny(undefined), "The settings are nothing: { baseUrl: 'https://…' } was expected."],
    ['no address', problemOfAny({}), 'baseUrl is nothing: the text of an absolute http or https URL was expected.'],
    [
      'an address that is an object',
      problemOfAny({ baseUrl: new URL(baseUrl) }),
      'baseUrl is a group of fields: the text of an absolute http or https URL was expected.',
    ],
    [
      'pages that are null',
      problemOfAny({ baseUrl, pages: null }),
      'pages is nothing: a function for each page, by its name, was expected.',
    ],
    [
      'pages that are no group',
      problemOfAny({ baseUrl, pages: [] }),
      'pages is a list of 0: a function for each page, by its name, was expected.',
    ],
    [
      'a kind that is none',
      problemOfAny({ baseUrl, kinds: { app: 'app' } }),
      'kinds is a group of fields: a group of kinds by their names was expected.',
    ],
    [
      'guidelines that are no function',
      problemOfAny({ baseUrl, guidelines: [] }),
      'guidelines is a list of 0: a function that makes a list of guidelines was expected.',
    ],
    [
      'guidelines that make no list',
      problemOfAny({ baseUrl, guidelines: () => 'all of them' }),
      'guidelines gives the text "all of them": a list of guidelines was expected.',
    ],
    ...[{}, { ...guideline, name: 1 }, { ...guideline, check: true }, { ...guideline, fields: 'name' }]
      .concat([
        { ...guideline, fields: [1] },
        { ...guideline, level: 'soft' },
      ])
      .map((one): [string, unknown, string] => [
        `a guideline such as ${JSON.stringify(one)}`,
        problemOfAny({ baseUrl, guidelines: () => [{ ...guideline, name: 'fine' }, one] }),
        'guidelines gives a group of fields as number 2 of its list: what hard() or editorial() makes was expected.',
      ]),
    [
      'a guideline that is a text',
      problemOfAny({ baseUrl, guidelines: () => ['mine'] }),
      'guidelines gives the text "mine" as number 1 of its list: what hard() or editorial() makes was expected.',
    ],
    [
      'reserved words that are no texts',
      problemOfAny({ baseUrl, reservedSlugs: ['news', 7] }),
      'reservedSlugs is a list of 2: a list of texts was expected.',
    ],
    [
      'reserved words in one text',
      problemOfAny({ baseUrl, reservedSlugs: 'news' }),
      'reservedSlugs is the text "news": a list of texts was expected.',
    ],
    [
      'one reminder that is no list',
      problemOfAny({ baseUrl, remindDaysBefore: 7 }),
      'remindDaysBefore is the number 7: a list of whole numbers was expected.',
    ],
    [
      'a reminder that is a text',
      problemOfAny({ baseUrl, remindDaysBefore: ['7'] }),
      'remindDaysBefore has the text "7": whole numbers from 1 to less than publishWithinDays, 60, were expected.',
    ],
    [
      'a lift of content that is no function',
      problemOfAny({ baseUrl, contentVersion: 2, upcastContent: {} }),
      'upcastContent is a group of fields: a function was expected.',
    ],
    [
      'a page that is a text',
      problemOfAny({ baseUrl, pages: { lead: '/leads' } }),
      'pages.lead is the text "/leads": a function from ids to a path was expected.',
    ],
    [
      'an address that is a function',
      problemOfAny({ baseUrl: () => baseUrl }),
      'baseUrl is a function: the text of an absolute http or https URL was expected.',
    ],
    [
      'an address that is not absolute',
      problemOf({ baseUrl: 'market.example' }),
      'baseUrl is "market.example": an absolute http or https URL was expected, without a query.',
    ],
    [
      'an address of another protocol',
      problemOf({ baseUrl: 'ftp://market.example' }),
      'baseUrl is "ftp://market.example": an absolute http or https URL was expected, without a query.',
    ],
    [
      'an address that only ends like one',
      problemOf({ baseUrl: 'x-https://market.example' }),
      'baseUrl is "x-https://market.example": an absolute http or https URL was expected, without a query.',
    ],
    [
      'a kind that ends in a sign',
      problemOf({ kinds: { 'app!': one } }),
      'Kind "app!" has a name that is not letters, digits and hyphens, a small letter first, as was expected.',
    ],
    [
      'a reserved slug that ends in a sign',
      problemOf({ reservedSlugs: ['about!'] }),
      'reservedSlugs has "about!": small letters, digits and hyphens were expected.',
    ],
    [
      'an address with a query',
      problemOf({ baseUrl: 'https://market.example?a=b' }),
      'baseUrl is "https://market.example?a=b": an absolute http or https URL was expected, without a query.',
    ],
    [
      'an address with a fragment',
      problemOf({ baseUrl: 'https://market.example#a' }),
      'baseUrl is "https://market.example#a": an absolute http or https URL was expected, without a query.',
    ],
    [
      'days that are not positive',
      problemOf({ publishWithinDays: 0 }),
      'publishWithinDays is the number 0: a whole number from 1 to 36500 was expected.',
    ],
    [
      'days that never end',
      problemOf({ publishWithinDays: 40_000 }),
      'publishWithinDays is the number 40000: a whole number from 1 to 36500 was expected.',
    ],
    [
      'no hours at all',
      problemOf({ firstResponseWithinHours: 0 }),
      'firstResponseWithinHours is the number 0: a whole number from 1 to 876000 was expected.',
    ],
    [
      'hours that never end',
      problemOf({ firstResponseWithinHours: 876_001 }),
      'firstResponseWithinHours is the number 876001: a whole number from 1 to 876000 was expected.',
    ],
    [
      'invitations that are over at once',
      problemOf({ invitationDays: 0 }),
      'invitationDays is the number 0: a whole number from 1 to 36500 was expected.',
    ],
    [
      'invitations that never end',
      problemOf({ invitationDays: 36_501 }),
      'invitationDays is the number 36501: a whole number from 1 to 36500 was expected.',
    ],
    [
      'a threshold as long as the days',
      problemOf({ remindDaysBefore: [60] }),
      'remindDaysBefore has the number 60: whole numbers from 1 to less than publishWithinDays, 60, were expected.',
    ],
    [
      'a threshold of half a day',
      problemOf({ remindDaysBefore: [0.5] }),
      'remindDaysBefore has the number 0.5: whole numbers from 1 to less than publishWithinDays, 60, were expected.',
    ],
    ['a threshold twice', problemOf({ remindDaysBefore: [7, 7] }), 'remindDaysBefore has 7 twice: once was expected.'],
    ['no kinds', problemOf({ kinds: {} }), 'kinds is empty: at least one kind was expected.'],
    [
      'a kind without a proper name',
      problemOf({ kinds: { 'My app': one } }),
      'Kind "My app" has a name that is not letters, digits and hyphens, a small letter first, as was expected.',
    ],
    [
      'content that is no z.object',
      problemOf({ kinds: { app: { ...one, content: untyped('"text"') } } }),
      'Kind "app" has a content that is the text "text": a z.object was expected.',
    ],
    [
      'content without a name',
      problemOf({ kinds: { app: { ...one, content: z.object({ title: z.string() }) } } }),
      'Kind "app" has no field "name" in its content: every listing has a name.',
    ],
    [
      'content with a field that no object keeps as a key',
      problemOf({ kinds: { app: { ...one, content: z.object({ name: z.string(), ['__proto__']: z.string() }) } } }),
      'Kind "app" has a field "__proto__" in its content: another name was expected, which objects keep as a key.',
    ],
    [
      'a field that can never be stored',
      problemOf({ kinds: { app: { ...one, content: z.object({ name: z.string(), soldOn: z.date().optional() }) } } }),
      'Kind "app" has a field "soldOn" of z.date(), which can never be stored: what JSON can hold was expected, such as z.iso.date() for a day.',
    ],
    [
      'a name that is no text',
      problemOf({ kinds: { app: { ...one, content: z.object({ name: z.array(z.string()) }) } } }),
      'Kind "app" has a field "name" that is no text: a z.string was expected.',
    ],
    [
      'a check on content as a whole',
      problemOf({ kinds: { app: { ...one, content: datasetContent.refine(() => true) } } }),
      'Kind "app" has a check on its content as a whole, which would never be asked: a guideline was expected.',
    ],
    [
      'a kind without checks',
      problemOf({ kinds: { app: { ...one, checks: {} } } }),
      'Kind "app" has no checks: at least one was expected, as in { content: \'required\' }.',
    ],
    [
      'a kind whose checks are left out',
      problemOf({ kinds: { app: { content: datasetContent, ...untyped<Pick<typeof one, 'checks'>>('{}') } } }),
      'Kind "app" has no checks: at least one was expected, as in { content: \'required\' }.',
    ],
    [
      'an unknown need of a check',
      problemOf({ kinds: { app: { ...one, checks: { content: untyped('"maybe"') } } } }),
      'Kind "app" has a check "content" that is the text "maybe": \'required\' or \'optional\' was expected.',
    ],
    [
      'T23 a field that the kind does not have, among those that always need a review',
      problemOf<Kinds>({ kinds: { app: { ...one, reviewAlways: ['rows', 'price'] } } }),
      'Kind "app" has the text "price" in reviewAlways, which is none of its fields: one of name, rows, licence was expected.',
    ],
    [
      'T23 fields that always need a review and are no list',
      problemOf<Kinds>({ kinds: { app: { ...one, reviewAlways: untyped('"rows"') } } }),
      'Kind "app" has a reviewAlways that is the text "rows": a list of its fields was expected.',
    ],
    [
      'a guideline without a name',
      problemOf({ guidelines: () => [{ ...guideline, name: '' }] }),
      'A guideline has an empty name: reviewers and publishers know it by its name.',
    ],
    [
      'two guidelines of one name',
      problemOf({ guidelines: () => [guideline, guideline] }),
      'Guideline "mine" is there twice: one of each name was expected.',
    ],
    [
      'a guideline named as a built-in one',
      problemOf({ guidelines: () => [{ ...guideline, name: 'name-length' }] }),
      'Guideline "name-length" is there twice: one of each name was expected.',
    ],
    [
      'a guideline that reads nothing',
      problemOf({ guidelines: () => [{ ...guideline, fields: [] }] }),
      'Guideline "mine" reads no fields: at least one was expected.',
    ],
    [
      'a guideline on a field that no kind has',
      problemOf({ guidelines: () => [{ ...guideline, fields: ['region'] }] }),
      'Guideline "mine" reads the field "region", which no kind has.',
    ],
    [
      'a guideline for a kind that does not exist',
      problemOf({ guidelines: () => [{ ...guideline, kinds: ['app', 'dataset'] }] }),
      'Guideline "mine" is for the kind "dataset", which does not exist.',
    ],
    [
      'a reserved word that no slug can be',
      problemOf({ reservedSlugs: ['Admin'] }),
      'reservedSlugs has "Admin": small letters, digits and hyphens were expected.',
    ],
    [
      'a page that is no function',
      problemOf({ pages: { review: '/review' as never } }),
      'pages.review is the text "/review": a function from ids to a path was expected.',
    ],
    [
      'a page that there is not',
      problemOf({ pages: { reviews: () => '/reviews' } as never }),
      'pages has "reviews": one of publisher, listing, review, lead, invitation was expected.',
    ],
    ...['https://elsewhere.example/', '//elsewhere.example', 'review', '/a b', '/a#b', '/a\\b', '/a\nb'].map(
      (path): [string, unknown, string] => [
        `a page whose path is ${JSON.stringify(path)}`,
        problemOf({ pages: { lead: () => path } }),
        `pages.lead gives the text "${path}": a path was expected that begins with one slash, without spaces or a fragment.`,
      ],
    ),
    [
      'a page without a path',
      problemOf({ pages: { lead: () => undefined as never } }),
      'pages.lead gives nothing: a path was expected that begins with one slash, without spaces or a fragment.',
    ],
    [
      'a version of content below 1',
      problemOf({ contentVersion: 0 }),
      'contentVersion is the number 0: a whole number from 1 was expected.',
    ],
    [
      'B9 another version of the content that nothing lifts older content to',
      problemOf({ contentVersion: 2 }),
      'contentVersion is 2 without upcastContent: a function was expected that lifts content of older versions.',
    ],
  ]

  it.each(cases)('%s', (_what, refused, sentence) => {
    expect(refused).toBe(`bad-rules: ${sentence}`)
  })

  it('rules that are fine are not', () => {
    expect(problemOf({ guidelines: () => [{ ...guideline, kinds: ['app'] }] })).toMatchObject({ baseUrl })
    expect(problemOf({ kinds: { app: { ...one, content: z.object({ name: z.custom<string>() }) } } })).toMatchObject({
      baseUrl,
    })
    expect(problemOf({ baseUrl: 'http://localhost:3000' })).toMatchObject({ baseUrl: 'http://localhost:3000' })
  })
})

describe('the text of the fingerprint', () => {
  it('is the same for the same rules, however they were written down', () => {
    expect(rulesFingerprintText(regional())).toBe(rulesFingerprintText(regional()))
    const { app, service } = defaultKinds
    const turned = defineMarketplace({
      baseUrl: 'https://elsewhere.example',
      kinds: { service, app: { checks: app.checks, content: app.content } },
      remindDaysBefore: [1, 30, 7, 14],
    })
    expect(rulesFingerprintText(turned)).toBe(rulesFingerprintText(defineMarketplace({ baseUrl })))
  })

  it('T23 says which fields always need a review, whether a kind names them or not', () => {
    const { app } = defaultKinds
    const textOf = (kind: Kind) => rulesFingerprintText(defineMarketplace<Kinds>({ baseUrl, kinds: { app: kind } }))
    const reviewAlways = alwaysReviewed(app)
    expect(textOf({ ...app, reviewAlways: reviewAlways.toReversed() })).toBe(textOf(app))
    expect(textOf({ ...app, reviewAlways: ['pricing', 'name'] })).toBe(textOf({ ...app, reviewAlways: ['pricing'] }))
  })

  it('property: the order of reserved words does not matter', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['aa', 'bb', 'cc', 'dd'], { minLength: 4 }), (reservedSlugs) => {
        const sorted = defineMarketplace({ baseUrl, reservedSlugs: reservedSlugs.toSorted() })
        expect(rulesFingerprintText(defineMarketplace({ baseUrl, reservedSlugs }))).toBe(rulesFingerprintText(sorted))
      }),
    )
  })

  it('is another one when anything that is data changes', () => {
    const { app, service } = defaultKinds
    const others = [
      {},
      { publishWithinDays: 61 },
      { remindDaysBefore: [7] },
      { firstResponseWithinHours: 24 },
      { invitationDays: 7 },
      { reservedSlugs: ['more'] },
      { contentVersion: 2, upcastContent: (content: JsonObject) => content },
      { kinds: { app } },
      { kinds: { app, service: { ...service, checks: { content: 'required' as const } } } },
      { kinds: { app: { ...app, content: appContent.extend({ region: z.enum(['eu']) }) }, service } },
      { kinds: { app: { ...app, reviewAlways: ['pricing'] }, service } },
      { kinds: { app, service: { ...service, reviewAlways: [] } } },
      { kinds: { app: { ...app, content: appContent.extend({ region: z.enum(['eu']).optional() }) }, service } },
      { guidelines: () => [{ name: 'a', level: 'hard' as const, fields: ['name'], check: () => true as const }] },
      { guidelines: () => [{ name: 'a', level: 'editorial' as const, fields: ['name'], check: () => true as const }] },
      { guidelines: () => [{ name: 'a', level: 'hard' as const, fields: ['icon'], check: () => true as const }] },
      {
        guidelines: () => [
          { name: 'a', level: 'hard' as const, fields: ['name'], kinds: ['app'], check: () => true as const },
        ],
      },
    ]
    const texts = others.map((settings) => rulesFingerprintText(defineMarketplace<Kinds>({ baseUrl, ...settings })))
    expect(new Set(texts).size).toBe(others.length)
  })

  it('describes schemas that JSON Schema cannot, as far as it goes', () => {
    const content = z.object({
      name: z.string(),
      since: z.string().transform((text) => text.trim()),
      any: z.custom<string>(),
    })
    const rules = defineMarketplace({ baseUrl, kinds: { app: { content, checks: { content: 'required' } } } })
    expect(JSON.parse(rulesFingerprintText(rules))).toMatchObject({
      kinds: {
        app: { content: { properties: { name: { type: 'string' }, since: { type: 'string' }, any: {} } } },
      },
    })
  })
})
