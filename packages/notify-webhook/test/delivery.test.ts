import { getEventListeners } from 'node:events'
import { HTTP } from 'cloudevents'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { webhookNotifier } from '../src/index.js'
import { type Certificate, certificateFor } from './certificate.js'
import { closeAll, type Received, receiver } from './receiver.js'
import { listingId, local, message, newSecret, rejected, secret, send } from './sample.js'

let certificate: Certificate
beforeAll(async () => {
  certificate = await certificateFor(['hooks.example'])
})

afterEach(async () => {
  vi.useRealTimers()
  await closeAll()
})

const url = (port: number, rest = '/vitrine?tenant=7') => `https://hooks.example:${port}${rest}`
const trusting = () => ({ ca: certificate.cert })

/** As a receiver does it, with a library that knows nothing of Vitrine: the facts, or a fault. */
function verified({ headers, body }: Received, key: string): unknown {
  return new Webhook(key).verify(
    body.toString(),
    Object.fromEntries(Object.entries(headers).map(([n, v]) => [n, String(v)])),
  )
}

async function oneReceived(secrets = [secret]): Promise<Received> {
  const { port, received } = await receiver(certificate)
  const address = { by: 'webhook' as const, url: url(port), secrets }
  expect(await send(message(url(port), { address }), trusting())).toEqual({ outcome: 'delivered' })
  expect(received).toHaveLength(1)
  return received[0]!
}

describe('a message that is delivered', () => {
  it('is one POST to the path and query of the address, over TLS, for the host that the address names', async () => {
    const { port, received } = await receiver(certificate)
    await send(message(url(port)), trusting())
    expect(received).toMatchObject([
      { method: 'POST', path: '/vitrine?tenant=7', headers: { host: `hooks.example:${port}` } },
    ])
  })

  it('C8 is verified by an independent implementation of Standard Webhooks', async () => {
    const one = await oneReceived()
    expect(verified(one, secret)).toMatchObject({ id: one.headers['webhook-id'], data: rejected })
  })

  it('C8 is not verified with a changed body, id or time, nor with another key', async () => {
    const one = await oneReceived()
    const changed = (part: Partial<Received['headers']>) => ({ ...one, headers: { ...one.headers, ...part } })
    const later = String(Number(one.headers['webhook-timestamp']) + 1)
    const forgeries = [
      { ...one, body: Buffer.from(one.body.toString().replace('Ledgerline', 'Ledgerlime')) },
      { ...one, body: Buffer.concat([one.body, Buffer.from(' ')]) },
      changed({ 'webhook-id': 'another' }),
      changed({ 'webhook-timestamp': later }),
    ]
    for (const forgery of forgeries) expect(() => verified(forgery, secret)).toThrow('No matching signature')
    expect(() => verified(one, newSecret())).toThrow('No matching signature')
  })

  it('C8 is not verified by a receiver whose clock is more than five minutes away', async () => {
    const one = await oneReceived()
    const sentAt = Number(one.headers['webhook-timestamp']) * 1000
    const verifiedAt = (minutes: number, seconds: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: sentAt + (minutes * 60 + seconds) * 1000 })
      return verified(one, secret)
    }
    expect(() => verifiedAt(5, 1)).toThrow('too old')
    expect(() => verifiedAt(-5, -1)).toThrow('too new')
    expect([verifiedAt(5, 0), verifiedAt(-5, 0)]).toMatchObject([{ data: rejected }, { data: rejected }])
  })

  it('C8 is verified with the new key and with the old one while a secret is rotated', async () => {
    const [next, old] = [newSecret(), newSecret()]
    const one = await oneReceived([next, old])
    expect([verified(one, next), verified(one, old)]).toMatchObject([{ data: rejected }, { data: rejected }])
    expect(() => verified(one, newSecret())).toThrow('No matching signature')
  })

  it('C8 is a CloudEvent to an independent implementation', async () => {
    const { headers, body } = await oneReceived()
    const event = HTTP.toEvent({ headers, body: body.toString() })
    expect(event).toMatchObject({
      specversion: '1.0',
      id: headers['webhook-id'],
      source: 'https://market.example',
      type: 'example.market.rejected.v1',
      subject: listingId,
      time: '2026-03-01T09:00:00.000Z',
      datacontenttype: 'application/json',
      data: rejected,
    })
  })

  it('C1 bears the same id at every attempt, and the time of the attempt', async () => {
    const { port, received } = await receiver(certificate, (response) => response.writeHead(500).end())
    const first = Date.parse('2026-03-01T09:00:00Z')
    for (const at of [first, first + 61_000]) {
      vi.useFakeTimers({ toFake: ['Date'], now: at })
      await send(message(url(port)), trusting())
    }
    const [one, other] = received.map(({ headers, body }) => ({
      id: headers['webhook-id'],
      at: Number(headers['webhook-timestamp']),
      signature: headers['webhook-signature'],
      body: body.toString(),
    }))
    expect(one?.at).toBe(first / 1000)
    expect(other).toEqual({
      ...one,
      at: first / 1000 + 61,
      signature: expect.not.stringContaining(String(one?.signature)),
    })
  })

  it.each([
    ['without a secret', [], 'The endpoint has no secret to sign with.'],
    [
      'with a malformed secret',
      [secret, 'whsec_short'],
      'Secret 2 of 2 is malformed: whsec_ and base64 of 24 to 64 bytes were expected.',
    ],
  ])('C8 is never sent unsigned: %s', async (_what, secrets, reason) => {
    const { port, connections } = await receiver(certificate)
    const address = { by: 'webhook' as const, url: url(port), secrets }
    expect(await send(message(url(port), { address }), trusting())).toEqual({ outcome: 'refused', reason })
    expect(connections()).toBe(0)
  })

  it.each(['with.dot', 'with space', 'line\r\nx-other: 1', '', 'é', 'x'.repeat(129)])(
    'C11 has no id that would forge a header or a signature: %j',
    async (id) => {
      const { port, connections } = await receiver(certificate)
      const reason = 'The id of the message does not fit into a header.'
      expect(await send(message(url(port), { id }), trusting())).toEqual({ outcome: 'refused', reason })
      expect(connections()).toBe(0)
    },
  )

  it('goes to a webhook, and to no address of another kind', async () => {
    const address = { by: 'email' as const, email: 'ada@marsh.example' }
    const reason = 'The address is not that of a webhook.'
    expect(await send(message('', { address }))).toEqual({ outcome: 'refused', reason })
  })
})

