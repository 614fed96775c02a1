import { expect, it } from 'vitest'
import { checkSetting, checkSettingsGroup } from './check-setting.js'

it('a setting that makes sense is let through', () => {
  expect(() => checkSetting('option patience', 3, true, 'milliseconds were expected')).not.toThrow()
})

it.each<[unknown, string]>([
  [Number.NaN, 'the number NaN'],
  ['fast', 'the text "fast"'],
  [undefined, 'nothing'],
  [{ of: 1 }, 'a group of fields'],
])('a setting that makes none is refused as it was found: %j', (found, shown) => {
  expect(() => checkSetting('option patience', found, false, 'milliseconds were expected')).toThrow(
    expect.objectContaining({
      code: 'bad-settings',
      message: `The option patience cannot be ${shown}: milliseconds were expected.`,
    }),
  )
})

it.each([undefined, null, 'postgres://ann:secret@db.example/market', 7])(
  'settings that are no group are refused without a word of what they are: %j',
  (settings) => {
    const message = 'The options cannot be read: a group of options by their names was expected.'
    expect(() => checkSettingsGroup(settings, [])).toThrow(expect.objectContaining({ code: 'bad-settings', message }))
  },
)

it('settings have the names that there are, and no other', () => {
  for (const settings of [{}, { patience: 3 }, { file: 'a', patience: undefined }]) {
    expect(() => checkSettingsGroup(settings, ['file', 'patience'])).not.toThrow()
  }
  const message = 'There is no option readonly: one of file, patience was expected.'
  expect(() => checkSettingsGroup({ patience: 3, readonly: true }, ['file', 'patience'])).toThrow(
    expect.objectContaining({ code: 'bad-settings', message }),
  )
})
