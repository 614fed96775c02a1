import { describe, expect, it } from 'vitest'
import { nextGroup, type WaitingAppend } from './append-group.js'

describe('appends that wait to be stored together', () => {
  it('are taken in their order, at most 256 at once', () => {
    const waiting = Array.from({ length: 300 }, () => append(1))
    expect(nextGroup(waiting)).toEqual(waiting.slice(0, 256))
    expect(nextGroup(waiting.slice(256))).toHaveLength(44)
    expect(nextGroup([])).toEqual([])
  })

  it('are at most 1 MiB, unless the first alone is more', () => {
    const half = append(2 ** 19)
    expect(nextGroup([half, half, append(1)])).toHaveLength(2)
    expect(nextGroup([half, append(2 ** 19 + 1), half])).toHaveLength(1)
    expect(nextGroup([append(2 ** 21), half])).toHaveLength(1)
  })
})

function append(characters: number): WaitingAppend {
  const event = { id: 'e', type: 'T', data: 'x'.repeat(characters - 1), metadata: 'y' }
  return { events: [[event], []] }
}
