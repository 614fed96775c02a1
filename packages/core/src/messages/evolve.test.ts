import { evolveMessage, fold, noMessage, type StoredMessageEvent } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { ada, luc, messageStory } from '../../test/message-story.js'
import { minute, rita as reviewer } from '../../test/stored-event.js'

const folded = (events: readonly StoredMessageEvent[]) => fold({ initial: noMessage, evolve: evolveMessage }, events)
const first = (events: readonly StoredMessageEvent[]) => folded(events).deliveries[0]

describe('a message that was requested', () => {
  it('is due to each of its recipients, and holds nothing but references', () => {
    const { request } = messageStory()
    expect(folded(request('m-1', [luc, ada], { about: ['l-2'] }))).toEqual({
      id: 'm-1',
      policy: 'notify',
      key: 'rejected',
      kind: 'rejected',
      event: { id: 'e-9', stream: 'listing-l-1', version: 4, position: 9, occurredAt: minute(0) },
      about: ['l-2'],
      requestedAt: minute(1),
      position: 1,
      deliveries: [luc, ada].map((to) => ({ to, status: 'due', attempts: 0, notAfter: minute(10_000) })),
    })
  })

  it('is about no other listing, unless it says so', () => {
    const { request } = messageStory()
    expect(folded(request('m-1', [luc])).about).toEqual([])
  })

  it('is nothing before', () => {
    expect(noMessage()).toEqual({
      id: '',
      policy: '',
      key: '',
      kind: '',
      event: { id: '', stream: '', version: 0, position: 0, occurredAt: '' },
      about: [],
      requestedAt: '',
      position: 0,
      deliveries: [],
    })
  })

  it('stands with each recipient for itself', () => {
    const { request, attempt, tell } = messageStory()
    request('m-1', [luc, ada])
    attempt('m-1', 1, 1)
    const after = folded(tell('m-1', 'MessageDelivered', { recipient: 1, claim: 'c-1', receipt: 'queued as 7' }))
    expect(after.deliveries.map(({ status }) => status)).toEqual(['due', 'delivered'])
    expect(after.deliveries[1]).toMatchObject({ receipt: 'queued as 7', endedAt: minute(3) })
  })
})

describe('an attempt', () => {
  const attempted = () => {
    const { request, attempt, tell } = messageStory()
    request('m-1', [luc])
    return { attempt, tell, events: attempt('m-1', 0, 1) }
  }
  const failed = () => {
    const { attempt, tell } = attempted()
    const busy = { recipient: 0, claim: 'c-1', reason: 'busy', nextAt: minute(40) }
    return { attempt, tell, events: tell('m-1', 'MessageFailed', busy) }
  }

  it('is claimed by one, until an instant', () => {
    const { events } = attempted()
    expect(first(events)).toMatchObject({ status: 'underWay', attempts: 1, claim: { id: 'c-1', until: minute(4) } })
  })

  it('that failed waits for the next, and says why', () => {
    const { claim, ...delivery } = first(failed().events)!
    expect([claim, delivery]).toEqual([
      undefined,
      { to: luc, status: 'waiting', attempts: 1, notAfter: minute(10_000), reason: 'busy', nextAt: minute(40) },
    ])
  })

  it('that follows takes the place of the one before', () => {
    const followed = first(failed().attempt('m-1', 0, 2))
    expect(followed).toMatchObject({ status: 'underWay', attempts: 2, reason: 'busy' })
    expect(followed).not.toHaveProperty('nextAt')
  })

  it('that arrived ends it, without the reason of earlier failures', () => {
    const { attempt, tell } = failed()
    attempt('m-1', 0, 2)
    expect(first(tell('m-1', 'MessageDelivered', { recipient: 0, claim: 'c-2' }))).toEqual({
      to: luc,
      status: 'delivered',
      attempts: 2,
      notAfter: minute(10_000),
      receipt: undefined,
      endedAt: minute(5),
    })
  })
})

describe('a message that was not delivered', () => {
  it('says that it was given up, expired or suppressed, and why', () => {
    const { request, tell } = messageStory()
    request('m-1', [luc, ada, luc])
    tell('m-1', 'MessageGivenUp', { recipient: 0, reason: 'no such mailbox' })
    tell('m-1', 'MessageExpired', { recipient: 1 })
    const { deliveries } = folded(tell('m-1', 'MessageSuppressed', { recipient: 2, reason: 'muted' }))
    expect(deliveries).toMatchObject([
      { status: 'givenUp', reason: 'no such mailbox', endedAt: minute(2) },
      { status: 'expired', endedAt: minute(3) },
      { status: 'suppressed', reason: 'muted', endedAt: minute(4) },
    ])
  })

  it('is due again once somebody had it resent: who and why stay', () => {
    const { request, attempt, tell } = messageStory()
    request('m-1', [luc])
    attempt('m-1', 0, 1)
    tell('m-1', 'MessageGivenUp', { recipient: 0, reason: 'no such mailbox' })
    const data = { recipient: 0, why: 'The mailbox is back.', notAfter: minute(20_000) }
    expect(first(tell('m-1', 'MessageResent', data, reviewer))).toEqual({
      to: luc,
      status: 'due',
      attempts: 0,
      notAfter: minute(20_000),
      resent: { by: reviewer, why: 'The mailbox is back.', at: minute(4) },
    })
  })
})

describe('a history that does not fit', () => {
  it('names a recipient that there is not', () => {
    const { request, tell } = messageStory()
    request('m-1', [luc])
    const message = 'The history of message-m-1 does not fit: it has no recipient 1.'
    expect(() => folded(tell('m-1', 'MessageExpired', { recipient: 1 }))).toThrow(
      expect.objectContaining({ code: 'impossible-history', message, stream: 'message-m-1' }),
    )
  })

  it('B22 holds an event that this code does not know', () => {
    const { request, events } = messageStory()
    request('m-1', [luc])
    expect(() => folded([...events, { ...events[0]!, type: 'MessageBounced' } as never])).toThrow('does not know')
  })
})
