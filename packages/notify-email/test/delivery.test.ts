import { once } from 'node:events'
import { createServer } from 'node:net'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { emailNotifier } from '../src/index.js'
import { type Step, smtpReceiver } from './smtp-receiver.js'
import { halles, question, reader, send, smtpOf, withMail } from './stage.js'

const steps: readonly Step[] = ['sender', 'recipient', 'message']

describe('a mail server that refuses', () => {
  it.each(steps)('for good, at the %s: refused, with the code and no word of the server', (at) =>
    withMail({}, async ({ notifier, receiver }) => {
      receiver.behave({ at, answer: 554, status: '5.7.1' })
      const reason = `The mail server answered 554 5.7.1 to the ${at}.`
      expect(await send(notifier)).toEqual({ outcome: 'refused', reason })
      expect(receiver.mails).toEqual([])
    }),
  )

  it.each(steps)('for now, at the %s: failed, and delivered when it accepts', (at) =>
    withMail({}, async ({ notifier, receiver }) => {
      receiver.behave({ at, answer: 451 })
      const reason = `The mail server answered 451 to the ${at}.`
      expect(await send(notifier)).toEqual({ outcome: 'failed', reason })
      receiver.behave('accept')
      expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
    }),
  )

  it('at the greeting: failed, whatever the code, for it says nothing of the message', () =>
    withMail({}, async ({ notifier, receiver }) => {
      receiver.behave({ at: 'greeting', answer: 554 })
      expect(await send(notifier)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('554') })
    }))

  it.each([530, 534, 535, 538])('with %i, because it wants to be signed in to or encrypted: failed', (answer) =>
    withMail({}, async ({ notifier, receiver }) => {
      receiver.behave({ at: 'sender', answer })
      expect(await send(notifier)).toMatchObject({ outcome: 'failed' })
    }),
  )

  it('the credentials: failed, for they can be mended; no reason holds them', async () => {
    const receiver = await smtpReceiver({ password: 'right-secret' })
    const auth = { user: 'halles-user', pass: 'wrong-secret' }
    const notifier = emailNotifier({ from: halles, smtp: { ...smtpOf(receiver), auth } })
    const { outcome, reason } = (await send(notifier)) as { outcome: string; reason: string }
    expect(outcome).toBe('failed')
    expect(reason).toMatch(/^The mail server answered 535/)
    expect(reason).not.toMatch(/secret|user/)
    await notifier.close()
    await receiver.stop()
  })
})

describe('C5 a mail server that stalls', () => {
  it.each(['greeting', ...steps] as const)('at the %s: failed when the attempt has taken its time', (at) =>
    withMail({ timeoutMs: 900 }, async ({ notifier, receiver }) => {
      receiver.behave({ at, answer: 'stall' })
      expect(await send(notifier)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('no answer') })
      receiver.behave('accept')
      expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
    }),
  )

  it('is given up by the time-outs of nodemailer, when they are shorter', async () => {
    const receiver = await smtpReceiver()
    receiver.behave({ at: 'greeting', answer: 'stall' })
    const notifier = emailNotifier({ from: halles, smtp: { ...smtpOf(receiver), greetingTimeout: 100 } })
    expect(await send(notifier)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('ETIMEDOUT') })
    await notifier.close()
    await receiver.stop()
  })

  it('ends with the signal, and no connection of the attempt stays', () =>
    withMail({}, async ({ notifier, receiver }) => {
      receiver.behave({ at: 'message', answer: 'stall' })
      const answer = await notifier.send(question(), { signal: AbortSignal.timeout(300) })
      expect(answer).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('no answer') })
      await expect.poll(() => receiver.open.size).toBe(0)
    }))
})

describe('a mail server that is down', () => {
  it('failed; delivered when it is back', () =>
    withMail({}, async ({ notifier, receiver }) => {
      expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
      await receiver.stop()
      expect(await send(notifier)).toMatchObject({ outcome: 'failed' })
      await receiver.start()
      expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
      expect(receiver.mails).toHaveLength(2)
    }))

  it('or none at all: failed', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as { port: number }
    const notifier = emailNotifier({ from: halles, smtp: { host: '127.0.0.1', port } })
    expect(await send(notifier)).toMatchObject({ outcome: 'failed' })
    await notifier.close()
    server.close()
  })
})

