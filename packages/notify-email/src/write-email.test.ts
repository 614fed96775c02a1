import { type Locale, locales, type Message, type MessageKind, messageKindNames } from '@vitrine/core'
import { sampleFacts, sampleMessages } from '@vitrine/testing'
import { parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { elementsOf, textOf } from '../test/html.js'
import { type Writing, writeEmail } from './index.js'

const reader = { by: 'email', email: 'reader@market.example', name: 'Camille Valmont' } as const

describe('the usual message of each kind', () => {
  it('has a subject that says what it is about, in English', () => {
    expect(subjectsIn('en')).toEqual({
      'listing-submitted': 'For review: “Ledgerline” (Marsh Software)',
      'question-asked': 'Answer needed: a question about “Ledgerline”',
      'changes-suggested': 'A suggestion for “Ledgerline”',
      'evidence-requested': 'Evidence needed for “The ten-day move”',
      'question-answered': 'Answered: your question about “Ledgerline”',
      'evidence-provided': 'Evidence for “The ten-day move”: proof of ability',
      'approved-and-live': 'Approved and live: “Ledgerline”',
      'publish-before': 'Approved: publish “Ledgerline” by 30 April 2026',
      rejected: '“Ledgerline” was not approved: 2 points to fix',
      published: 'Live: “Ledgerline”',
      'publication-reminder': '14 days left to publish “Ledgerline”',
      'auto-rejected': 'The approval of “Ledgerline” has lapsed',
      'lead-captured': 'A new lead for “Ledgerline”',
      invitation: 'Ada Marsh invites you to join Marsh Software on Halles',
      'auto-publish-revoked': 'No more automatic publication for Marsh Software',
    })
  })

  it('has a subject that says what it is about, in French', () => {
    expect(subjectsIn('fr')).toEqual({
      'listing-submitted': 'À examiner : « Carnet Clair » (Atelier Valmont)',
      'question-asked': 'Réponse attendue : une question sur « Carnet Clair »',
      'changes-suggested': 'Une suggestion pour « Carnet Clair »',
      'evidence-requested': 'Justificatifs demandés pour « Clôture sereine »',
      'question-answered': 'Réponse à votre question sur « Carnet Clair »',
      'evidence-provided': 'Justificatifs pour « Clôture sereine » : preuve de capacité',
      'approved-and-live': 'Approuvée et en ligne : « Carnet Clair »',
      'publish-before': 'Approuvée : publiez « Carnet Clair » au plus tard le 1er mai 2026',
      rejected: '« Carnet Clair » n’a pas été approuvée : 2 points à corriger',
      published: 'En ligne : « Carnet Clair »',
      'publication-reminder': 'Plus que 14 jours pour publier « Carnet Clair »',
      'auto-rejected': 'L’approbation de votre annonce « Carnet Clair » a expiré',
      'lead-captured': 'Une nouvelle demande pour « Carnet Clair »',
      invitation: 'Camille Valmont vous invite à rejoindre « Atelier Valmont » sur Halles',
      'auto-publish-revoked': 'Fin de la publication automatique pour « Atelier Valmont »',
    })
  })

  it.each(locales)('greets the reader, and says who sent it and when it was so, in %s', (locale) => {
    const { text } = write('published', locale)
    const says = {
      en: ['Hello Camille Valmont,', 'The Halles team', 'Marsh Software.', 'Sunday 1 March 2026 at 14:05 UTC'],
      fr: [
        'Bonjour Camille Valmont,',
        'L’équipe Halles',
        '« Atelier Valmont ».',
        'dimanche 1er mars 2026 à 14 h 05 UTC',
      ],
    }
    for (const words of says[locale]) expect(text).toContain(words)
  })

  it.each(locales)('leads on by one link, in %s', (locale) => {
    for (const kind of messageKindNames) {
      const { page, link } = sampleFacts[locale][kind][0] as { readonly page: string; readonly link?: string }
      expect(write(kind, locale).text.split('\n')).toContain(link ?? page)
    }
  })
})

describe('T18 the link of a listing', () => {
  it.each(locales)(
    'stands in what says that it is live, and in nothing that says that it is not yet, in %s',
    (locale) => {
      for (const kind of ['approved-and-live', 'published'] as const) {
        expect(write(kind, locale, 0).text).toMatch(/^https:\/\/market\.example\/(ledgerline|carnet-clair)$/m)
        expect(write(kind, locale, 1).text).toMatch(/^https:\/\/market\.example\/private\/\w+$/m)
      }
      expect(write('publish-before', locale).text).not.toMatch(/ledgerline|carnet-clair|private/)
    },
  )

  it('says who can see it', () => {
    expect(write('published', 'en', 0).text).toContain('Everybody can see it here:')
    expect(write('published', 'en', 1).text).toContain('only those who have this link can see it')
    expect(write('approved-and-live', 'fr', 1).text).toContain('seules les personnes qui disposent de ce lien')
  })
})

describe('T9 an approval that leaves publishing to the publisher', () => {
  it.each([
    [1, 'does not hold the right to it', 'n’en a pas le droit'],
    [2, 'Your company is suspended on Halles', 'Votre entreprise est actuellement suspendue sur Halles'],
    [3, 'The listing is suspended', 'L’annonce est actuellement suspendue'],
    [4, 'withdrawn in the meantime', 'L’annonce ayant été retirée entre-temps'],
  ])('says why, in case %i', (index, english, french) => {
    expect(write('publish-before', 'en', index).text).toContain(english)
    expect(write('publish-before', 'fr', index).text).toContain(french)
  })

  it('says nothing of it where manual was chosen, and offers to publish', () => {
    expect(write('publish-before', 'en').text).not.toContain('automatic publication')
    expect(write('publish-before', 'en').text).toContain('Publish the listing:')
    expect(write('publish-before', 'fr').text).toContain('Publier l’annonce')
  })

  it('offers no publishing while that is refused', () => {
    for (const index of [2, 3]) {
      expect(write('publish-before', 'en', index).text).not.toMatch(/Publish the listing|one click/)
      expect(write('publish-before', 'fr', index).text).not.toMatch(/Publier l’annonce|un clic/)
    }
  })
})

describe('a message', () => {
  it('of a rejection holds every reason and how to fix it', () => {
    const { text } = write('rejected', 'en')
    expect(text).toContain('1. Screenshots')
    expect(text).toContain('What they saw: The second screenshot is blurred; the figures cannot be read.')
    expect(text).toContain('How to fix it: Replace it with one that is at least 1280 pixels wide.')
    expect(text).toContain('Guideline: Screenshots legible')
    expect(text).toContain('2. The listing as a whole')
    expect(text).toContain('How to fix it:\n  Give us an account,\n  or a link that works without one.')
  })

  it('of a submission says what differs, in the words of the reader', () => {
    expect(write('listing-submitted', 'en').text).toContain(
      '- Short description\n- Screenshots\n- Pricing\n- Vanity URL\n- Carbon footprint',
    )
    expect(write('listing-submitted', 'fr').text).toContain(
      '- Description courte\n- Captures d’écran\n- Tarif\n- URL personnalisée\n- Empreinte carbone',
    )
    expect(write('listing-submitted', 'en', 1).text).toContain('No revision of it is live')
    expect(write('listing-submitted', 'fr', 2).text).toContain('Rien n’a changé depuis la dernière décision')
    const nothing = { ...sampleFacts.en['listing-submitted'][0], differs: [] }
    expect(writeEmail(messageOf('listing-submitted', 'en', nothing), halles).text).toContain('does not differ')
  })

  it('of a question says whether the review waits for the answer', () => {
    expect(write('question-asked', 'en', 0).text).toContain('cannot be approved while this question is open')
    expect(write('question-asked', 'en', 1).text).toContain('The review goes on meanwhile')
    expect(write('question-asked', 'fr', 1).subject).toBe(plain('Une question sur « Carnet Clair »'))
  })

  it('of a reminder counts one day and many as the language does', () => {
    expect(write('publication-reminder', 'en', 1).subject).toBe(plain('1 day left to publish “Ledgerline”'))
    expect(write('publication-reminder', 'fr', 1).subject).toBe(plain('Plus que 1 jour pour publier « Carnet Clair »'))
  })

  it('of a lead says who asks; nothing is made up where that was erased', () => {
    expect(write('lead-captured', 'en', 0).text).toMatch(
      /Name: Nora West\nCompany: Northwind\nE-mail: nora@\S+\nPhone: \+44/,
    )
    expect(write('lead-captured', 'en', 1).text).not.toMatch(/Company|E-mail/)
    expect(write('lead-captured', 'en', 2).text).toContain('Their details have been erased in the meantime.')
  })

  it('of a right that ended names the submissions, or says that there are none', () => {
    expect(write('auto-publish-revoked', 'en', 0).text).toContain('- Ledgerline\n- Night shift')
    expect(write('auto-publish-revoked', 'fr', 1).text).toContain('Aucune soumission en cours')
  })

  it('to somebody whose name nobody knows greets them all the same', () => {
    const { name: _, ...nameless } = reader
    for (const address of [nameless, { ...nameless, name: ' ' }]) {
      expect(writeEmail({ ...messageOf('invitation', 'fr'), address }, halles).text).toMatch(/^Bonjour,\n/)
    }
  })
})

describe('every message', () => {
  const all = locales.flatMap((locale) => sampleMessages(locale, reader))

  it('in French has its non-breaking spaces and its apostrophes', () => {
    for (const message of all.filter(({ locale }) => locale === 'fr')) {
      const { subject, text, html } = writeEmail({ ...message, facts: blanked(message.facts) }, { marketplace: 'M' })
      for (const part of [subject, text, textOf(html)])
        expect(part.replaceAll(/https?:\S+/g, '')).not.toMatch(/[ \w][:;!?»]|«[^\u00a0]|'|\d (?=jour|point|h )/u)
    }
  })

  it('can be read on a phone: letters of 16 pixels at least, one column, buttons that a thumb meets', () => {
    for (const message of all) {
      const { html } = writeEmail(message, halles)
      const sizes = [...html.matchAll(/font-size:\s*(\d+)px/g)].map(([, size]) => Number(size))
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
      expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
      expect(html).toMatch(/<a class="button" [^>]*display:inline-block;padding:14px/)
    }
  })

  it('needs no <style>, and nothing from elsewhere', () => {
    for (const message of all) {
      const { html } = writeEmail(message, halles)
      const inside = elementsOf(parse(html)).filter(({ tagName }) => !unstyled.has(tagName))
      expect(inside.filter(({ attrs }) => !attrs.some(({ name }) => name === 'style'))).toEqual([])
      expect(html).not.toMatch(/<img|<link|<script|url\(|@import/)
    }
  })

  it('has colours for the dark', () => {
    expect(write('rejected', 'en').html).toContain('<meta name="color-scheme" content="light dark">')
    expect(write('rejected', 'en').html).toContain('@media (prefers-color-scheme: dark)')
  })
})

describe('templates of a marketplace', () => {
  const templates: Writing<'published' | 'terms-changed'>['templates'] = {
    published: {
      en: ({ listingName, link }, { marketplace }) => ({
        subject: `${listingName} is on ${marketplace}!`,
        blocks: [{ paragraph: 'Hooray.' }, { button: 'Look', link }],
      }),
    },
    'terms-changed': {
      fr: ({ from }) => ({ subject: 'Nouvelles conditions', blocks: [{ paragraph: `À partir du ${String(from)}` }] }),
    },
  }
  const own = { ...halles, templates } as const

  it('take the place of one kind in one language', () => {
    expect(writeEmail(messageOf('published', 'en'), own).subject).toBe('Ledgerline is on Halles!')
    expect(writeEmail(messageOf('published', 'en'), own).text).toContain('Look:\nhttps://market.example/ledgerline')
    expect(plain(writeEmail(messageOf('published', 'fr'), own).subject)).toBe(plain('En ligne : « Carnet Clair »'))
    expect(plain(writeEmail(messageOf('rejected', 'en'), own).subject)).toContain('was not approved')
  })

  it('write kinds of its own, in the language that there is', () => {
    const message = { ...messageOf('published', 'en'), kind: 'terms-changed', facts: { from: '1er mai' } }
    const { subject, text, locale } = writeEmail(message, own)
    expect([locale, subject]).toEqual(['fr', 'Nouvelles conditions'])
    expect(text).toMatch(/^Bonjour Camille Valmont,\n\nÀ partir du 1er mai\n/)
  })

  it.each(['constructor', 'terms-changed'])('that are missing leave a plain message of what there is: %s', (kind) => {
    const facts = { until: '2027', places: ['Lyon', 'Kyoto'], page: 'https://market.example/terms' }
    const { subject, text } = writeEmail({ ...messageOf('published', 'en'), kind, facts }, halles)
    expect(subject).toBe(`Halles: ${kind.replace('-', ' ')}`)
    expect(text).toContain('Until: 2027\nPlaces:\n  [\n    "Lyon",\n    "Kyoto"\n  ]')
    expect(text).toContain('Open:\nhttps://market.example/terms')
    expect(text).toContain('An automatic message from Halles.')
  })

  it('are those of the language, whatever the region', () => {
    for (const locale of ['fr', 'fr-FR', 'fr_CA', 'FR']) {
      expect(plain(writeEmail({ ...messageOf('published', 'fr'), locale }, own).subject)).toMatch(/^En ligne : /)
    }
    expect(writeEmail({ ...messageOf('published', 'en'), locale: 'en-GB' }, own).subject).toMatch(/ is on Halles!$/)
  })

  it.each(['de', '', 'constructor'])('are the English ones where nothing is written in the language: %j', (locale) => {
    const written = writeEmail({ ...messageOf('rejected', 'en'), locale }, halles)
    expect(written).toEqual(writeEmail(messageOf('rejected', 'en'), halles))
    expect(writeEmail({ ...messageOf('published', 'en'), locale }, own).subject).toBe('Ledgerline is on Halles!')
  })

  it('may be for a region, or in a language of one’s own, within a frame in the nearest language', () => {
    const saying = (subject: string) => () => ({ subject, blocks: [{ button: subject, link: 'https://a.example' }] })
    const regional = { ...halles, templates: { published: { 'fr-CA': saying('Affiché'), de: saying('Ist da') } } }
    const as = (locale: string) => writeEmail({ ...messageOf('published', 'fr'), locale }, regional)
    expect([as('fr-CA').subject, as('fr-CA').locale]).toEqual(['Affiché', 'fr'])
    expect(plain(as('fr-FR').subject)).toBe('En ligne : « Carnet Clair »')
    expect([as('de').subject, as('de-AT').subject, as('de').locale]).toEqual(['Ist da', 'Ist da', 'en'])
    expect(as('de').text).toContain('Hello Camille Valmont,\n\nIst da:\nhttps://a.example')
  })

  it('stand above what the marketplace adds to every message', () => {
    const imprint = { en: ['Halles plc, London'], fr: ['Halles SARL, Lyon'] }
    expect(writeEmail(messageOf('published', 'fr'), { ...halles, imprint }).text).toMatch(/\nHalles SARL, Lyon\n$/)
  })
})

const halles = { marketplace: 'Halles' }
const unstyled = new Set(['html', 'head', 'meta', 'title', 'style', 'tbody', 'tr', 'br', 'div'])

function write(kind: MessageKind, locale: Locale, index = 0) {
  const { subject, ...rest } = writeEmail(messageOf(kind, locale, sampleFacts[locale][kind][index]), halles)
  return { ...rest, subject: plain(subject), text: plain(rest.text) }
}

function messageOf(kind: MessageKind, locale: Locale, facts: object = sampleFacts[locale][kind][0]): Message<object> {
  const occurredAt = '2026-03-01T14:05:00.000Z'
  return { id: 'message-1', kind, address: reader, locale, thread: 'listing-1', occurredAt, facts }
}

function subjectsIn(locale: Locale) {
  return Object.fromEntries(messageKindNames.map((kind) => [kind, write(kind, locale).subject]))
}

/** As it is typed: with spaces that may break. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ')
}

/** Without what people wrote: what is left is what the templates say. */
function blanked<Value>(value: Value): Value {
  if (typeof value === 'string') return (/^\d{4}-|^https?:/.test(value) ? value : 'X') as Value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(blanked) as Value
  const keep = new Set(['visibility', 'because', 'role', 'check', 'field'])
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, keep.has(name) ? each : blanked(each)]),
  ) as Value
}
