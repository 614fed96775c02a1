import { defaultKinds, defineMarketplace, type JsonObject, jsonProblem } from '@vitrine/core'
import { appSample, serviceSample } from '@vitrine/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { completeness, fieldsOf, findings, hasValue } from './content.js'
import { type PreviewBlock, preview } from './preview.js'
import { shownAs } from './shown.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })
const listingId = '0198c0de-0000-7000-8000-000000000001'
const complete: JsonObject = { name: 'Abacus', ...appSample }

function blocks(content: JsonObject, kind = 'app'): readonly PreviewBlock[] {
  return preview(rules, { kind, listingId, content }).sections.flatMap((section) => section.blocks)
}

function block(content: JsonObject, field: string): PreviewBlock | undefined {
  return blocks(content).find((one) => one.field === field)
}

describe('the preview of a draft', () => {
  it('says where the page would be: under its vanity URL if it has one', () => {
    expect(preview(rules, { kind: 'app', listingId, content: {} })).toMatchObject({
      path: `/listings/${listingId}`,
      url: `https://market.example/listings/${listingId}`,
      title: '',
    })
    expect(preview(rules, { kind: 'app', listingId, content: complete, slug: 'abacus' })).toMatchObject({
      path: '/abacus',
      url: 'https://market.example/abacus',
      title: 'Abacus',
    })
  })

  it('shows the sections in reading order, those with nothing to show left out', () => {
    const { sections } = preview(rules, { kind: 'app', listingId, content: complete })
    expect(sections.map(({ heading }) => heading)).toEqual([
      'At a glance',
      'Screenshots and videos',
      'Description',
      'Pricing and terms',
      'Requirements',
      'Support',
      'How it is found',
    ])
  })

  it('shows every field in its section', () => {
    const content = Object.fromEntries(
      [...fieldsOf(rules.kinds.app), ...fieldsOf(rules.kinds.service)].map((field) => [field, 'x']),
    )
    const { sections } = preview(rules, { kind: 'app', listingId, content })
    expect(sections.map(({ name, heading, blocks }) => [name, heading, ...blocks.map(({ field }) => field)])).toEqual([
      ['title', 'At a glance', 'name', 'headline', 'icon', 'banner', 'shortDescription'],
      ['gallery', 'Screenshots and videos', 'screenshots', 'videos'],
      ['description', 'Description', 'longDescription', 'productVersion'],
      ['services', 'What is offered', 'offered', 'geography', 'trainedPeople'],
      ['pricing', 'Pricing and terms', 'pricing', 'termsOfUse', 'demoUrl'],
      ['requirements', 'Requirements', 'systemRequirements', 'contentLanguage', 'supportedLanguages', 'markets'],
      ['support', 'Support', 'supportContacts', 'supportLinks'],
      ['documents', 'Related documents', 'documents'],
      ['discovery', 'How it is found', 'categories', 'keywords'],
    ])
  })

  it('T31 marks what is missing at its place, and says how complete it is', () => {
    const { percent, missing } = preview(rules, { kind: 'app', listingId, content: { name: 'Abacus' } })
    expect({ percent, missing }).toEqual(completeness(rules.kinds.app, { name: 'Abacus' }))
    expect(block({ name: 'Abacus' }, 'icon')).toEqual({
      field: 'icon',
      label: 'Icon',
      findings: [],
      type: 'missing',
      phrase: 'an icon',
      required: true,
    })
    expect(block({ name: 'Abacus' }, 'banner')).toBeUndefined()
  })

  it('puts every finding beside its field', () => {
    const content = { ...complete, demoUrl: 'soon', headline: '1\n2\n3' }
    expect(block(content, 'demoUrl')?.findings).toMatchObject([{ guideline: 'https-links', field: 'demoUrl' }])
    expect(block(content, 'headline')?.findings).toMatchObject([{ guideline: 'headline-lines' }])
    expect(preview(rules, { kind: 'app', listingId, content }).findings).toEqual(findings(rules, 'app', content))
  })

  it('shows a finding beside a field that has no value', () => {
    const strict = defineMarketplace({
      baseUrl: 'https://market.example',
      guidelines: ({ hard }) => [
        hard(
          'terms-for-a-price',
          ['termsOfUse', 'pricing'],
          ({ termsOfUse }) => termsOfUse !== undefined || 'Add terms.',
        ),
      ],
    })
    const { sections } = preview(strict, { kind: 'app', listingId, content: complete })
    expect(sections.flatMap((section) => section.blocks).find(({ field }) => field === 'termsOfUse')).toMatchObject({
      type: 'missing',
      phrase: 'terms of use',
      required: false,
      findings: [{ guideline: 'terms-for-a-price' }],
    })
  })

  it('shows what a service offers', () => {
    const { sections } = preview(rules, { kind: 'service', listingId, content: { name: 'Books', ...serviceSample } })
    expect(sections.find(({ name }) => name === 'services')?.blocks).toMatchObject([
      {
        type: 'facts',
        groups: [
          [
            { label: 'Service', value: 'training' },
            { label: 'Description', value: 'Three days on site' },
          ],
        ],
      },
      { type: 'list', items: ['Western Europe'] },
    ])
  })

  it("shows the fields of a marketplace's own schema last, and what an older schema left", () => {
    const own = defineMarketplace({
      baseUrl: 'https://market.example',
      kinds: {
        app: { ...defaultKinds.app, content: defaultKinds.app.content.extend({ region: z.enum(['eu', 'us']) }) },
      },
    })
    const { sections } = preview(own, { kind: 'app', listingId, content: { ...complete, region: 'eu', former: ['x'] } })
    expect(sections.at(-1)).toEqual({
      name: 'more',
      heading: 'More',
      blocks: [
        { field: 'region', label: 'Region', findings: [], type: 'text', paragraphs: ['eu'] },
        { field: 'former', label: 'Former', findings: [], type: 'list', items: ['x'] },
      ],
    })
  })

  it('property: is plain JSON, shows every value and every missing field once, and changes nothing', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(complete)))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(complete), 'former'), value), (any) => {
        const content = JSON.parse(JSON.stringify(any)) as JsonObject
        const before = JSON.stringify(content)
        const page = preview(rules, { kind: 'app', listingId, content })
        const shown = page.sections.flatMap((section) => section.blocks.map(({ field }) => field))
        const expected = new Set([
          ...page.missing,
          ...page.findings.map(({ field }) => field),
          ...Object.keys(content).filter((field) => hasValue(content[field])),
        ])
        expect(jsonProblem(page)).toBeUndefined()
        expect(shown.toSorted()).toEqual([...expected].sort())
        expect(JSON.stringify(content)).toBe(before)
      }),
    )
  })
})

