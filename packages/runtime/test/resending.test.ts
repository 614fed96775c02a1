import { builtInViews, type SendOutcome } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { begin, boxes, storyOf, telling } from './message-stage.js'
import { ada, day, luc, olaf, open, rita, sam, zoe } from './stage.js'

const delivered: SendOutcome = { outcome: 'delivered' }

describe('sending again', () => {
  it('is for administrators and staff, of what ended without having arrived; who and why are recorded', async () => {
    let isBack = false
    const { market, store, notifier, publisherId, clock } = await telling({
      answer: () => (isBack ? delivered : { outcome: 'refused', reason: 'no such mailbox' }),
    })
    await begin(market, publisherId)
    await market.catchUp()
    const { documents } = await market.messages.find({ where: { publisherId }, for: ada })
    const { messageId } = documents[0]!
    clock.wait(30 * day)
    isBack = true
    const why = 'The mailbox is back.'
    const resend = (by: { id: string; name: string }, recipient = 0) =>
      market.messages.resend({ messageId, recipient, by, why })
    for (const by of [luc, zoe]) expect(await resend(by)).toMatchObject({ refused: { code: 'unknown-message' } })
    expect(await resend(ada, 7)).toMatchObject({ refused: { code: 'unknown-recipient' } })
    const { position } = (await resend(ada)) as { position: number }
    expect((await market.messages.get(messageId, { for: ada, after: position }))?.deliveries[0]).toMatchObject({
      status: 'due',
      resent: { by: { id: ada.id, role: 'administrator' }, why },
    })
    expect(await resend(ada)).toMatchObject({ refused: { code: 'message-under-way' } })
    expect('position' in (await resend(olaf, 1))).toBe(true)
    await market.catchUp()
    expect(await storyOf(store)).toEqual(['Attempted', 'GivenUp', 'Resent', 'Attempted', 'Delivered'])
    expect(await resend(ada)).toMatchObject({ refused: { code: 'message-delivered' } })
    expect(new Set(notifier.attempts.map(({ id }) => id)).size).toBe(2)
  })

  it('of what expired gives it a new time', async () => {
    const { market, store, publisherId, clock, again, notifier } = await telling({ notifiers: [] })
    await begin(market, publisherId)
    clock.wait(8 * day)
    await market.catchUp()
    const { messageId } = (await market.asOperator.messages.find()).documents[0]!
    const sending = await again({ notifiers: [notifier] })
    await sending.messages.resend({ messageId, recipient: 1, by: rita, why: 'We were down.' })
    await sending.catchUp()
    expect([boxes(notifier.sent), await storyOf(store, 1)]).toEqual([
      ['u-luc'],
      ['Expired', 'Resent', 'Attempted', 'Delivered'],
    ])
  })

  it('needs a reason, a person, and a message that there is', async () => {
    const { market } = await telling()
    const given = { messageId: '0190a000-0000-7000-8000-000000000001', recipient: 0, by: ada, why: 'Please' }
    const codes = []
    for (const more of [{}, { messageId: 'x' }, { why: ' ' }, { by: { id: 'system', name: 'x' } }]) {
      const answer = await market.messages.resend({ ...given, ...more })
      codes.push('refused' in answer ? answer.refused.code : 'sent')
    }
    expect(codes).toEqual(['unknown-message', 'unknown-message', 'invalid-command', 'invalid-command'])
  })
})

describe('asking about messages', () => {
  it('T34 is for administrators of the publisher and for staff, and holds no address', async () => {
    const { market, publisherId } = await telling()
    await begin(market, publisherId)
    await market.catchUp()
    const { documents } = await market.messages.find({ where: { publisherId }, for: ada })
    const { messageId } = documents[0]!
    expect(documents[0]).toMatchObject({ kind: 'draft-begun', publisherId, deliveries: [{ status: 'delivered' }, {}] })
    expect(JSON.stringify(documents)).not.toContain('@')
    expect(await market.messages.get(messageId, { for: rita })).toEqual(documents[0])
    for (const person of [luc, sam, zoe]) {
      expect(await market.messages.get(messageId, { for: person })).toBeUndefined()
      expect(await market.messages.count({ where: { publisherId }, for: person })).toBe(0)
    }
    expect(await market.asOperator.messages.count({ where: { statuses: 'delivered' } })).toBe(1)
    await expect(market.messages.find({} as never)).rejects.toMatchObject({ code: 'person-needed' })
  })

  it('a view of one’s own cannot take the name', async () => {
    await expect(open({ views: { deliveries: builtInViews.links } })).rejects.toMatchObject({ code: 'invalid-options' })
  })
})
