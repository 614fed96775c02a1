import {
  afterAttempt,
  channelOf,
  type Delivery,
  dueAt,
  holdsLane,
  isOpen,
  laneOf,
  nextStep,
  pauseAfter,
  type Recipient,
  type SendOutcome,
} from '@vitrine/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ada, luc, rita } from '../../test/message-story.js'
import { minute } from '../../test/stored-event.js'

const rules = { attempts: 5, firstPause: 10_000, longestPause: 3_600_000 }
const due: Delivery = { to: luc, status: 'due', attempts: 0, notAfter: minute(100) }
const claimed: Delivery = { ...due, status: 'underWay', attempts: 1, claim: { id: 'c-1', until: minute(20) } }
const waiting: Delivery = { ...due, status: 'waiting', attempts: 1, nextAt: minute(30) }
const ended = (['delivered', 'givenUp', 'expired', 'suppressed'] as const).map((status) => ({ ...due, status }))
const step = (delivery: Delivery, now: string) => nextStep(delivery, rules, now)

describe('what is to be done about a delivery', () => {
  it('is to attempt it at once', () => {
    expect([step(due, minute(1)), dueAt(due, minute(1))]).toEqual(['attempt', minute(1)])
  })

  it('is nothing while somebody has claimed it, and to attempt it again when the claim ends', () => {
    expect(step(claimed, minute(19.999))).toBe('nothing')
    expect([step(claimed, minute(20)), dueAt(claimed, minute(1))]).toEqual(['attempt', minute(20)])
  })

  it('is to give it up when the last attempt is one whose outcome nobody knows', () => {
    expect(step({ ...claimed, attempts: 4 }, minute(20))).toBe('attempt')
    expect(step({ ...claimed, attempts: 5 }, minute(19))).toBe('nothing')
    expect(step({ ...claimed, attempts: 5 }, minute(20))).toBe('giveUp')
  })

  it('is nothing until the pause after a failure is over', () => {
    expect(step(waiting, minute(29.999))).toBe('nothing')
    expect([step(waiting, minute(30)), dueAt(waiting, minute(1))]).toEqual(['attempt', minute(30)])
    expect(step({ ...waiting, attempts: 5 }, minute(30))).toBe('attempt')
  })

  it('is to let it expire after its last instant, whether it was tried or not, but not in the middle of an attempt', () => {
    for (const delivery of [due, waiting]) {
      expect(step(delivery, minute(100))).toBe('attempt')
      expect(step(delivery, `${minute(100).slice(0, -4)}001Z`)).toBe('expire')
    }
    const late = { ...claimed, claim: { id: 'c-1', until: minute(120) } }
    expect([minute(110), minute(120)].map((now) => step(late, now))).toEqual(['nothing', 'expire'])
  })

  it('is to let it expire before a retry that would come too late', () => {
    const patient = { ...waiting, nextAt: minute(200) }
    expect(dueAt(patient, minute(1))).toBe(`${minute(100).slice(0, -4)}001Z`)
    expect(step(patient, minute(150))).toBe('expire')
  })

  it('is nothing once it has ended', () => {
    for (const delivery of ended) {
      expect([isOpen(delivery), step(delivery, minute(500)), dueAt(delivery, minute(1))]).toEqual([
        false,
        'nothing',
        undefined,
      ])
    }
  })

  it('property: there is something to do from the instant on at which it is said to be due, and not before', () => {
    const instants = fc.integer({ min: 0, max: 300 }).map(minute)
    const deliveries = fc.oneof(
      fc.record({ notAfter: instants }).map((more) => ({ ...due, ...more })),
      fc.record({ notAfter: instants, nextAt: instants }).map((more) => ({ ...waiting, ...more })),
      fc
        .record({ notAfter: instants, until: instants, attempts: fc.integer({ min: 1, max: 5 }) })
        .map(({ until, ...more }) => ({ ...claimed, ...more, claim: { id: 'c-1', until } })),
    )
    fc.assert(
      fc.property(deliveries, instants, (delivery, now) => {
        const at = dueAt(delivery, minute(0))!
        expect(step(delivery, at)).not.toBe('nothing')
        expect(step(delivery, now) === 'nothing').toBe(now < at)
      }),
    )
  })
})

