import { definePolicy, message, type SendOutcome } from '@vitrine/core'
import { memoryNotifier } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { begin, boxes, messagesIn, storyOf, telling } from './message-stage.js'
import { ada, day, done, luc, open } from './stage.js'
import { mailboxes, tell } from './tell.js'

const failed: SendOutcome = { outcome: 'failed', reason: 'busy' }
const delivered: SendOutcome = { outcome: 'delivered' }

describe('a policy of one’s own that gives a message', () => {
  it('has it sent once to everybody it is for, with what it says', async () => {
    const { market, store, notifier, publisherId } = await telling()
    const listingId = await begin(market, publisherId)
    await market.catchUp()
    await market.catchUp()
    expect(boxes(notifier.attempts).toSorted()).toEqual(['u-ada', 'u-luc'])
    expect(notifier.sent[0]).toMatchObject({
      kind: 'draft-begun',
      address: { by: 'email', email: 'u-ada@mail.example', name: 'Somebody u-ada' },
      locale: 'fr',
      thread: `listing-${listingId}`,
      occurredAt: '2026-01-05T09:00:00.000Z',
      facts: { name: 'Ledgerline' },
    })
    expect(await storyOf(store, 1)).toEqual(['Attempted', 'Delivered'])
  })

  it.each([
    ['fr-FR', 'fr-FR'],
    [null, 'en'],
    [undefined, 'en'],
  ])('is told in the language in which people are known: %j', async (known, locale) => {
    const contact = (actorId: string) => ({
      email: `${actorId}@mail.example`,
      ...(known !== undefined && { locale: known }),
    })
    const { market, notifier, publisherId } = await telling({ people: { ...mailboxes, contact } })
    await begin(market, publisherId)
    await market.catchUp()
    expect(notifier.sent.map((message) => message.locale)).toEqual([locale, locale])
  })

  it('may write to an address that it knows itself, which is stored nowhere', async () => {
    const legal = definePolicy({
      name: 'legal',
      on: {
        Created: ({ data: { name } }) => [
          message({ key: 'legal', kind: 'k', to: { address: 'legal@market.example', name: 'Legal' }, facts: { name } }),
          message({
            key: 'hook',
            kind: 'k',
            to: { url: 'https://legal.example', secrets: ['whsec_x'], locale: null },
            facts: {},
          }),
        ],
      },
    })
    const webhook = memoryNotifier({ by: 'webhook' })
    const email = memoryNotifier()
    const { market, store, publisherId } = await telling({ policies: [legal], notifiers: [email, webhook] })
    await begin(market, publisherId)
    await market.catchUp()
    expect(email.sent[0]).toMatchObject({ address: { by: 'email', email: 'legal@market.example' }, locale: 'en' })
    expect(webhook.sent[0]).toMatchObject({ address: { by: 'webhook', url: 'https://legal.example' }, locale: 'en' })
    const stored = await messagesIn(store)
    expect(stored[0]?.data).toMatchObject({ recipients: [{ is: 'named', name: 'legal', by: 'email' }] })
    expect(JSON.stringify(stored)).not.toMatch(/legal@|legal\.example|whsec/)
  })

  it('that is gone, or gives the message no more, has it given up, and says so', async () => {
    const { market, store, publisherId, again } = await telling({ notifiers: [] })
    await begin(market, publisherId)
    await market.catchUp()
    const notifier = memoryNotifier()
    const without = await again({ policies: [], notifiers: [notifier] })
    await without.catchUp()
    expect(notifier.attempts).toEqual([])
    expect((await messagesIn(store)).at(-1)).toMatchObject({
      type: 'MessageGivenUp',
      data: { reason: 'Policy tell gives no message begun any more.' },
    })
  })

  it('cannot have the name of another one', async () => {
    await expect(open({ policies: [tell, tell] })).rejects.toMatchObject({ code: 'invalid-options' })
    await expect(open({ policies: [{ name: 'notify', on: {} }] })).rejects.toThrow('two policies named notify')
  })
})

