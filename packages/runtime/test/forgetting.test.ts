import type { SendOutcome } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { begin, fromTheBeginning, messagesIn, telling } from './message-stage.js'
import { day, open, rita } from './stage.js'

const failed: SendOutcome = { outcome: 'failed', reason: 'busy' }

describe('messages that ended long ago', () => {
  it('are forgotten, in the log and in the view, and are never told again', async () => {
    const { market, store, notifier, publisherId, clock, again } = await telling()
    await begin(market, publisherId)
    await market.catchUp()
    const { messageId } = (await market.asOperator.messages.find()).documents[0]!
    clock.wait(400 * day - 1)
    await begin(market, publisherId, 'Second')
    await market.catchUp()
    expect((await market.asOperator.messages.find()).documents.length).toBe(2)
    clock.wait(1)
    await market.catchUp()
    expect(await market.asOperator.messages.get(messageId)).toBeUndefined()
    expect((await messagesIn(store)).some(({ stream }) => stream.endsWith(messageId))).toBe(false)
    await market.rebuild('deliveries')
    await market.catchUp()
    expect((await market.asOperator.messages.find()).documents.length).toBe(1)
    const answer = await market.messages.resend({ messageId, recipient: 0, by: rita, why: 'Please' })
    expect(answer).toMatchObject({ refused: { code: 'unknown-message' } })
    const sent = notifier.attempts.length
    const fromTheStart = await again({ store: await fromTheBeginning(store, 'tell', 'notify') })
    await fromTheStart.catchUp()
    expect(notifier.attempts.length).toBe(sent)
    expect((await messagesIn(store)).some(({ stream }) => stream.endsWith(messageId))).toBe(false)
  })

  it('are kept while one of their deliveries is open, and options that are no numbers are refused', async () => {
    const { market, publisherId, clock } = await telling({
      answer: () => failed,
      messages: { keepForDays: 1, expireAfterDays: 30 },
    })
    await begin(market, publisherId)
    clock.wait(2 * day)
    await market.catchUp()
    expect((await market.asOperator.messages.find()).documents.length).toBe(1)
    await expect(open({ messages: { attempts: 0 } })).rejects.toThrow('messages.attempts is 0: a number above 0')
  })
})
