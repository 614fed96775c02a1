import { defineMarketplace, type JsonObject } from '@vitrine/core'
import { appSample } from '@vitrine/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findings } from './content.js'
import { isCountryCode, isEmail, isHttpsLink, isLanguageTag, isPhone } from './formats.js'
import { builtInGuidelines } from './guidelines.js'
import { isGroup, isList } from './read.js'

const rules = defineMarketplace({ baseUrl: 'https://market.example' })

function found(content: JsonObject, kind = 'app'): readonly string[] {
  return findings(rules, kind, content).map(({ guideline, message }) => `${guideline}: ${message}`)
}

const file = { url: 'https://files.example/a', mediaType: 'image/png', bytes: 1000, sha256: 'a'.repeat(64) }
const picture = { ...file, alt: 'A folded invoice' }
const shot = { ...file, caption: 'The month at a glance' }

describe('the built-in guidelines', () => {
  it('are met by complete content', () => {
    expect(found({ name: 'Abacus', ...appSample })).toEqual([])
  })

  it('are hard but for what only advises', () => {
    const advice = builtInGuidelines.filter(({ level }) => level === 'editorial').map(({ name }) => name)
    expect(advice).toEqual(['name-short', 'support-contact-format'])
  })
})

describe('a name', () => {
  it('of 36 characters is fine, of 37 is advised against, of 81 is too long', () => {
    expect(found({ name: 'x'.repeat(36) })).toEqual([])
    expect(found({ name: 'x'.repeat(37) })).toEqual([
      'name-short: The name has 37 characters. Lists cut it after 36: a shorter one is read whole.',
    ])
    expect(found({ name: 'x'.repeat(80) })).toHaveLength(1)
    expect(found({ name: 'x'.repeat(81) })).toEqual(['name-length: Name has 81 characters. Shorten it to 80 at most.'])
  })

  it('is counted as people count', () => {
    expect(found({ name: '🧮'.repeat(36) })).toEqual([])
  })

  it('stands on one line', () => {
    expect(found({ name: 'Aba\ncus' })).toEqual(['name-lines: Name has 2 lines. Bring it down to one.'])
  })
})

describe('all content together', () => {
  const filled = (bytes: number) => {
    const content = { name: 'Abacus', license: 'é', termsOfUse: '' }
    const missing = bytes - new TextEncoder().encode(JSON.stringify(content)).length
    return { ...content, termsOfUse: 'x'.repeat(missing) }
  }

  it('can be published: it has 800,000 bytes at most, whatever fields they are in', () => {
    expect(found(filled(800_000))).toEqual([])
    expect(found(filled(800_001))).toEqual([
      'content-size: All content together has 800001 bytes, 799955 of them in Terms of use. Shorten it to 800000 at most.',
    ])
  })
})

describe('texts', () => {
  it('a headline has two lines at most, however they end', () => {
    expect(found({ headline: 'one\r\ntwo' })).toEqual([])
    expect(found({ headline: 'one\rtwo\u2028three' })).toEqual([
      'headline-lines: Headline has 3 lines. Bring it down to 2.',
    ])
  })

  it.each([
    ['headline', 200, 'headline-length'],
    ['shortDescription', 500, 'short-description-length'],
    ['longDescription', 20_000, 'long-description-length'],
    ['systemRequirements', 5000, 'system-requirements-length'],
  ])('%s has %i characters at most', (field, most, guideline) => {
    expect(found({ [field]: 'x'.repeat(most) })).toEqual([])
    expect(found({ [field]: 'x'.repeat(most + 1) })).toEqual([expect.stringContaining(`${guideline}: `)])
  })

  it('keywords are ten at most, of 40 characters at most', () => {
    expect(found({ keywords: Array.from({ length: 10 }, () => 'x'.repeat(40)) })).toEqual([])
    expect(found({ keywords: [...Array.from({ length: 10 }, () => 'a'), 'y'.repeat(41)] })).toEqual([
      'keyword-count: Keywords has 11 entries. Keep the best 10.',
      `keyword-length: The keyword "${'y'.repeat(41)}" has 41 characters. Shorten it to 40 at most.`,
    ])
  })

  it.each([
    ['categories', 3, 'a'],
    ['screenshots', 10, shot],
    ['videos', 5, { ...shot, mediaType: 'video/mp4' }],
    ['documents', 20, { ...shot, category: 'userGuide', mediaType: 'application/pdf' }],
    ['supportContacts', 10, { phone: '+33 1 23 45 67 89' }],
    ['supportLinks', 10, { label: 'Help', url: 'https://help.example' }],
  ])('%s has %i entries at most', (field, most, entry) => {
    expect(found({ [field]: Array.from({ length: most }, () => entry) })).toEqual([])
    expect(found({ [field]: Array.from({ length: most + 1 }, () => entry) })).toEqual([
      expect.stringMatching(/-count: .* has \d+ entries/),
    ])
  })
})

