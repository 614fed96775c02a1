import { describe, expect, it } from 'vitest'
import { excuses } from './excuses.mjs'

describe('a comment', () => {
  it.each([
    '/* v8 ignore next */',
    '/* v8 ignore start -- later */',
    '/* c8 ignore next 3 */',
    '/* istanbul ignore else */',
    '/* node:coverage disable */',
    '// Stryker disable all',
    '// @ts-ignore',
    '// @ts-nocheck',
    '// biome-ignore-all lint: no',
    '/* eslint-disable no-undef */',
    '// oxlint-disable',
  ])('may not silence a check: %s', (comment) => {
    expect(excuses(`one()\ntwo() ${comment}`)).toMatchObject([{ line: 2 }])
  })

  it.each([
    '// it ignores the rest',
    '// biome-ignore lint/style/useTemplate: two texts',
    '// oxlint-disable-next-line no-undef -- made by vite',
    '// @ts-expect-error: 7 is no status',
  ])('may say: %s', (comment) => {
    expect(excuses(comment)).toEqual([])
  })
})