describe('what the receiver answers', () => {
  it('C5 it failed: it is tried again after a pause that grows, by as much as was asked for, spread by chance', async () => {
    for (const [chance, pauses] of [
      [1, [10_000, 600_000, 160_000]],
      [0, [5_000, 600_000, 80_000]],
    ] as const) {
      const answers = [failed, { ...failed, retryAfter: 600_000 }, failed, delivered]
      const { market, notifier, publisherId, clock } = await telling({
        chance: () => chance,
        answer: ({ address }, attempt) =>
          'email' in address && address.email.startsWith('u-ada') ? answers[attempt - 1]! : delivered,
      })
      await begin(market, publisherId)
      await market.catchUp()
      const attempts = () => boxes(notifier.attempts).filter((box) => box === 'u-ada').length
      for (const [at, pause] of pauses.entries()) {
        expect(attempts()).toBe(at + 1)
        clock.wait(pause - 1)
        await market.catchUp()
        expect(attempts()).toBe(at + 1)
        clock.wait(1)
        await market.catchUp()
      }
      expect(boxes(notifier.sent).toSorted()).toEqual(['u-ada', 'u-luc'])
      expect(new Set(notifier.attempts.filter((one) => boxes([one])[0] === 'u-ada').map(({ id }) => id)).size).toBe(1)
      await market.close()
    }
  })

  it('C5 it fails at every attempt: it is given up, listed, and not tried again', async () => {
    const { market, store, notifier, publisherId, clock } = await telling({
      answer: () => failed,
      messages: { attempts: 3, longestPause: 60_000 },
    })
    await begin(market, publisherId)
    for (let n = 0; n < 6; n += 1) {
      await market.catchUp()
      clock.wait(60_000)
    }
    expect(notifier.attempts.length).toBe(6)
    expect(await storyOf(store)).toEqual(['Attempted', 'Failed', 'Attempted', 'Failed', 'Attempted', 'GivenUp'])
    const { documents } = await market.messages.find({ where: { publisherId, statuses: 'givenUp' }, for: ada })
    expect(documents[0]?.deliveries).toMatchObject([
      { status: 'givenUp', attempts: 3, reason: 'busy' },
      { recipient: 1 },
    ])
    expect((await market.health()).messages).toMatchObject({ givenUp: 1, waiting: 0, due: 0, underWay: 0 })
  })

  it('C6 it refuses: given up at once. It says that nobody is there: suppressed', async () => {
    const { market, store, publisherId } = await telling({
      answer: ({ address }) => ({
        outcome: 'email' in address && address.email.startsWith('u-ada') ? 'refused' : 'gone',
        reason: 'no such mailbox',
      }),
    })
    await begin(market, publisherId)
    await market.catchUp()
    expect(await storyOf(store, 0)).toEqual(['Attempted', 'GivenUp'])
    expect(await storyOf(store, 1)).toEqual(['Attempted', 'Suppressed'])
    expect((await market.asOperator.messages.find()).documents[0]?.deliveries[1]).toMatchObject({ reason: 'gone' })
  })

  it('C5 a notifier that throws, or never ends, fails; what it said is not written down', async () => {
    let calls = 0
    const wild = {
      ...memoryNotifier(),
      send: () => {
        calls += 1
        return calls === 1
          ? Promise.reject(new TypeError('cannot write to u-ada@mail.example'))
          : new Promise<never>(() => undefined)
      },
    }
    const { market, store, publisherId } = await telling({ notifiers: [wild], messages: { sendWithin: 30 } })
    await begin(market, publisherId)
    await market.catchUp()
    const reasons = (await messagesIn(store)).flatMap(({ type, data }) =>
      type === 'MessageFailed' ? [data.reason] : [],
    )
    expect(reasons.toSorted()).toEqual(['Notifier memory did not end in time.', 'Notifier memory threw (TypeError).'])
  })

  it.each<[() => unknown, string]>([
    [() => undefined, 'Notifier memory answered undefined: { outcome } was expected'],
    [() => ({ ok: true }), 'Notifier memory answered an object: { outcome } was expected'],
    [() => ({ outcome: 'sent' }), 'Notifier memory answered an object: { outcome } was expected'],
    [() => ({ outcome: 'refused' }), 'Notifier memory answered an object: { outcome } was expected, with a reason'],
    [
      () => {
        throw new RangeError('at once')
      },
      'Notifier memory threw (RangeError).',
    ],
  ])('C5 a notifier that does not keep to its type fails, and says how: %s', async (send, reason) => {
    const { market, store, publisherId } = await telling({ notifiers: [{ ...memoryNotifier(), send: send as never }] })
    await begin(market, publisherId)
    await market.catchUp()
    const reasons = (await messagesIn(store)).flatMap(({ type, data }) =>
      type === 'MessageFailed' ? [data.reason] : [],
    )
    expect(reasons).toEqual([0, 1].map(() => expect.stringContaining(reason)))
  })
})

