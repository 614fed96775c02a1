import { describe, expect, it } from 'vitest'
import { beginIn, mailboxes, messagesIn, teamIn, telling, typesOf } from './message-stage.js'

describe('a policy of one’s own that gives a message', () => {
  it('has it sent once to everybody it is for', async () => {
    const { market, store, notifier } = await telling()
    const listingId = await beginIn(market, await teamIn(market))
    await market.catchUp()
    await market.catchUp()
    expect(mailboxes(notifier).toSorted()).toEqual(['u-ada@mail.example', 'u-luc@mail.example'])
    expect(notifier.sent[0]).toMatchObject({
      kind: 'draft-begun',
      locale: 'en',
      thread: `listing-${listingId}`,
      facts: { name: 'Ledgerline' },
    })
    expect((await typesOf(store)).toSorted()).toEqual([
      'MessageAttempted',
      'MessageAttempted',
      'MessageDelivered',
      'MessageDelivered',
      'MessageRequested',
    ])
    expect((await messagesIn(store))[0]).toMatchObject({
      type: 'MessageRequested',
      data: { policy: 'tell', key: 'begun' },
    })
  })
})
