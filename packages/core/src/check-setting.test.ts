import { expect, it } from 'vitest'
import { checkSetting } from './check-setting.js'

it('a setting that makes sense is let through', () => {
  expect(() => checkSetting('option patience', 3, true, 'milliseconds were expected')).not.toThrow()
})

it.each<[unknown, string]>([
  [Number.NaN, 'NaN'],
  [-1, '-1'],
  ['fast', '"fast"'],
  [undefined, 'nothing'],
  [null, 'null'],
  [{ of: 1 }, '{"of":1}'],
  [() => 1, 'nothing'],
])('a setting that makes none is refused as it was found: %j', (found, shown) => {
  expect(() => checkSetting('option patience', found, false, 'milliseconds were expected')).toThrow(
    expect.objectContaining({
      code: 'bad-settings',
      message: `The option patience ${shown} cannot be used: milliseconds were expected.`,
    }),
  )
})
