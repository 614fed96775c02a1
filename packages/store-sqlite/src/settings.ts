import { VitrineError } from '@vitrine/core'

interface Settings {
  readonly patience?: unknown
  readonly synchronous?: unknown
  readonly readOnly?: unknown
}

/** @throws VitrineError `bad-settings`: they may come from JavaScript, or from a variable that is not set */
export function checkSettings(file: unknown, options: unknown): void {
  expectOf('file', file, typeof file === 'string' && file !== '', 'the path of a file was expected')
  expectOf('options', options, typeof options === 'object' && options !== null, 'options by their names were expected')
  const { patience = 0, synchronous = 'FULL', readOnly = false } = options as Settings
  const isTime = typeof patience === 'number' && patience >= 0
  expectOf('option patience', patience, isTime, 'milliseconds were expected, from 0')
  const isKnown = synchronous === 'FULL' || synchronous === 'NORMAL'
  expectOf('option synchronous', synchronous, isKnown, '"FULL" or "NORMAL" was expected')
  expectOf('option readOnly', readOnly, typeof readOnly === 'boolean', 'true or false was expected')
}

function expectOf(setting: string, found: unknown, isSo: boolean, expected: string): void {
  if (isSo) return
  const shown = typeof found === 'number' ? String(found) : (JSON.stringify(found) ?? 'nothing')
  throw new VitrineError('bad-settings', `The ${setting} ${shown} cannot be used: ${expected}.`)
}
