import { defineMarketplace, parsedEvent, type StoredEvent, serialiseAppend, textOf } from '@vitrine/core'
import { begin } from '@vitrine/testing'
import { describe, expect, it } from 'vitest'

const [registered] = begin(defineMarketplace({ baseUrl: 'https://market.example' }), 'publisher').events
const stored: StoredEvent = { ...registered!, stream: 'publisher-1', version: 0, position: 41 }

describe('A21 a stored event', () => {
  it('has the texts that an append gave to it, and stands where it stood', () => {
    const write = { stream: 'publisher-1', expected: 'none', events: [registered!] } as const
    const [[serialised]] = serialiseAppend({ writes: [write] }) as [[object]]
    expect(textOf(stored)).toStrictEqual({ ...serialised, stream: 'publisher-1', version: 0, position: 41 })
  })

  it('comes out of its texts as it was, a fresh one each time', () => {
    const text = textOf(stored)
    expect(parsedEvent(text)).toStrictEqual(stored)
    expect(parsedEvent(text).data).not.toBe(parsedEvent(text).data)
    expect(() => parsedEvent({ ...text, data: '{' })).toThrow(SyntaxError)
  })
})
