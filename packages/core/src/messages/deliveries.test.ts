import { deliveries } from '@vitrine/core'
import { describe, expect, it } from 'vitest'
import { ada, luc, messageStory, rita } from '../../test/message-story.js'
import { member, outsider, run, staff } from '../../test/run-view.js'
import { minute, rita as reviewer } from '../../test/stored-event.js'

const administrator = { ...member, role: 'administrator' } as const

describe('the view of deliveries', () => {
  it('shows a message with what became of it for each recipient', () => {
    const { request, attempt, tell, events } = messageStory()
    request('m-1', [luc, ada])
    attempt('m-1', 0, 1)
    const shown = {
      messageId: 'm-1',
      kind: 'rejected',
      policy: 'notify',
      key: 'rejected',
      event: { id: 'e-9', stream: 'listing-l-1', version: 4, position: 9, occurredAt: minute(0) },
      publisherId: 'p-1',
      listingId: 'l-1',
      requestedAt: minute(1),
      deliveries: [
        { recipient: 0, to: luc, status: 'underWay', attempts: 1, notAfter: minute(10_000) },
        { recipient: 1, to: ada, status: 'due', attempts: 0, notAfter: minute(10_000) },
      ],
    }
    expect(run(deliveries, events).get('m-1')).toEqual(shown)
    expect(run(deliveries, events).get('m-1')).not.toHaveProperty('endedAt')
    expect(run(deliveries, events).index('endedAt')).toEqual([])
    expect(run(deliveries, events).index('statuses', 'requestedAt')).toEqual([
      `underWay ${minute(1)} m-1`,
      `due ${minute(1)} m-1`,
    ])
    tell('m-1', 'MessageExpired', { recipient: 1 })
    tell('m-1', 'MessageDelivered', { recipient: 0, claim: 'c-1' })
    expect(run(deliveries, events).get('m-1')).toMatchObject({ endedAt: minute(4) })
  })

  it('T30 is for administrators of the publisher and for staff; to them staff is the marketplace', () => {
    const { request, tell, events } = messageStory()
    request('m-1', [luc])
    tell('m-1', 'MessageExpired', { recipient: 0 })
    tell('m-1', 'MessageResent', { recipient: 0, why: 'They asked.', notAfter: minute(99) }, reviewer)
    const view = run(deliveries, events)
    const lister = { ...member, role: 'lister' } as const
    for (const viewer of [outsider, member, lister]) expect(view.get('m-1', viewer)).toBeUndefined()
    const resent = (viewer: typeof administrator | typeof staff) =>
      view.get('m-1', viewer)?.deliveries[0]?.resent?.by.name
    expect([resent(administrator), resent(staff)]).toEqual(['the marketplace', 'Rita SECRET'])
  })

  it('T30 names no publisher for what went to staff, or to several publishers', () => {
    const { request, events } = messageStory()
    request('m-1', [rita])
    request('m-2', [luc, { is: 'member', publisherId: 'p-2', actorId: 'u-luc' }])
    request('m-3', [])
    const view = run(deliveries, events)
    for (const id of ['m-1', 'm-2', 'm-3']) expect(view.get(id)).not.toHaveProperty('publisherId')
    expect(view.index('publisherId')).toEqual([])
  })

  it('finds what is due by its channel and instant, until it has ended', () => {
    const { request, attempt, tell, events } = messageStory()
    request('m-1', [luc, ada])
    const expiry = `expiry ${minute(10_000).slice(0, -4)}001Z m-1`
    expect(run(deliveries, events).index('due')).toEqual([`email ${minute(1)} m-1`, expiry])
    attempt('m-1', 0, 1)
    tell('m-1', 'MessageFailed', { recipient: 0, claim: 'c-1', reason: 'busy', nextAt: minute(40) })
    expect(run(deliveries, events).index('due')).toContain(`email ${minute(40)} m-1`)
    for (const recipient of [0, 1]) tell('m-1', 'MessageExpired', { recipient })
    expect(run(deliveries, events).index('due')).toEqual([])
    expect(run(deliveries, events).index('endedAt')).toEqual([`${minute(5)} m-1`])
  })

  it('finds what stands before a message in its lane, while it is open', () => {
    const { request, tell, events } = messageStory()
    request('m-1', [luc])
    request('m-2', [luc])
    const lanes = () => run(deliveries, events).index('openLanes').length
    expect(lanes()).toBe(2)
    expect(run(deliveries, events).index('openLanes')[0]).toMatch(/^listing-l-1 .*u-luc.* m-1$/)
    tell('m-1', 'MessageExpired', { recipient: 0 })
    expect(lanes()).toBe(1)
  })

  it('files a message about something else than a listing under no listing, and one to nobody as ended', () => {
    const { request, events } = messageStory()
    const event = { id: 'e-1', stream: 'publisher-p-1', version: 1, position: 1, occurredAt: minute(0) }
    request('m-1', [], { event })
    expect(run(deliveries, events).get('m-1')).toMatchObject({ deliveries: [], endedAt: minute(1) })
    expect(run(deliveries, events).index('listingId')).toEqual([])
  })

  it('forgets nothing by itself, and is the same however often it is built', () => {
    const { request, events } = messageStory()
    request('m-1', [luc])
    expect(run(deliveries, events).documents).toEqual(run(deliveries, events).documents)
  })
})