describe('after an attempt', () => {
  const record = (delivery: Delivery, outcome: SendOutcome, claim = 'c-1', chance = 1) =>
    afterAttempt(delivery, { recipient: 0, claim, outcome }, { rules, now: minute(5), chance })

  it('what arrived is delivered, with what the receiver gave in return', () => {
    const data = { recipient: 0, claim: 'c-1' }
    expect(record(claimed, { outcome: 'delivered' })).toStrictEqual({ type: 'MessageDelivered', data })
    expect(record(claimed, { outcome: 'delivered', receipt: 'r-7' })).toEqual({
      type: 'MessageDelivered',
      data: { ...data, receipt: 'r-7' },
    })
  })

  it('C6 what was refused is given up at once, whatever attempts are left', () => {
    expect(record(claimed, { outcome: 'refused', reason: 'no such mailbox' })).toEqual({
      type: 'MessageGivenUp',
      data: { recipient: 0, reason: 'no such mailbox' },
    })
  })

  it('C6 where nobody is any more, nothing more is sent', () => {
    expect(record(claimed, { outcome: 'gone', reason: '410' })).toEqual({
      type: 'MessageSuppressed',
      data: { recipient: 0, reason: 'gone' },
    })
  })

  it('C5 what failed is tried again later, and given up after the last attempt', () => {
    const failed: SendOutcome = { outcome: 'failed', reason: '503' }
    const data = { recipient: 0, claim: 'c-1', reason: '503', nextAt: '2026-03-01T00:05:10.000Z' }
    expect(record(claimed, failed)).toEqual({ type: 'MessageFailed', data })
    expect(record({ ...claimed, attempts: 5 }, failed)).toEqual({
      type: 'MessageGivenUp',
      data: { recipient: 0, reason: '503' },
    })
  })

  it('C5 a receiver that asks for more time gets it; one that asks for less does not shorten the pause', () => {
    const nextAt = (retryAfter: number) => record(claimed, { outcome: 'failed', reason: '429', retryAfter })?.data
    expect(nextAt(60_000)).toMatchObject({ nextAt: minute(6) })
    expect(nextAt(1)).toMatchObject({ nextAt: '2026-03-01T00:05:10.000Z' })
    expect(nextAt(Number.MAX_SAFE_INTEGER)).toMatchObject({ nextAt: '9999-12-31T23:59:59.999Z' })
  })

  it('whoever was overtaken records nothing, unless it arrived', () => {
    const others = { ...claimed, claim: { id: 'c-2', until: minute(40) } }
    for (const outcome of ['refused', 'gone', 'failed'] as const)
      for (const delivery of [others, ...ended]) expect(record(delivery, { outcome, reason: 'late' })).toBeUndefined()
    expect(record(others, { outcome: 'delivered' })?.type).toBe('MessageDelivered')
    expect(record({ ...due, status: 'delivered' }, { outcome: 'delivered' })).toBeUndefined()
  })
})

describe('the pause between two attempts', () => {
  it('C5 is four times as long each time, up to the longest', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((attempts) => pauseAfter(attempts, rules, 1) / 1000)).toEqual([
      10, 40, 160, 640, 2560, 3600, 3600,
    ])
  })

  it('C5 is spread by chance over its second half', () => {
    expect([0, 0.5, 0.9].map((chance) => pauseAfter(1, rules, chance))).toEqual([5_000, 7_500, 9_500])
  })
})

describe('a lane', () => {
  const message = (stream: string) => ({ event: { id: 'e', stream, version: 1, position: 1, occurredAt: minute(1) } })

  it('is of one stream and one recipient, however the recipient is written', () => {
    const { is, publisherId, actorId } = luc as Extract<typeof luc, { is: 'member' }>
    const lanes = [
      laneOf(message('listing-l-1'), due),
      laneOf(message('listing-l-1'), { ...due, to: { actorId, publisherId, is } }),
      laneOf(message('listing-l-1'), { ...due, to: ada }),
      laneOf(message('listing-l-2'), due),
    ]
    expect(lanes[1]).toBe(lanes[0])
    expect(new Set(lanes).size).toBe(3)
  })

  it('is held by what was never tried, and by a first attempt that is under way, not by what failed', () => {
    expect([due, claimed].map(holdsLane)).toEqual([true, true])
    expect([waiting, { ...claimed, attempts: 2 }, ...ended].some(holdsLane)).toBe(false)
  })
})

describe('the channel of a recipient', () => {
  it('is e-mail for people, a webhook for endpoints, and for whom a policy names what it said at the request', () => {
    const endpoint = { is: 'endpoint', publisherId: 'p-1', endpointId: 'n-1' } as const
    const named = [undefined, 'email', 'webhook'].map((by) => ({ is: 'named', name: 'legal', by }) as Recipient)
    expect([luc, rita, endpoint].map(channelOf)).toEqual(['email', 'email', 'webhook'])
    expect(named.map(channelOf)).toEqual(['email', 'email', 'webhook'])
  })
})
