import { defineMarketplace, serialiseAppend } from '@vitrine/core'
import { begin } from '@vitrine/testing'
import { expect, it } from 'vitest'

it('one write holds no event id twice', () => {
  const [registered] = begin(defineMarketplace({ baseUrl: 'https://market.example' }), 'publisher').events
  const write = { stream: 'publisher-1', expected: 'none' as const, events: [registered!, registered!] }
  expect(() => serialiseAppend({ writes: [write] })).toThrow('The write to stream publisher-1 holds one event id twice')
})
