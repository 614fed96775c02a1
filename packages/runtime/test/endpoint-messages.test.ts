import type { Message, SendOutcome } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { memoryNotifier } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { ada, day, done, draftIn, handClock, luc, open, publisherIn, rita } from './stage.js'
import { mailboxes } from './tell.js'

const url = 'https://hooks.marsh.example/vitrine'

/** A publisher whose own systems are told, by a receiver that is played. */
async function withReceiver(answer: (message: Message<object>) => SendOutcome = () => ({ outcome: 'delivered' })) {
  const clock = handClock()
  const webhooks = memoryNotifier({ by: 'webhook', answer })
  const market = await open({ store: memoryStore(), clock, notifiers: [webhooks], people: mailboxes })
  const publisherId = await publisherIn(market)
  const added = await done(market, { type: 'AddEndpoint', publisherId, url }, { by: ada })
  const { endpointId, secret } = added.events[0]!.data as { endpointId: string; secret: string }
  const status = async () => (await market.publisher(publisherId, { for: ada }))?.state.endpoints[endpointId]?.status
  return { market, clock, publisherId, endpointId, secret, webhooks, status }
}

/** A question, of which the publisher is told. */
async function asked(market: object, publisherId: string): Promise<string> {
  const listingId = await draftIn(market, publisherId)
  await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
  await done(market, { type: 'AskQuestion', listingId, text: 'Since when?' }, { by: rita })
  return listingId
}

describe('the endpoint of a publisher', () => {
  it('P8 is told what the publisher is told, where it said, signed with its secret', async () => {
    const { market, publisherId, secret, webhooks } = await withReceiver()
    const listingId = await asked(market, publisherId)
    await market.catchUp()
    expect(webhooks.sent.map(({ kind, address, facts }) => ({ kind, address, facts }))).toMatchObject([
      { kind: 'question-asked', address: { by: 'webhook', url, secrets: [secret] }, facts: { listingId } },
    ])
  })

  it('C8 is signed for with both secrets for a day after one was renewed, the new one first', async () => {
    const { market, clock, publisherId, endpointId, secret, webhooks } = await withReceiver()
    await done(market, { type: 'RotateEndpointSecret', publisherId, endpointId }, { by: ada })
    const listingId = await asked(market, publisherId)
    await market.catchUp()
    clock.wait(day + 1)
    await done(market, { type: 'AskQuestion', listingId, text: 'And where?' }, { by: rita })
    await market.catchUp()
    const secrets = webhooks.sent.map(({ address }) => ('secrets' in address ? address.secrets : []))
    expect(secrets).toEqual([[expect.stringMatching(/^whsec_/), secret], [secrets[0]![0]]])
  })

  it('C6 whose receiver is gone is disabled by the system, and hears nothing more until it is enabled', async () => {
    let answer: SendOutcome = { outcome: 'gone', reason: '410 Gone' }
    const { market, publisherId, endpointId, webhooks, status } = await withReceiver(() => answer)
    const listingId = await asked(market, publisherId)
    await market.catchUp()
    expect(await status()).toBe('disabled')
    const [last] = (await market.history(publisherId, { for: ada })).slice(-1)
    expect(last).toMatchObject({
      type: 'EndpointDisabled',
      data: { cause: 'gone' },
      metadata: { actor: { role: 'system' } },
    })
    await done(market, { type: 'AskQuestion', listingId, text: 'And where?' }, { by: rita })
    await market.catchUp()
    expect(webhooks.attempts).toHaveLength(1)
    answer = { outcome: 'delivered' }
    await done(market, { type: 'EnableEndpoint', publisherId, endpointId }, { by: ada })
    await done(market, { type: 'AskQuestion', listingId, text: 'By whom?' }, { by: rita })
    await market.catchUp()
    expect(webhooks.attempts).toHaveLength(2)
  })

  it('C6 that was enabled, and is gone again when a message is sent again, is disabled again', async () => {
    const { market, publisherId, endpointId, status } = await withReceiver(() => ({ outcome: 'gone', reason: '410' }))
    await asked(market, publisherId)
    await market.catchUp()
    await done(market, { type: 'EnableEndpoint', publisherId, endpointId }, { by: ada })
    const { documents } = await market.messages.find({ where: { publisherId, statuses: 'suppressed' }, for: ada })
    const { messageId, deliveries } = documents[0]!
    const { recipient } = deliveries.find(({ to }) => to.is === 'endpoint')!
    await market.messages.resend({ messageId, recipient, by: ada, why: 'It is back.' })
    expect(await status()).toBe('enabled')
    await market.catchUp()
    expect(await status()).toBe('disabled')
  })

  it('C20 that was removed between the request and the attempt hears nothing', async () => {
    const failing = { outcome: 'failed', reason: 'later', retryAfter: 1_000 } as const
    const { market, clock, publisherId, endpointId, webhooks } = await withReceiver(() => failing)
    await asked(market, publisherId)
    await market.catchUp()
    expect(webhooks.attempts).toHaveLength(1)
    await done(market, { type: 'RemoveEndpoint', publisherId, endpointId }, { by: ada })
    clock.wait(day)
    await market.catchUp()
    expect(webhooks.attempts).toHaveLength(1)
  })
})
