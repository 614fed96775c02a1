import { checkSetting, checkSettingsGroup } from '@vitrine/core'

interface Settings {
  readonly patience?: unknown
  readonly synchronous?: unknown
  readonly readOnly?: unknown
}

/** @throws VitrineError `bad-settings` */
export function checkSettings(file: unknown, options: unknown): void {
  checkSetting('file', file, typeof file === 'string' && file !== '', 'the path of a file was expected')
  checkSettingsGroup(options, ['patience', 'synchronous', 'readOnly'])
  const { patience = 0, synchronous = 'FULL', readOnly = false }: Settings = options
  const isTime = typeof patience === 'number' && patience >= 0
  checkSetting('option patience', patience, isTime, 'milliseconds were expected, from 0')
  const isKnown = synchronous === 'FULL' || synchronous === 'NORMAL'
  checkSetting('option synchronous', synchronous, isKnown, '"FULL" or "NORMAL" was expected')
  checkSetting('option readOnly', readOnly, typeof readOnly === 'boolean', 'true or false was expected')
}