describe('files', () => {
  it('are of a type that browsers show', () => {
    expect(found({ icon: { ...picture, mediaType: 'image/tiff' } })).toEqual([
      'icon-type: Icon is of the type "image/tiff". Use image/png or image/jpeg or image/webp.',
    ])
    expect(found({ videos: [{ ...shot, mediaType: 'video/mp4' }, shot] })).toEqual([
      'videos-type: Videos: entry 2 is of the type "image/png". Use video/mp4 or video/webm.',
    ])
  })

  it('are not too big, and a size just above the limit does not look like the limit', () => {
    expect(found({ icon: { ...picture, bytes: 1_000_000 } })).toEqual([])
    expect(found({ icon: { ...picture, bytes: 1_000_001 } })).toEqual([
      'icon-size: Icon has 1.1 MB. Bring it down to 1 MB at most.',
    ])
    expect(found({ icon: { ...picture, bytes: '1000001' } })).toEqual([])
  })

  it('are described for those who cannot see them', () => {
    expect(found({ banner: { ...picture, alt: ' ' } })).toEqual([
      'banner-described: Banner has no words. Say what it shows, for those who cannot see it.',
    ])
    expect(found({ screenshots: [shot, { ...shot, caption: '' }] })).toEqual([
      'screenshots-described: Screenshots: entry 2 has no words. Say what it shows, for those who cannot see it.',
    ])
  })
})

describe('links', () => {
  it('are secure and whole, and each finding stands beside its field', () => {
    const content = { demoUrl: 'http://demo.example', supportLinks: [{ label: 'Help', url: 'help' }], icon: picture }
    expect(findings(rules, 'app', content)).toEqual([
      {
        guideline: 'https-links',
        level: 'hard',
        field: 'supportLinks',
        message: '"help" is no secure link. Give a whole one that begins with https://.',
      },
      {
        guideline: 'https-links',
        level: 'hard',
        field: 'demoUrl',
        message: '"http://demo.example" is no secure link. Give a whole one that begins with https://.',
      },
    ])
  })

  it('are looked for in every field that may hold one', () => {
    const url = 'http://files.example/a'
    const fields = {
      icon: { ...picture, url },
      banner: { ...picture, url },
      screenshots: [{ ...shot, url }],
      videos: [{ ...shot, url, mediaType: 'video/mp4' }],
      documents: [{ ...shot, url, category: 'userGuide', mediaType: 'application/pdf' }],
      supportLinks: [{ label: 'Help', url }],
      demoUrl: url,
    }
    for (const [field, value] of Object.entries(fields)) {
      expect(findings(rules, 'app', { [field]: value })).toMatchObject([{ guideline: 'https-links', field }])
    }
  })

  it.each(['https://a.example', 'HTTPS://a.example/é?x=1#y', 'https://user.example:8443/'])('%s is one', (link) => {
    expect(isHttpsLink(link)).toBe(true)
  })

  it.each([
    '',
    'http://a.example',
    'https:a.example',
    'https://',
    'https:///x',
    'https://a b',
    'javascript:alert(1)',
    ' https://a.example',
    'https://user:word@a.example',
    'https://:word@a.example',
    'https://user@a.example',
  ])('"%s" is none', (link) => {
    expect(isHttpsLink(link)).toBe(false)
  })
})

