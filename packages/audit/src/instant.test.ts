import { expect, it } from 'vitest'
import { instantOf } from './instant.js'

it('an instant that somebody names is read, or refused with a sentence', () => {
  expect(instantOf('2026-03-01 09:30')).toBe('2026-03-01T09:30:00.000Z')
  expect(() => instantOf('2026-02-30')).toThrow(
    /^2026-02-30 is no instant\. An instant such as 2026-03-01 .* was expected/,
  )
})
