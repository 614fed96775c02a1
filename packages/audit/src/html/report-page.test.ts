import type { StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { type DefaultTreeAdapterMap, parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { rules, tellStory } from '../../test/story.js'
import { type ListingReport, listingReport } from '../listing-report.js'
import { reportPage } from './report-page.js'

const now = '2026-02-15T00:00:00.000Z'
const origin = { store: 'sqlite:market.db', rules: 'defaults' }

async function made(
  options: Parameters<typeof tellStory>[1] = {},
  alter?: (event: StoredEvent) => StoredEvent,
): Promise<ListingReport> {
  const store = memoryStore()
  const { listingId } = await tellStory(store, options)
  const { log, messages } = await store.open()
  const altered = alter && {
    ...log,
    readStream: async (stream: string, options?: object) => {
      const page = await log.readStream(stream, options)
      return { ...page, events: page.events.map(alter) }
    },
  }
  return listingReport({ log: altered ?? log, rules }, listingId, { now, messages })
}

type Element = DefaultTreeAdapterMap['element']

/** Every element of a page, and all text outside of its styles. */
function read(page: string): { readonly elements: readonly Element[]; readonly text: string } {
  const elements: Element[] = []
  let text = ''
  const walk = (node: DefaultTreeAdapterMap['node']) => {
    if ('tagName' in node) elements.push(node)
    if (node.nodeName === '#text' && 'value' in node) text += node.value
    if ('tagName' in node && node.tagName === 'style') return
    if ('childNodes' in node) for (const child of node.childNodes) walk(child)
  }
  walk(parse(page))
  return { elements, text }
}

describe('the page of a report', () => {
  it('tells the timeline, revisions with differences, reviews, messages, and what the verification found', async () => {
    const { text } = read(reportPage(await made(), origin))
    for (const said of [
      'Ledgerline',
      '20 events, 2 revisions, 2 people',
      'Nothing was found that does not fit.',
      'Vanity URL claimed',
      'Which regions do you support?',
      'The whole of the EU.',
      'It does not say for whom it is.',
      ' It now reads receipts.',
      'There is no such mailbox.',
      'publish revision 2',
      'Made 15 February 2026, 00:00 from sqlite:market.db',
    ])
      expect(text).toContain(said)
  })

  it('needs nothing from elsewhere, and runs nothing', async () => {
    const page = reportPage(await made(), origin)
    const { elements } = read(page)
    expect(elements.map(({ tagName }) => tagName)).not.toContain('script')
    const attributes = elements.flatMap(({ attrs }) => attrs)
    expect(attributes.filter(({ name }) => /^(src|srcset|action|style)$|^on/.test(name))).toEqual([])
    expect(attributes.flatMap(({ name, value }) => (name === 'href' ? [value[0]] : []))).not.toContainEqual(
      expect.not.stringMatching('#'),
    )
    expect(page).not.toMatch(/url\(|@import|expression\(/)
    expect(attributes.find(({ value }) => value.startsWith('default-src'))?.value).toContain("default-src 'none'")
  })

  it('has one of each id that it leads to', async () => {
    const { elements } = read(reportPage(await made(), origin))
    const valuesOf = (attribute: string) =>
      elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name === attribute).map(({ value }) => value))
    const ids = valuesOf('id')
    expect(new Set(ids).size).toBe(ids.length)
    expect(valuesOf('href').filter((href) => !ids.includes(href.slice(1)))).toEqual([])
  })
})

describe('what somebody typed', () => {
  const hostile = [
    '</title></style><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '<!-- <svg/onload=alert(1)>',
    '&lt;b&gt; &amp;amp; `{{alert(1)}}`',
    ']]><base href=//evil.example>',
  ]

  it.each(hostile)('is text on the page, whatever it is: %s', async (text) => {
    const plain = read(reportPage(await made(), origin))
    const page = read(
      reportPage(await made({ typed: (words) => (words === 'Ledgerline' ? text : `${words} ${text}`) }), origin),
    )
    const shape = (one: typeof page) =>
      one.elements.map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '))
    // Differences of texts may be cut into more pieces, or fewer.
    const withoutRuns = (names: readonly string[]) => names.filter((name) => !/^(ins|del|span class)$/.test(name))
    expect(withoutRuns(shape(page))).toEqual(withoutRuns(shape(plain)))
    expect(page.text).toContain(`First version ${text}`)
    expect(page.text).toContain(`${text} – its history`)
  })

  it('turns no direction of text, and holds no control characters', async () => {
    const page = reportPage(await made({ typed: (words) => `${words}\u202e` }), origin)
    expect(page).not.toContain('\u202e')
    expect(page).toContain('\\u202e')
  })
})

describe('a history that somebody has changed', () => {
  it('D20 is said to be so, at its first event that does not fit', async () => {
    const report = await made({ chain: true }, (event) =>
      event.type === 'Submitted' && event.version === 3
        ? { ...event, data: { ...event.data, comment: 'Another one' } }
        : event,
    )
    expect(report.verification.sound).toBe(false)
    const { text } = read(reportPage(report, origin))
    expect(text).toContain('This history has been tampered with, or is damaged.')
    expect(text).toContain('Event 3 (Submitted): Its hash is not that of what it says')
  })

  it('that nobody has changed, and is tied together, is said to be sound', async () => {
    const { text } = read(reportPage(await made({ chain: true }), origin))
    expect(text).toContain('All of them are tied to those before them by a hash.')
  })
})
