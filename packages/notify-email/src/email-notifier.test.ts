import { describe, expect, it } from 'vitest'
import { send } from '../test/stage.js'
import { emailNotifier } from './index.js'

const from = { name: 'Halles', email: 'annonces@halles.example' }
const smtp = 'smtps://mail.halles.example'

describe('a notifier with an option that cannot be used', () => {
  it.each([
    [{ from: { ...from, email: 'halles' } }, 'from.email is "halles"; expected an e-mail address.'],
    [{ from: { ...from, name: ' ' } }, 'from.name is empty; expected what the marketplace calls itself.'],
    [{ replyTo: { email: 'a@b.example\nBcc: c@d.example' } }, /^replyTo\.email is .*; expected an e-mail address\.$/],
    [{ timeoutMs: 0 }, 'timeoutMs is 0; expected milliseconds, more than 0.'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs is NaN; expected milliseconds, more than 0.'],
    [{ domain: 'halles.example>' }, 'domain is "halles.example>"; expected a domain.'],
    [{ from: undefined }, 'from.email is undefined; expected an e-mail address.'],
    [{ from: 'annonces@halles.example' }, 'from.email is undefined; expected an e-mail address.'],
    [{ from: { email: from.email } }, 'from.name is empty; expected what the marketplace calls itself.'],
    [{ smtp: undefined }, /^smtp is undefined; expected a URL such as /],
    [{ smtp: '' }, /^smtp is ""; expected a URL such as /],
    [{ smtp: 'user:password@mail.example' }, /^smtp is no such URL; expected a URL such as /],
    [{ smtp: 'http://user:password@mail.example' }, /^smtp is no such URL; expected a URL such as /],
    [{ smtp: {} }, 'smtp names no server; expected its host.'],
  ])('says which, and what was expected: %j', (wrong, message) => {
    expect(() => emailNotifier({ from, smtp, ...wrong } as never)).toThrow(
      expect.objectContaining({
        code: 'bad-notifier',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    )
  })
})

describe('a notifier that is not told by what it sends', () => {
  it.each([{}, { transport: undefined }, { transport: {} }])('says so: %j', (by) => {
    expect(() => emailNotifier({ from, ...by } as never)).toThrow(
      expect.objectContaining({
        code: 'bad-notifier',
        message: 'Neither smtp nor transport says by what it sends; expected one of them.',
      }),
    )
  })
})

describe('a template that throws', () => {
  it('fails the attempt until it is mended, and the reason says which it was, and nothing of the message', async () => {
    const sent: object[] = []
    let isMended = false
    const notifier = emailNotifier({
      from,
      transport: { sendMail: async (mail) => sent.push(mail) },
      templates: {
        'question-asked': {
          fr: ({ text }) => {
            if (!isMended) throw new RangeError(text)
            return { subject: 'Question', blocks: [] }
          },
        },
      },
    })
    expect(await send(notifier)).toEqual({
      outcome: 'failed',
      reason: 'The template for question-asked in fr threw: RangeError. Mend it; the next attempt uses it.',
    })
    isMended = true
    expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
    expect(sent).toEqual([expect.objectContaining({ subject: 'Question' })])
  })
})

describe('a notifier', () => {
  it('has the name that it was given', () => {
    expect(emailNotifier({ from, smtp }).name).toBe('email')
    expect(emailNotifier({ from, smtp, name: 'email-eu' }).name).toBe('email-eu')
  })
})
