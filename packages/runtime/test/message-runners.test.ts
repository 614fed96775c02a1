import { setTimeout as pause } from 'node:timers/promises'
import { type Store, StoreError } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { memoryNotifier } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'
import { begin, messagesIn, storyOf, telling } from './message-stage.js'
import { handClock } from './stage.js'

const realClock = Object.assign(() => new Date(), { wait: () => undefined })

/** The same store, whose log of messages stores an event of this type once without saying so. */
function silentOnce(store: Store, type: string): Store {
  let isDone = false
  return {
    open: async () => {
      const opened = await store.open()
      const append: typeof opened.messages.append = async (append) => {
        const answer = await opened.messages.append(append)
        if (isDone || append.writes[0]!.events[0]!.type !== type) return answer
        isDone = true
        throw new StoreError('unknown-outcome', 'Nobody knows whether that was stored.')
      }
      return { ...opened, messages: { ...opened.messages, append } }
    },
  }
}

describe('several runners at the same time', () => {
  it('C1 of five, each message is attempted by one, whoever requested it', async () => {
    const { market, publisherId, again, notifier, store } = await telling()
    const runners = await Promise.all(Array.from({ length: 5 }, () => again()))
    for (let n = 0; n < 10; n += 1) await begin(market, publisherId, `N${n}`)
    await Promise.all(runners.map((runner) => runner.catchUp()))
    await market.catchUp()
    expect(notifier.attempts.length).toBe(20)
    expect(new Set(notifier.sent.map(({ id }) => id)).size).toBe(20)
    const requested = (await messagesIn(store)).filter(({ type }) => type === 'MessageRequested')
    expect(requested.length).toBe(10)
  })
})

describe('a store that cannot say whether it has stored something', () => {
  it('C2 a claim counts as lost: the attempt is made when it has ended', async () => {
    const { market, publisherId, again, notifier, store, clock } = await telling({ messages: { atOnce: 1 } })
    await begin(market, publisherId)
    const runner = await again({ store: silentOnce(store, 'MessageAttempted') })
    await runner.catchUp()
    expect([notifier.attempts.length, await storyOf(store)]).toEqual([1, ['Attempted']])
    clock.wait(45_000)
    await runner.catchUp()
    expect(await storyOf(store)).toEqual(['Attempted', 'Attempted', 'Delivered'])
  })

  it('C1 what came of an attempt is recorded once', async () => {
    const { market, publisherId, again, notifier, store } = await telling()
    await begin(market, publisherId)
    await (await again({ store: silentOnce(store, 'MessageDelivered') })).catchUp()
    expect([notifier.attempts.length, await storyOf(store, 0), await storyOf(store, 1)]).toEqual([
      2,
      ['Attempted', 'Delivered'],
      ['Attempted', 'Delivered'],
    ])
  })

  it('C2 a request is looked for, and made once', async () => {
    const { market, publisherId, again, notifier, store } = await telling()
    await begin(market, publisherId)
    const runner = await again({ store: silentOnce(store, 'MessageRequested') })
    await expect(runner.catchUp()).rejects.toMatchObject({ code: 'unknown-outcome' })
    await runner.catchUp()
    expect([notifier.sent.length, (await messagesIn(store)).length]).toEqual([2, 5])
  })
})

describe('in the background', () => {
  it('messages go out by themselves, and again after a pause', async () => {
    const { market, publisherId, notifier } = await telling({
      clock: realClock,
      messages: { firstPause: 20, longestPause: 20 },
      answer: (_message, attempt) => (attempt === 1 ? { outcome: 'failed', reason: 'busy' } : { outcome: 'delivered' }),
    })
    market.start()
    await begin(market, publisherId)
    for (let n = 0; n < 300 && notifier.sent.length < 2; n += 1) await pause(10)
    await market.close()
    expect([notifier.sent.length, notifier.attempts.length]).toEqual([2, 4])
  })

  it('closing lets what is under way end, and begins nothing more', async () => {
    const store = memoryStore()
    let isAnswered = false
    const answer = async () => {
      await pause(150)
      isAnswered = true
      return { outcome: 'delivered' as const }
    }
    const { market, publisherId, notifier } = await telling({
      store,
      clock: realClock,
      answer,
      messages: { atOnce: 1 },
    })
    market.start()
    await begin(market, publisherId)
    for (let n = 0; n < 300 && notifier.attempts.length < 1; n += 1) await pause(10)
    await market.close()
    expect([isAnswered, notifier.attempts.length, await storyOf(store)]).toEqual([true, 1, ['Attempted', 'Delivered']])
  })
})

