import type { CaseNames } from './case-names.js'

const compared = ['streamName', 'expectedVersion', 'actualVersion', 'maxAppendSize', 'leader']

/** What is compared of an error: its kind and its fields, never its text. */
export function shownError(names: CaseNames, error: unknown): unknown {
  const { type = null, code } = Object(error) as { type?: string; code?: number }
  const name = Object(error).constructor.name as string
  const fields = compared
    .filter((field) => field in Object(error))
    .map((field) => [field, fieldOf(names, error, field)])
  return { name, type, ...(code !== undefined && { code }), ...Object.fromEntries(fields) }
}

function fieldOf(names: CaseNames, error: unknown, field: string): unknown {
  const value: unknown = Reflect.get(Object(error), field)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'string' ? names.bare(value) : value
}
