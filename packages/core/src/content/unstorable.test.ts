import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { unstorableIn } from './unstorable.js'

describe('a schema', () => {
  it.each([
    ['date', z.date()],
    ['date', z.coerce.date()],
    ['bigint', z.bigint()],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['symbol', z.symbol()],
    ['undefined', z.undefined()],
    ['void', z.void()],
    ['nan', z.nan()],
    ['promise', z.promise(z.string())],
    ['file', z.file()],
    ['date', z.date().optional()],
    ['date', z.date().nullable()],
    ['date', z.date().default(new Date(0))],
    ['date', z.date().prefault(new Date(0))],
    ['date', z.date().optional().nonoptional()],
    ['date', z.date().readonly()],
    ['date', z.date().catch(new Date(0))],
    ['date', z.array(z.object({ on: z.date() }))],
    ['date', z.record(z.string(), z.date())],
    ['date', z.tuple([z.string(), z.date()])],
    ['date', z.intersection(z.object({ a: z.string() }), z.object({ on: z.date() }))],
    ['date', z.intersection(z.object({ on: z.date() }), z.object({ a: z.string() }))],
  ])('that asks for a %s can never be stored', (what, schema) => {
    expect(unstorableIn(schema)).toBe(what)
  })

  it.each([
    z.string(),
    z.number().optional(),
    z.array(z.boolean()).nullable(),
    z.record(z.string(), z.enum(['a', 'b'])),
    z.coerce.date().transform((date) => date.toISOString()),
    z.union([z.date().transform(String), z.string()]),
    z.lazy(() => z.string()),
    z.never().optional(),
  ])('of what JSON holds can be', (schema) => {
    expect(unstorableIn(schema)).toBeUndefined()
  })

  it('that holds itself is looked at once', () => {
    const node = z.object({
      name: z.string(),
      get parts() {
        return z.array(node)
      },
    })
    expect(unstorableIn(node)).toBeUndefined()
  })
})
