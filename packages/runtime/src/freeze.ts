/** Freezes a value of plain JSON with everything in it, and gives it back. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const member of Object.values(value)) deepFrozen(member)
  return value
}

/** A copy of plain JSON that may be changed, whether the value is frozen or not. */
export function thawed<Value>(value: Value): Value
export function thawed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one: unknown) => thawed(one))
  const copy: { [key: string]: unknown } = {}
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__')
      Object.defineProperty(copy, key, { value: thawed(member), enumerable: true, writable: true, configurable: true })
    else copy[key] = thawed(member)
  }
  return copy
}
