import { locales } from '@vitrine/core'
import { sampleMessages } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { writeEmail } from '../src/index.js'
import { linksOf, textOf } from './html.js'
import { halles, question, reader, send, withMail } from './stage.js'

describe('what arrives', () => {
  it.each(locales)('is what was written: every message in %s, subject, text, HTML and links', (locale) =>
    withMail({}, async ({ notifier, receiver }) => {
      for (const message of sampleMessages(locale, reader)) {
        await send(notifier, message)
        const { parsed } = receiver.mails.at(-1)!
        const written = writeEmail(message, { marketplace: halles.name })
        expect(parsed.subject).toBe(written.subject)
        expect(parsed.text).toBe(written.text)
        expect(parsed.html).toBe(written.html)
        expect(linksOf(String(parsed.html))).toEqual(linksIn(parsed.text ?? ''))
        expect(parsed.attachments).toEqual([])
      }
    }),
  )

  it('has its lines as they were, however long, in plain ASCII too', () =>
    withMail({}, async ({ notifier, receiver }) => {
      const text = `${'word '.repeat(300)}\n.\nFrom here\n${'x'.repeat(2000)}`
      const message = question({ kind: 'terms-changed', locale: 'en', facts: { text } })
      await send(notifier, message)
      expect(receiver.mails[0]?.parsed.text).toBe(writeEmail(message, { marketplace: halles.name }).text)
    }))

  it.each(locales)('says the same in text and in HTML: every message in %s', (locale) => {
    for (const message of sampleMessages(locale, reader)) {
      const { text, html } = writeEmail(message, { marketplace: halles.name })
      const words = [...wordsOf(textOf(html)), ...linksOf(html)]
      expect(wordsOf(text).filter((word) => !words.includes(word))).toEqual([])
    }
  })

  it('has the headers that it needs, and no others', () =>
    withMail({}, async ({ notifier, receiver }) => {
      const before = Date.now()
      const answer = await send(notifier)
      const { from, to, raw, parsed } = receiver.mails[0]!
      expect({ from, to }).toEqual({ from: halles.email, to: [reader.email] })
      expect(headerNames(raw)).toEqual(usualHeaders)
      expect(parsed.from?.value).toEqual([{ address: halles.email, name: halles.name }])
      expect([parsed.to].flat()[0]?.value).toEqual([{ address: reader.email, name: reader.name }])
      expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
      expect(parsed.headers.get('content-language')).toBe('fr')
      expect(parsed.date?.getTime()).toBeGreaterThanOrEqual(before - 1000)
      expect(parsed.date?.getTime()).toBeLessThanOrEqual(Date.now())
      expect(answer).toEqual({ outcome: 'delivered', receipt: parsed.messageId })
    }))

  it('is answered where the marketplace says', () =>
    withMail({ replyTo: { email: 'aide@halles.example', name: 'Aide' } }, async ({ notifier, receiver }) => {
      await send(notifier)
      expect(receiver.mails[0]?.parsed.replyTo?.value).toEqual([{ address: 'aide@halles.example', name: 'Aide' }])
    }))
})

describe('C1 Message-ID', () => {
  it('is made of the id of the message and a domain, and nothing else', async () => {
    const idOf = async (id: string, domain?: string) => {
      let found: string | undefined
      await withMail(domain === undefined ? {} : { domain }, async ({ notifier, receiver }) => {
        await send(notifier, question({ id, occurredAt: new Date(Date.now() - id.length).toISOString() }))
        found = receiver.mails[0]?.parsed.messageId
      })
      return found
    }
    const first = await idOf('message-1')
    expect(first).toMatch(/^<[0-9a-f]{40}@halles\.example>$/)
    expect(await idOf('message-1')).toBe(first)
    expect(await idOf('message-2')).not.toBe(first)
    expect(await idOf('message-1', 'mail.halles.example')).toBe(first?.replace('@', '@mail.'))
  })

  it('of messages of one thread differ, and refer to the same; another thread refers to another', () =>
    withMail({}, async ({ notifier, receiver }) => {
      await send(notifier, question({ id: 'one', thread: 'listing-1' }))
      await send(notifier, question({ id: 'two', thread: 'listing-1' }))
      await send(notifier, question({ id: 'three', thread: 'listing-2' }))
      const [one, two, three] = receiver.mails.map(({ parsed }) => parsed)
      expect(one?.inReplyTo).toMatch(/^<[0-9a-f]{40}@halles\.example>$/)
      expect([one, two, three].map((mail) => mail?.references)).toEqual(
        [one, two, three].map((mail) => mail?.inReplyTo),
      )
      expect(two?.inReplyTo).toBe(one?.inReplyTo)
      expect(three?.inReplyTo).not.toBe(one?.inReplyTo)
      expect([one?.messageId, two?.messageId]).not.toContain(one?.inReplyTo)
    }))
})

const usualHeaders = [
  'Auto-Submitted',
  'Content-Language',
  'Content-Type',
  'Date',
  'From',
  'In-Reply-To',
  'MIME-Version',
  'Message-ID',
  'References',
  'Subject',
  'To',
]

function headerNames(raw: string): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n')
  return [...head.matchAll(/^([^\s:]+):/gm)].map(([, name = '']) => name).toSorted()
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/^https?:\S+$/gm)].map(([link]) => link)
}

function wordsOf(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word))
    .map((word) => word.replace(/:$/, ''))
}