describe('support contacts', () => {
  it('each has a valid telephone number or a valid e-mail address', () => {
    expect(found({ supportContacts: [{ phone: '+33 (0)1 23-45.67' }, { email: 'help@publisher.example' }] })).toEqual(
      [],
    )
    expect(found({ supportContacts: [{ email: 'help@publisher.example' }, { name: 'Ada', phone: '12' }] })).toEqual([
      'support-contact-reachable: Support contact 2 has neither a valid telephone number nor a valid e-mail address. Give one of them.',
    ])
  })

  it('where one of the two is valid the other is only advised against', () => {
    expect(found({ supportContacts: [{ phone: 'call us', email: 'help@publisher.example' }] })).toEqual([
      'support-contact-format: "call us" is no telephone number that can be called.',
    ])
    expect(found({ supportContacts: [{ phone: '+33123456', email: 'help' }] })).toEqual([
      'support-contact-format: "help" is no e-mail address.',
    ])
  })

  it.each(['a@b.example', 'a@b1c.d.example', 'a.b+c@é.example', "o'neil@xn--bcher-kva.example"])(
    '%s is an e-mail address',
    (text) => {
      expect(isEmail(text)).toBe(true)
    },
  )

  it('an e-mail address has 254 characters at most', () => {
    const domain = (last: number) => [63, 63, last].map((length) => 'b'.repeat(length)).join('.')
    expect([61, 62].map((last) => isEmail(`${'a'.repeat(64)}@${domain(last)}`))).toEqual([true, false])
  })

  it.each([
    '',
    'a',
    'a@b',
    'a@.example',
    'a@-b.example',
    'a b@c.example',
    'A <a@b.example>',
    'a@b.example>',
    'a@b_c.example',
    'a@b_.example',
    'a@b-.example',
    'a@b.ex_mple',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(63)}.${'c.'.repeat(100)}example`,
  ])('"%s" is none', (text) => {
    expect(isEmail(text)).toBe(false)
  })

  it('a telephone number has 6 to 15 digits and no letters', () => {
    expect(['123456', '1'.repeat(15), '+49 30 1234567', '(030) 123-456'].map(isPhone)).toEqual([true, true, true, true])
    expect(['12345', '1'.repeat(16), '0800-FLOWERS', '123+456', ''].map(isPhone)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('languages and markets', () => {
  it('are named by their codes', () => {
    expect(
      found({ contentLanguage: 'English', supportedLanguages: ['fr-CA', 'français'], markets: ['FR', 'fr'] }),
    ).toEqual([
      'language-tags: "English" is no language tag. Write it as in en or fr-CA.',
      'language-tags: "français" is no language tag. Write it as in en or fr-CA.',
      'market-codes: "fr" is no country code. Write two capital letters, as in FR.',
    ])
    for (const content of [{ contentLanguage: 'English' }, { supportedLanguages: ['English'] }]) {
      expect(found(content)).toEqual(['language-tags: "English" is no language tag. Write it as in en or fr-CA.'])
    }
    expect(['en', 'zh-Hant-TW', 'de-1996'].map(isLanguageTag)).toEqual([true, true, true])
    expect(['e', 'en_US', 'en-'].map(isLanguageTag)).toEqual([false, false, false])
    expect(['FR', 'FRA'].map(isCountryCode)).toEqual([true, false])
  })
})

describe('pricing, product version and services', () => {
  it('a price that is not free has terms', () => {
    expect(found({ pricing: { model: 'free' } })).toEqual([])
    expect(found({ pricing: { model: 'paid', terms: '20 EUR a month' } })).toEqual([])
    expect(found({ pricing: { model: 'byol', terms: ' ' } })).toEqual([
      'pricing-terms: The price is "byol" without terms. Say what a customer pays, or brings, and when.',
    ])
  })

  it('a product version has a number', () => {
    expect(found({ productVersion: { number: '2.1' } })).toEqual([])
    for (const number of ['', ' ']) {
      expect(found({ productVersion: { number } })).toEqual([
        'product-version-number: The product version has no number. Give it, or remove the product version.',
      ])
    }
  })

  it('a service that is something else is described', () => {
    const other = { service: 'other' }
    const offered = [{ service: 'training' }, { ...other, description: 'Audits' }]
    expect(found({ offered }, 'service')).toEqual([])
    for (const undescribed of [other, { ...other, description: ' ' }]) {
      expect(found({ offered: [...offered, undescribed] }, 'service')).toEqual([
        'other-service-described: A service is listed as "other" without a description. Say what it is.',
      ])
    }
  })
})

describe('a field whose schema the marketplace replaced', () => {
  it('is left alone by guidelines that know another shape', () => {
    const odd = { name: 3, keywords: 'a', icon: 'b', screenshots: 'c', pricing: ['free'], markets: { eu: true } }
    expect(findings(rules, 'app', odd).map(({ guideline }) => guideline)).toEqual(['https-links', 'https-links'])
    expect(found({ markets: ['FR', 3, null] })).toEqual([])
    expect(isList('a') || isGroup([]) || isGroup(null)).toBe(false)
  })

  it('property: guidelines say the same of the same content, and name a field that is there', () => {
    const field = fc.constantFrom(...Object.keys(appSample))
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), (any) => {
        const content = JSON.parse(JSON.stringify(any)) as JsonObject
        const first = findings(rules, 'app', content)
        expect(findings(rules, 'app', content)).toEqual(first)
        for (const finding of first) expect(Object.keys(content)).toContain(finding.field)
      }),
    )
  })
})
