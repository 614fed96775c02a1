import { checkSetting, checkSettingsGroup } from '@vitrine/core'

interface Settings {
  readonly schema?: unknown
  readonly connections?: unknown
  readonly patience?: unknown
  readonly prepared?: unknown
}

const names = ['connectionString', 'pool', 'schema', 'connections', 'patience', 'prepared']

/** PostgreSQL cuts longer names short without an error: two tenants would be one. */
const longestName = 63

/** @throws VitrineError `bad-settings` */
export function checkSettings(options: unknown): void {
  checkSettingsGroup(options, names)
  const { schema = 'vitrine', connections = 1, patience = 0, prepared = true }: Settings = options
  checkSetting('option schema', schema, isName(schema), `a name of 1 to ${longestName} bytes of UTF-8 was expected`)
  const isCount = Number.isSafeInteger(connections) && Number(connections) > 0
  checkSetting('option connections', connections, isCount, 'a whole number from 1 was expected')
  const isTime = typeof patience === 'number' && patience >= 0
  checkSetting('option patience', patience, isTime, 'milliseconds were expected, from 0')
  checkSetting('option prepared', prepared, typeof prepared === 'boolean', 'true or false was expected')
}

function isName(schema: unknown): boolean {
  if (typeof schema !== 'string' || schema === '' || schema.includes('\0')) return false
  return schema.isWellFormed() && new TextEncoder().encode(schema).length <= longestName
}