describe('a message that nobody could send in time', () => {
  it('is recorded as expired, and never sent: seven days after what it tells of', async () => {
    const { market, store, notifier, publisherId, clock, again } = await telling({ notifiers: [] })
    await begin(market, publisherId)
    clock.wait(7 * day)
    await market.catchUp()
    expect(await storyOf(store)).toEqual([])
    clock.wait(1)
    await market.catchUp()
    expect([await storyOf(store, 0), await storyOf(store, 1)]).toEqual([['Expired'], ['Expired']])
    await (await again({ notifiers: [notifier] })).catchUp()
    expect(notifier.attempts).toEqual([])
  })

  it('is requested late, and expires all the same', async () => {
    const { market, store, notifier, publisherId, clock } = await telling({ messages: { expireAfterDays: 1 } })
    await begin(market, publisherId)
    clock.wait(day + 1)
    await market.catchUp()
    expect([notifier.attempts, await storyOf(store)]).toEqual([[], ['Expired']])
  })

  it('does not expire in the middle of retries before its time, nor wait beyond it', async () => {
    const { market, store, publisherId, clock } = await telling({
      answer: () => ({ ...failed, retryAfter: 365 * day }),
      messages: { expireAfterDays: 2 },
    })
    await begin(market, publisherId)
    await market.catchUp()
    clock.wait(2 * day)
    await market.catchUp()
    expect(await storyOf(store)).toEqual(['Attempted', 'Failed'])
    clock.wait(1)
    await market.catchUp()
    expect(await storyOf(store)).toEqual(['Attempted', 'Failed', 'Expired'])
  })
})

describe('where nobody has a notifier for the kind of address', () => {
  it('the message waits for a process that has one', async () => {
    const { market, store, publisherId, again, notifier } = await telling({
      notifiers: [memoryNotifier({ by: 'webhook' })],
    })
    await begin(market, publisherId)
    await market.catchUp()
    expect(await storyOf(store)).toEqual([])
    expect((await market.health()).messages).toMatchObject({ due: 1 })
    await (await again({ notifiers: [notifier] })).catchUp()
    expect(boxes(notifier.sent).toSorted()).toEqual(['u-ada', 'u-luc'])
  })

  it('two for one kind of address are refused', async () => {
    await expect(open({ notifiers: [memoryNotifier(), memoryNotifier()] })).rejects.toThrow('two notifiers for email')
  })
})

describe('messages about one listing to one recipient', () => {
  it('C5 come in the order in which they were requested, as long as nothing fails', async () => {
    const twice = definePolicy({
      name: 'tell',
      on: Object.fromEntries(
        ['Created', 'Revised', 'VanityUrlClaimed'].map((type) => [
          type,
          ({ version }: { version: number }) => [
            message({ key: 'k', kind: 'k', to: { address: `a@mail.example` }, facts: { version } }),
          ],
        ]),
      ),
    })
    const { market, notifier, publisherId } = await telling({ policies: [twice] })
    const ids = await Promise.all(['A', 'B', 'C'].map((name) => begin(market, publisherId, name)))
    for (const listingId of ids) {
      for (let n = 0; n < 5; n += 1)
        await done(market, { type: 'Revise', listingId, changes: { headline: `H${n}` } }, { by: luc })
    }
    await market.catchUp()
    for (const id of ids) {
      const versions = notifier.sent
        .filter(({ thread }) => thread === `listing-${id}`)
        .map(({ facts }) => (facts as { version: number }).version)
      expect(versions).toEqual([0, 1, 2, 3, 4, 5])
    }
  })

  it('C5 do not wait for one that failed', async () => {
    const { market, notifier, publisherId } = await telling({
      answer: ({ facts }) => ((facts as { name: string }).name === 'A' ? failed : delivered),
    })
    await begin(market, publisherId, 'A')
    await begin(market, publisherId, 'B')
    await market.catchUp()
    expect(notifier.sent.map(({ facts }) => (facts as { name: string }).name)).toEqual(['B', 'B'])
  })
})

describe('C22 the same thing is told twice when it happens twice', () => {
  it('two thresholds before a deadline are two messages', async () => {
    const { approve, draftIn } = await import('./stage.js')
    const { market, notifier, publisherId, clock } = await telling({ policies: [] })
    await approve(market, await draftIn(market, publisherId))
    for (const wait of [31, 16, 8]) {
      clock.wait(wait * day)
      await market.catchUp()
    }
    const reminders = notifier.sent.filter(({ kind }) => kind === 'publication-reminder')
    const days = reminders.map(({ facts }) => (facts as { daysLeft: number }).daysLeft)
    expect(new Set(days).size).toBe(days.length / 2)
    expect(new Set(reminders.map(({ id }) => id)).size).toBe(reminders.length)
    expect(reminders.length).toBeGreaterThanOrEqual(4)
  })
})