describe('the answer of a receiver', () => {
  const answered = async (status: number, headers: Record<string, string> = {}) => {
    const { port, received } = await receiver(certificate, (response) =>
      response.writeHead(status, headers).end('why not'),
    )
    return { outcome: await send(message(url(port)), trusting()), received }
  }

  it.each([200, 202, 204])('%d: delivered', async (status) => {
    expect((await answered(status)).outcome).toEqual({ outcome: 'delivered' })
  })

  it.each([
    [400, 'refused', 'The receiver answered 400 Bad Request.'],
    [404, 'refused', 'The receiver answered 404 Not Found.'],
    [410, 'gone', 'The receiver answered 410 Gone.'],
    [408, 'failed', 'The receiver answered 408 Request Timeout.'],
    [500, 'failed', 'The receiver answered 500 Internal Server Error.'],
  ])('C5 C6 %d: %s', async (status, outcome, reason) => {
    expect((await answered(status)).outcome).toEqual({ outcome, reason })
  })

  it('C5 429 with Retry-After: failed, and when to come back', async () => {
    const failed = { outcome: 'failed', reason: 'The receiver answered 429 Too Many Requests.' }
    const inTwoMinutes = new Date(Math.floor(Date.now() / 1000) * 1000 + 120_000).toUTCString()
    expect((await answered(429, { 'retry-after': '120' })).outcome).toEqual({ ...failed, retryAfter: 120_000 })
    const { outcome } = await answered(429, { 'retry-after': inTwoMinutes })
    expect(outcome).toMatchObject(failed)
    expect('retryAfter' in outcome && outcome.retryAfter).toSatisfy((wait: number) => wait > 110_000 && wait <= 120_000)
  })

  it.each([301, 302, 303, 307, 308])('C7 %d: failed, and not followed', async (status) => {
    const elsewhere = await receiver(certificate)
    const { outcome } = await answered(status, { location: url(elsewhere.port) })
    expect(outcome).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(`^The receiver answered ${status} .*; redirects are not followed\\.$`),
    })
    expect(elsewhere.connections()).toBe(0)
  })

  it('leaves nothing behind: no cookie comes back with the next message', async () => {
    const { port, received } = await receiver(certificate, (response) =>
      response.writeHead(204, { 'set-cookie': 'session=1; Path=/' }).end(),
    )
    const notifier = webhookNotifier({ ...local, ...trusting() })
    const { signal } = new AbortController()
    await notifier.send(message(url(port)), { signal })
    await notifier.send(message(url(port)), { signal })
    await notifier.close()
    expect(received.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined])
  })
})

describe('messages at once', () => {
  it('go out together under one signal, nothing warns, and nothing stays on the signal', async () => {
    const { port, received } = await receiver(certificate)
    const warnings: Error[] = []
    const warned = (warning: Error) => warnings.push(warning)
    process.on('warning', warned)
    const notifier = webhookNotifier({ ...local, ...trusting() })
    const { signal } = new AbortController()
    const ids = Array.from({ length: 40 }, (_, n) => `message-${n}`)
    const outcomes = await Promise.all(ids.map((id) => notifier.send(message(url(port), { id }), { signal })))
    await notifier.close()
    await new Promise(setImmediate)
    process.off('warning', warned)
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(ids))
    expect(outcomes.filter(({ outcome }) => outcome !== 'delivered')).toEqual([])
    expect(warnings).toEqual([])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})
