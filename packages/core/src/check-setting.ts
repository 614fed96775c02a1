import { VitrineError } from './errors.js'

/**
 * Refuses a setting of an adapter that makes no sense: it may come from JavaScript, or from a variable that is not set.
 * @throws VitrineError `bad-settings`, naming the setting, what was found and what was expected
 */
export function checkSetting(setting: string, found: unknown, isSo: boolean, expected: string): void {
  if (isSo) return
  const shown = typeof found === 'number' ? String(found) : (JSON.stringify(found) ?? 'nothing')
  throw new VitrineError('bad-settings', `The ${setting} ${shown} cannot be used: ${expected}.`)
}
