import { checkSetting, checkSettingsGroup } from '@vitrine/core'
import { checkTenant } from './names.js'

interface Settings {
  readonly beside?: { readonly open?: unknown } | null
  readonly prefix?: unknown
  readonly appends?: unknown
  readonly patience?: unknown
  readonly connectionString?: unknown
  readonly client?: unknown
}

const names = ['beside', 'prefix', 'appends', 'credentials', 'patience', 'connectionString', 'client']

/**
 * @throws VitrineError `bad-settings`, naming the option and what was expected
 * @throws StoreError `invalid` when the prefix begins no name of a stream
 */
export function checkSettings(options: unknown): void {
  checkSettingsGroup(options, names)
  const { beside, prefix, appends = 'plain', patience = 0, connectionString, client }: Settings = options
  checkSetting('option beside', beside, typeof beside?.open === 'function', 'a store was expected, as sqliteStore(…)')
  if (prefix !== undefined) checkTenant(prefix)
  checkSetting(
    'option appends',
    appends,
    ['plain', 'batch'].includes(String(appends)),
    '"plain" or "batch" was expected',
  )
  const isTime = typeof patience === 'number' && patience >= 0
  checkSetting('option patience', patience, isTime, 'milliseconds were expected, from 0')
  const isServer = typeof connectionString === 'string' || (typeof client === 'object' && client !== null)
  checkSetting('option connectionString', connectionString, isServer, 'esdb://… or a client was expected')
}