describe('a value is shown by its shape', () => {
  it('a text in paragraphs, its lines kept', () => {
    expect(shownAs('One\r\ntwo\n \n\nThree')).toEqual({ type: 'text', paragraphs: ['One\ntwo', 'Three'] })
  })

  it('a link as one that can be followed', () => {
    const url = 'https://demo.example'
    expect(shownAs(url)).toEqual({ type: 'links', items: [{ label: url, url }] })
    expect(shownAs([{ label: 'Help', url }])).toEqual({ type: 'links', items: [{ label: 'Help', url }] })
  })

  it('pictures, films and documents with their words', () => {
    const file = { url: 'https://files.example/a', mediaType: 'image/png', bytes: 1, sha256: '' }
    expect(shownAs({ ...file, alt: 'An icon' })).toEqual({
      type: 'media',
      items: [{ url: file.url, mediaType: file.mediaType, text: 'An icon' }],
    })
    expect(shownAs([{ ...file, caption: 'A guide', category: 'userGuide' }])).toEqual({
      type: 'media',
      items: [{ url: file.url, mediaType: file.mediaType, text: 'A guide', category: 'userGuide' }],
    })
  })

  it('groups of fields as facts, what is nested in one line', () => {
    expect(
      shownAs({ model: 'paid', seats: 3, trial: true, refund: false, note: null, tiers: ['a', { from: 1, to: 2 }] }),
    ).toEqual({
      type: 'facts',
      groups: [
        [
          { label: 'Model', value: 'paid' },
          { label: 'Seats', value: '3' },
          { label: 'Trial', value: 'yes' },
          { label: 'Refund', value: 'no' },
          { label: 'Note', value: '' },
          { label: 'Tiers', value: 'a, From: 1; To: 2' },
        ],
      ],
    })
    expect(shownAs([{ url: 'https://a.example' }, { url: 'https://a.example', label: 'A' }])).toMatchObject({
      type: 'facts',
    })
    const media = { url: 'https://a.example', mediaType: 'image/png' }
    for (const group of [
      { ...media, mediaType: 3 },
      { ...media, url: 3 },
      { url: 3, label: 'A' },
    ]) {
      expect(shownAs([group])).toMatchObject({ type: 'facts' })
    }
    expect(shownAs([media, { url: media.url }])).toMatchObject({ type: 'facts' })
  })

  it('other lists as lists', () => {
    expect(shownAs([1, { a: 'b' }])).toEqual({ type: 'list', items: ['1', 'A: b'] })
    expect(shownAs([])).toEqual({ type: 'list', items: [] })
  })
})
