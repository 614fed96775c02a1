import { describe, expect, it } from 'vitest'
import { instantOf } from './instant.js'

describe('an instant that somebody names', () => {
  it('is read as a day, with a time, with seconds, and in another zone', () => {
    expect(instantOf('2026-03-01')).toBe('2026-03-01T00:00:00.000Z')
    expect(instantOf('2026-03-01T09:30Z')).toBe('2026-03-01T09:30:00.000Z')
    expect(instantOf('2026-03-01 09:30')).toBe('2026-03-01T09:30:00.000Z')
    expect(instantOf('2026-03-01T09:30:15.250Z')).toBe('2026-03-01T09:30:15.250Z')
    expect(instantOf('2026-03-01T00:30+02:00')).toBe('2026-02-28T22:30:00.000Z')
  })

  it('is refused, with a sentence, when there is no such day or time', () => {
    for (const wrong of ['', 'yesterday', '2026-02-30', '2026-3-1', '2026-03-01T25:00', '2026-13-01', '1e9'])
      expect(() => instantOf(wrong)).toThrow(/such as 2026-03-01 .* was expected/)
  })
})
