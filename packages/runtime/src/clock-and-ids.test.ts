import { describe, expect, it } from 'vitest'
import { randomIds } from './clock-and-ids.js'

const { uuid, token } = randomIds()

describe('ids', () => {
  it('are UUIDv7, each another one, and tell when they were made', () => {
    const before = Date.now()
    const made = Array.from({ length: 5_000 }, uuid)
    const after = Date.now()
    expect(new Set(made).size).toBe(5_000)
    for (const id of made) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const instant = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
      expect(instant >= before && instant <= after).toBe(true)
    }
  })

  it('are random in every digit behind the version', () => {
    const made = Array.from({ length: 2_000 }, uuid)
    const digitsAt = (place: number) => new Set(made.map((id) => id[place])).size
    const places = [15, 16, 17, 20, 21, 22, ...Array.from({ length: 12 }, (_, at) => 24 + at)]
    expect(places.map(digitsAt)).toEqual(places.map(() => 16))
    expect(digitsAt(19)).toBe(4)
  })

  it('secrets have 32 random bytes that are safe in a URL', () => {
    expect(token()).toMatch(/^[\w-]{43}$/)
    expect(token()).not.toBe(token())
  })
})