describe('C1 a mail server that breaks off after it has the whole message', () => {
  it('failed, for nobody knows; the repeat has the same Message-ID', () =>
    withMail({}, async ({ notifier, receiver }) => {
      receiver.behave('drop')
      expect(await send(notifier)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('unknown') })
      receiver.behave('accept')
      expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
      const [one, two] = receiver.mails.map(({ parsed }) => parsed.messageId)
      expect(receiver.mails).toHaveLength(2)
      expect(two).toBe(one)
    }))
})

describe('connections', () => {
  it('of its own are few, shared, and closed with the notifier', () =>
    withMail({}, async ({ notifier, receiver }) => {
      const messages = Array.from({ length: 30 }, (_, index) => question({ id: `message-${index}` }))
      await Promise.all(messages.map((message) => send(notifier, message)))
      expect(receiver.mails).toHaveLength(30)
      expect(receiver.connections()).toBeLessThanOrEqual(5)
      expect(receiver.open.size).toBeGreaterThan(0)
      await notifier.close()
      await expect.poll(() => receiver.open.size).toBe(0)
    }))

  it('that the server ended while nothing was sent cost no attempt', () =>
    withMail({}, async ({ notifier, receiver }) => {
      expect(await send(notifier, question({ id: 'one' }))).toMatchObject({ outcome: 'delivered' })
      receiver.behave({ at: 'sender', answer: 'end' })
      expect(await send(notifier, question({ id: 'two' }))).toMatchObject({ outcome: 'delivered' })
      expect(receiver.mails).toHaveLength(2)
      expect(receiver.connections()).toBe(2)
    }))

  it('of a transport that was handed in are never closed', async () => {
    const receiver = await smtpReceiver()
    const transport = createTransport({ ...smtpOf(receiver), pool: true })
    const notifier = emailNotifier({ from: halles, transport })
    expect(await send(notifier)).toMatchObject({ outcome: 'delivered' })
    await notifier.close()
    await transport.sendMail({ from: halles.email, to: reader.email, subject: 'still open', text: 'yes' })
    expect(receiver.mails.map(({ parsed }) => parsed.subject)).toContain('still open')
    expect(receiver.connections()).toBe(1)
    transport.close()
    await receiver.stop()
  })
})

describe('a transport that is not SMTP', () => {
  it('whatever it throws: failed, and nothing of it in the reason', async () => {
    const faults = [
      new Error(reader.email),
      Object.assign(new Error(reader.email), { code: 'EFETCH' }),
      Object.assign(new Error('no'), { code: reader.email, command: reader.email, response: reader.email }),
    ]
    for (const fault of faults) {
      const notifier = emailNotifier({ from: halles, transport: { sendMail: () => Promise.reject(fault) } })
      const answer = await send(notifier)
      expect(answer).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^The transport failed.*\.$/) })
      expect(JSON.stringify(answer)).not.toContain('camille')
    }
  })

  it('is not asked at all once the signal has said so', async () => {
    let asked = 0
    const transport = {
      async sendMail() {
        asked += 1
      },
    }
    const notifier = emailNotifier({ from: halles, transport })
    expect(await notifier.send(question(), { signal: AbortSignal.abort() })).toMatchObject({ outcome: 'failed' })
    expect(asked).toBe(0)
  })

  it('that hears of no signal is left behind', async () => {
    const notifier = emailNotifier({
      from: halles,
      timeoutMs: 50,
      transport: { sendMail: () => new Promise(() => {}) },
    })
    expect(await send(notifier)).toMatchObject({ outcome: 'failed' })
    await notifier.close()
  })

  it('but LMTP: what is said of the recipient after the message is what became of it', async () => {
    const fault = Object.assign(new Error('no'), { responseCode: 552, response: '552 5.2.2 full', command: 'DATA' })
    const sendMail = async () => ({ accepted: [], rejected: [reader.email], rejectedErrors: [fault] })
    const notifier = emailNotifier({ from: halles, transport: { sendMail } })
    expect(await send(notifier)).toEqual({
      outcome: 'refused',
      reason: 'The mail server answered 552 5.2.2 to the message.',
    })
  })
})
