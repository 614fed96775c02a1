import { deliveryId, type Message, type SendOutcome, type Store, StoreError } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { fuseAt, fused } from './fuse.js'
import { begin, messagesIn, storyOf, telling } from './message-stage.js'
import { handClock } from './stage.js'
import { tell } from './tell.js'

const lease = 45_000

/** The same store, of which the log of messages breaks when an event of this type is written. */
function breaking(store: Store, type: string, isStored: boolean): Store {
  return {
    open: async () => {
      const opened = await store.open()
      const broken = new StoreError('closed', 'The process has ended here.')
      let isBroken = false
      const append: typeof opened.messages.append = async (append) => {
        if (isBroken) throw broken
        isBroken = append.writes[0]!.events.some((event) => event.type === type)
        if (!isBroken) return opened.messages.append(append)
        if (isStored) await opened.messages.append(append)
        throw broken
      }
      return { ...opened, messages: { ...opened.messages, append } }
    },
  }
}

describe('the process ends', () => {
  it('C1 after sending, before recording it: the same message again, under the same id', async () => {
    const { store, publisherId, clock, again, notifier } = await telling()
    const first = await again({ store: breaking(store, 'MessageDelivered', false), messages: { atOnce: 1 } })
    await begin(first, publisherId)
    await expect(first.catchUp()).rejects.toMatchObject({ code: 'closed' })
    await first.close()
    expect(notifier.attempts.length).toBe(1)

    const second = await again()
    clock.wait(lease)
    await second.catchUp()
    const [sent, repeated] = notifier.attempts.filter(({ id }) => id === notifier.attempts[0]!.id)
    expect(repeated).toEqual(sent)
    const messages = await messagesIn(store)
    expect(messages.filter(({ type }) => type === 'MessageRequested').length).toBe(1)
    expect(sent!.id).toBe(deliveryId(messages[0]!.stream.slice('message-'.length), 0))
    expect(await storyOf(store)).toEqual(['Attempted', 'Attempted', 'Delivered'])
    expect(notifier.attempts.length).toBe(3)
  })

  it('C2 after it claimed the attempt, before sending: sent once the claim has ended, and not before', async () => {
    const { store, publisherId, clock, again, notifier } = await telling()
    const first = await again({ store: breaking(store, 'MessageAttempted', true), messages: { atOnce: 1 } })
    await begin(first, publisherId)
    await expect(first.catchUp()).rejects.toMatchObject({ code: 'closed' })
    await first.close()
    expect([notifier.attempts, await storyOf(store)]).toEqual([[], ['Attempted']])

    const second = await again()
    await second.catchUp()
    clock.wait(lease - 1)
    await second.catchUp()
    expect(await storyOf(store)).toEqual(['Attempted'])
    clock.wait(1)
    await second.catchUp()
    expect(await storyOf(store)).toEqual(['Attempted', 'Attempted', 'Delivered'])
  })

  it('C2 after the event, before the message is requested: it is requested by who comes next', async () => {
    const { store, publisherId, again, notifier } = await telling()
    const first = await again({ store: breaking(store, 'MessageRequested', false) })
    await begin(first, publisherId)
    await expect(first.catchUp()).rejects.toMatchObject({ code: 'closed' })
    await first.close()
    await (await again()).catchUp()
    expect(notifier.sent.length).toBe(2)
  })

  it('C1 in the last attempt there is: it is given up, since nobody knows whether it arrived', async () => {
    const { store, publisherId, clock, again } = await telling({ messages: { attempts: 1 } })
    const first = await again({ store: breaking(store, 'MessageDelivered', false) })
    await begin(first, publisherId)
    await expect(first.catchUp()).rejects.toMatchObject({ code: 'closed' })
    clock.wait(lease)
    await (await again()).catchUp()
    expect(await storyOf(store)).toEqual(['Attempted', 'GivenUp'])
  })

  it('C1 C2 at every single step, before it is done and after: all is sent, and repeats have the same id', async () => {
    const answers: readonly SendOutcome[] = [{ outcome: 'failed', reason: 'busy' }, { outcome: 'delivered' }]
    const whole = fuseAt()
    await playedTo(whole, answers)
    expect(whole.steps).toBeGreaterThan(100)
    for (let at = 0; at < whole.steps; at += 1) await playedTo(fuseAt(at), answers)
  }, 120_000)
})

/** Tells of one listing, with a process that ends at some step; then others go on until nothing is left to do. */
async function playedTo(fuse: ReturnType<typeof fuseAt>, answers: readonly SendOutcome[]): Promise<void> {
  const store = memoryStore()
  const clock = handClock()
  const answer = (_message: Message<object>, attempt: number) =>
    answers[attempt - 1] ?? { outcome: 'delivered' as const }
  const { market, publisherId, again, notifier } = await telling({ store, clock, answer, policies: [tell] })
  await begin(market, publisherId)
  await market.close()
  await goOn(() => again({ store: fused(store, fuse) }), fuse, clock)
  const rest = await again()
  for (let n = 0; n < 4; n += 1) {
    await rest.catchUp()
    clock.wait(60_000)
  }
  const messages = await messagesIn(store)
  const attempts = messages.filter(({ type }) => type === 'MessageAttempted').length
  expect(messages.filter(({ type }) => type === 'MessageRequested').length).toBe(1)
  expect(messages.filter(({ type }) => type === 'MessageDelivered').length).toBe(2)
  expect(new Set(notifier.sent.map(({ id }) => id)).size).toBe(2)
  expect(notifier.attempts.length).toBeLessThanOrEqual(attempts)
  await rest.close()
}

async function goOn(
  open: () => ReturnType<Awaited<ReturnType<typeof telling>>['again']>,
  fuse: ReturnType<typeof fuseAt>,
  clock: ReturnType<typeof handClock>,
): Promise<void> {
  const market = await open()
  fuse.arm()
  try {
    for (let n = 0; n < 2; n += 1) {
      await market.catchUp()
      clock.wait(60_000)
    }
  } catch (error) {
    expect(error).toMatchObject({ code: 'closed' })
  }
  await market.close()
}
