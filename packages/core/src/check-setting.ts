import { described } from './content/problems.js'
import { VitrineError } from './errors.js'

/**
 * Refuses a setting of an adapter that makes no sense: it may come from JavaScript, or from a variable that is not set.
 * @throws VitrineError `bad-settings`, naming the setting, what was found and what was expected
 */
export function checkSetting(setting: string, found: unknown, isSo: boolean, expected: string): void {
  if (isSo) return
  throw new VitrineError('bad-settings', `The ${setting} cannot be ${described(found)}: ${expected}.`)
}

/**
 * The same of settings as a whole, which may have these names. What they are instead stays unsaid: a connection string
 * holds a password.
 * @throws VitrineError `bad-settings`
 */
export function checkSettingsGroup(settings: unknown, names: readonly string[]): asserts settings is object {
  if (typeof settings !== 'object' || settings === null) {
    throw new VitrineError(
      'bad-settings',
      'The options cannot be read: a group of options by their names was expected.',
    )
  }
  const stray = Object.keys(settings).find((name) => !names.includes(name))
  if (stray === undefined) return
  throw new VitrineError('bad-settings', `There is no option ${stray}: one of ${names.join(', ')} was expected.`)
}