describe('the view of deliveries', () => {
  it('B22 stands still at an event that is newer than this code, and says so; requests go on', async () => {
    const { market, publisherId, store } = await telling()
    await begin(market, publisherId)
    await market.catchUp()
    const { messages } = await store.open()
    const [requested] = await messagesIn(store)
    const { stream } = requested!
    const { head, events } = await messages.readStream(stream)
    const { version: _version, position: _position, stream: _stream, ...last } = events.at(-1)!
    const newer = { ...last, id: '0190a000-0000-7000-8000-00000000beef', type: 'MessageBounced' }
    await messages.append({ writes: [{ stream, expected: head, events: [newer] }] })
    await begin(market, publisherId, 'Second')
    await market.catchUp()
    const { well, messages: health } = await market.health()
    expect([well, health.view.stopped?.code]).toEqual([false, 'newer-than-this-code'])
    expect((await messages.readAll()[Symbol.asyncIterator]().next()).value.events.at(-1).type).toBe('MessageRequested')
    await expect(market.ready()).rejects.toMatchObject({ code: 'view-stopped' })
  })

  it('says how many messages are due, under way, waiting or given up', async () => {
    const clock = handClock()
    const stalled = memoryNotifier({ answer: () => new Promise(() => undefined) })
    const { market, publisherId, again } = await telling({ clock, notifiers: [] })
    await begin(market, publisherId)
    await market.catchUp()
    expect((await market.health()).messages).toMatchObject({ due: 1, underWay: 0, waiting: 0, givenUp: 0, expired: 0 })
    const sending = await again({ notifiers: [stalled], messages: { sendWithin: 1_500 } })
    const ended = sending.catchUp()
    while (stalled.attempts.length < 1) await pause(10)
    await market.catchUp()
    expect((await market.health()).messages).toMatchObject({ due: 0, underWay: 1 })
    await ended
    expect((await sending.health()).messages).toMatchObject({ underWay: 0, waiting: 1 })
  })
})

describe('very many at once', () => {
  it('C19 are sent a few at a time, whoever stalls; one that fails keeps none of the others', async () => {
    let [underWay, most] = [0, 0]
    const answer = async ({ facts }: { facts: object }) => {
      underWay += 1
      most = Math.max(most, underWay)
      await pause(1)
      underWay -= 1
      const { name } = facts as { name: string }
      return name.endsWith('7') ? { outcome: 'failed' as const, reason: 'busy' } : { outcome: 'delivered' as const }
    }
    const { market, publisherId, notifier, clock } = await telling({ answer, messages: { atOnce: 8 } })
    const names = Array.from({ length: 300 }, (_, n) => `N${n}`)
    for (const name of names) await begin(market, publisherId, name)
    await market.catchUp()
    expect(most).toBe(8)
    expect(notifier.sent.length).toBe(540)
    expect((await market.health()).messages).toMatchObject({ waiting: 30, due: 0, underWay: 0 })
    clock.wait(10_000)
    await market.catchUp()
    expect(notifier.attempts.length).toBe(660)
  }, 60_000)

  it('C19 in the background do not wait for one that stalls', async () => {
    const answer = ({ facts }: { facts: object }) =>
      (facts as { name: string }).name === 'Stalls'
        ? new Promise<never>(() => undefined)
        : { outcome: 'delivered' as const }
    const { market, publisherId, notifier } = await telling({ clock: realClock, answer })
    market.start()
    await begin(market, publisherId, 'Stalls')
    for (let n = 0; n < 300 && notifier.attempts.length < 2; n += 1) await pause(10)
    await begin(market, publisherId, 'Goes')
    for (let n = 0; n < 300 && notifier.sent.length < 2; n += 1) await pause(10)
    expect(notifier.sent.map(({ facts }) => (facts as { name: string }).name)).toEqual(['Goes', 'Goes'])
    await market.close()
  }, 20_000)
})
