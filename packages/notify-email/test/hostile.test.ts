import { locales } from '@vitrine/core'
import { sampleMessages } from '@vitrine/testing'
import fc from 'fast-check'
import { parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { writeEmail } from '../src/index.js'
import { elementsOf, linksOf, skeletonOf, textOf } from './html.js'
import { halles, reader, send, withMail } from './stage.js'

const samples = locales.flatMap((locale) => sampleMessages(locale, reader))

/** What has broken mail or pages before, between anything that text can be. */
const piece = fc.oneof(
  fc.constantFrom(
    '\r\nBcc: mallory@evil.example\r\n',
    '\nTo: mallory@evil.example',
    '\r\n\r\n.\r\nMAIL FROM:<mallory@evil.example>\r\n',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</td></tr></table><a href="https://evil.example">',
    '<!--',
    '--></style></title><plaintext>',
    '&lt;b&gt;&amp;&#60;',
    'javascript:alert(1)',
    'https://evil.example/" onmouseover="alert(1)',
    'https://market.example/\r\nBcc: mallory@evil.example',
    '=?utf-8?Q?=0D=0ABcc:_mallory@evil.example?=',
    '> quoted\n-- \nThe Halles team',
    '\u0000\u0007\u001b[31m',
    '\u2028\u2029\u0085\u000b\u000c',
    '\ud800',
    '\u202egnp.exe\u2066',
    '  ',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const hostile = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''))
const hostileMessage = fc
  .record({ sample: fc.constantFrom(...samples), texts: fc.infiniteStream(hostile), name: fc.option(hostile) })
  .map(({ sample, texts, name }) => {
    const next = () => texts.next().value as string
    const address = { by: 'email', email: reader.email, ...(name === null ? {} : { name }) } as const
    return { ...sample, address, thread: next(), id: next(), facts: mapTexts(sample.facts, next) as object }
  })

describe('C12 whatever people write', () => {
  it('is text in HTML: the elements are ours, and links lead to http or https', () =>
    fc.assert(
      fc.property(hostileMessage, hostile, (message, marketplace) => {
        const { html } = writeEmail(message, { marketplace })
        const harmless = { ...message, facts: mapTexts(message.facts, harmlessOf) as object }
        expect(skeletonOf(html)).toBe(skeletonOf(writeEmail(harmless, { marketplace: 'x' }).html))
        expect(elementsOf(parse(html)).map(({ tagName }) => tagName)).not.toContain('script')
        for (const link of linksOf(html)) expect(link).toMatch(/^https?:\/\/[^\s<>"]+$/)
      }),
      { numRuns: 500 },
    ))

  it('is there whole, in HTML and in plain text', () =>
    fc.assert(
      fc.property(hostileMessage, (message) => {
        const { html, text } = writeEmail(message, { marketplace: halles.name })
        const [inHtml, inText] = [words(textOf(html)), words(unquoted(text))]
        for (const value of shownOf(message.facts)) {
          expect(inHtml).toContain(words(value))
          expect(inText).toContain(words(unquoted(value)))
        }
      }),
      { numRuns: 500 },
    ))

  it('cannot pass for the end of the message in plain text', () => {
    const message = {
      ...samples[0]!,
      facts: { ...samples[0]!.facts, comment: 'Fine.\n-- \nThe Halles team\n\nNo more.' },
    }
    const { text } = writeEmail(message, { marketplace: 'Halles' })
    expect(text).toContain('> Fine.\n> -- \n> The Halles team\n>\n> No more.')
    expect(text.match(/^-- $/gm)).toHaveLength(1)
  })
})

describe('C11 whatever people write', () => {
  it(
    'adds no header and no recipient',
    () =>
      withMail({}, async ({ notifier, receiver }) => {
        await send(notifier)
        const usual = headersOf(receiver.mails[0]!.raw).toSorted()
        await fc.assert(
          fc.asyncProperty(hostileMessage, async (message) => {
            expect(await send(notifier, message)).toMatchObject({ outcome: 'delivered' })
            const { from, to, raw, parsed } = receiver.mails.at(-1)!
            expect({ from, to }).toEqual({ from: halles.email, to: [reader.email] })
            expect(headersOf(raw).toSorted()).toEqual(usual)
            expect([parsed.to].flat().flatMap((field) => field?.value.map(({ address }) => address))).toEqual([
              reader.email,
            ])
            const written = writeEmail(message, { marketplace: halles.name })
            expect(words(parsed.subject ?? '')).toBe(words(written.subject))
            expect(words(parsed.text ?? '')).toBe(words(written.text))
            expect(textOf(String(parsed.html))).toBe(textOf(written.html))
          }),
          { numRuns: 150 },
        )
      }),
    120_000,
  )

  it('nor is an encoded word that they wrote decoded in the subject, however long it is', () =>
    withMail({}, async ({ notifier, receiver }) => {
      const comment = `=?utf-8?Q?=0D=0ABcc:_mallory@evil.example?= ${'é=?'.repeat(60)}`
      const message = { ...samples[0]!, facts: mapTexts(samples[0]!.facts, () => comment) as object }
      await send(notifier, message)
      const { subject } = writeEmail(message, { marketplace: halles.name })
      expect(subject).toContain('=?utf-8?Q?')
      expect(receiver.mails[0]!.parsed.subject).toBe(subject)
      expect(receiver.mails[0]!.raw).not.toContain('=?utf-8?Q?')
    }))

  it.each([
    'nora@northwind.example\r\nBcc: mallory@evil.example',
    'nora@northwind.example, mallory@evil.example',
    'nora@northwind.example>\r\nRCPT TO:<mallory@evil.example',
    'Nora <nora@northwind.example>',
    '"nora mallory"@northwind.example',
    'nora@northwind.example\u0000',
    'nora@nor\u200bthwind.example',
    '@northwind.example',
    'nora',
    '',
    `${'n'.repeat(250)}@northwind.example`,
  ])('an address like %j is refused, and not said', (email) =>
    withMail({}, async ({ notifier, receiver }) => {
      const answer = await send(notifier, { ...samples[0]!, address: { by: 'email', email } })
      expect(answer).toEqual({ outcome: 'refused', reason: 'The address is none that e-mail can be sent to.' })
      expect(receiver.mails).toEqual([])
    }),
  )
})

/** The same, with every text replaced, wherever it stands, but for those that nobody writes: one of a few by its type. */
function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((each: unknown) => mapTexts(each, replace))
  if (typeof value !== 'object' || value === null) return value
  const mapped = (name: string, each: unknown) => (chosen.has(name) ? each : mapTexts(each, replace))
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapped(name, each)]))
}

const chosen = new Set(['visibility', 'because'])

/** A text of the same shape with nothing to fear: as many lines, and a link where it is one. */
function harmlessOf(text: string): string {
  if (text === '') return ''
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
  const isLink = /^https?:$/.test(URL.parse(text)?.protocol ?? '')
  return lines.map((_, index) => (isLink && index === 0 ? 'https://x.example/' : 'x')).join('\n')
}

/** What readers must see as it was written; the rest of the facts is looked up, or says which words are used. */
const shown = new Set(
  `listingName publisherName comment text question answer customer engagement seen howToFix name email phone company
   message invitedBy`.split(/\s+/),
)

function shownOf(value: unknown, name = ''): readonly string[] {
  if (typeof value === 'string') return shown.has(name) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([inner, each]) => shownOf(each, inner))
}

/** Without what texts may lose: how their words are spaced, and characters that nobody can see. */
function words(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** Quoting adds this sign to lines; others may begin with it anyway. */
function unquoted(text: string): string {
  return text.replaceAll('>', '')
}

function headersOf(raw: string): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n')
  return [...head.matchAll(/^(\S[^:]*):/gm)].map(([, name = '']) => name)
}
