import { describe, expect, it } from 'vitest'
import { captured, listingId, message, rejected } from '../test/sample.js'
import { cloudEvent } from './cloud-event.js'

const sender = { source: 'https://market.example', typePrefix: 'example.market' }
const to = (changes: object) => message('https://hooks.example', changes)

function eventOf(changes: object = {}) {
  const written = cloudEvent(to(changes), sender)
  if (typeof written === 'string') throw new Error(written)
  return { bytes: written.length, ...JSON.parse(written.toString()) }
}

describe('the event of a message', () => {
  it('has the attributes of CloudEvents 1.0, and the facts as its data', () => {
    expect(JSON.parse(cloudEvent(to({}), sender).toString())).toEqual({
      specversion: '1.0',
      id: '018f3f6e-3a52-7c1e-8a44-0d5a5c7be001',
      source: 'https://market.example',
      type: 'example.market.rejected.v1',
      subject: listingId,
      time: '2026-03-01T09:00:00.000Z',
      datacontenttype: 'application/json',
      data: rejected,
    })
  })

  it('is about its thread where it is about no listing', () => {
    const facts = { publisherName: 'Marsh Software', page: 'https://market.example/publisher', submissions: [] }
    expect(eventOf({ kind: 'auto-publish-revoked', thread: 'publisher-1', facts })).toMatchObject({
      type: 'example.market.auto-publish-revoked.v1',
      subject: 'publisher-1',
    })
  })

  it('of a kind of one’s own holds its facts as they are', () => {
    const facts = { reason: 'a complaint', from: 'legal', nested: { __proto__: null, list: [1, null, '𝄞'] } }
    expect(eventOf({ kind: 'listing-suspended', facts })).toMatchObject({
      type: 'example.market.listing-suspended.v1',
      data: JSON.parse(JSON.stringify(facts)),
    })
  })

  it('C10 of a lead says where it is, and nothing of who asks', () => {
    const { from: _from, message: _message, ...rest } = captured
    expect(eventOf({ kind: 'lead-captured', facts: { ...captured, budget: 'added to the facts later' } }).data).toEqual(
      rest,
    )
  })

  it('C10 does not exist of an invitation: its secret is for one person', () => {
    const facts = { publisherName: 'Marsh Software', page: 'https://market.example/join?secret=s3cret' }
    const why = 'An invitation holds a secret for one person, and goes to no webhook.'
    expect(cloudEvent(to({ kind: 'invitation', facts }), sender)).toBe(why)
  })

  it.each([
    ['a circle', circle()],
    ['a big integer', { big: 1n }],
    ['nothing', { toJSON: () => undefined }],
    ['something that is no object', { toJSON: () => null }],
  ])('does not exist of facts that JSON does not have: %s', (_what, facts) => {
    expect(cloudEvent(to({ facts }), sender)).toBe('The facts cannot be written as JSON.')
  })
})

describe('facts of 20 kB and more', () => {
  it('lose the largest, which are named; ids and links stay', () => {
    const long = { ...rejected, reasons: 'é'.repeat(9000), comment: 'x'.repeat(9000), note: 'y'.repeat(5000) }
    const { data, bytes } = eventOf({ facts: long })
    const { reasons: _long, ...rest } = long
    expect(data).toEqual({ ...rest, cut: ['reasons'] })
    expect(bytes).toBeLessThan(20_000)
  })

  it('lose as many as it takes', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`part${n}`, 'x'.repeat(1000 + n)]))
    const { data, bytes } = eventOf({ facts: { ...rejected, ...many } })
    expect(data).toMatchObject({ listingId, page: rejected.page })
    expect(data.cut).toEqual(Array.from({ length: data.cut.length }, (_, n) => `part${29 - n}`))
    expect(bytes).toBeLessThan(20_000)
    expect(bytes).toBeGreaterThan(17_500)
  })

  it('are cut at that size and not below', () => {
    const { bytes: base } = eventOf({ facts: { text: '' } })
    const fits = eventOf({ facts: { text: 'x'.repeat(19_999 - base) } })
    expect(fits).toMatchObject({ bytes: 19_999 })
    expect(fits.data).not.toHaveProperty('cut')
    expect(eventOf({ facts: { text: 'x'.repeat(20_000 - base) } }).data).toEqual({ cut: ['text'] })
  })

  it('are too large when the names alone are', () => {
    const names = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`name${n}`, n]))
    const why = 'The facts are too large for a webhook, even without their largest.'
    expect(cloudEvent(to({ facts: names }), sender)).toBe(why)
  })
})

function circle(): object {
  const facts: Record<string, unknown> = {}
  facts.self = facts
  return facts
}
