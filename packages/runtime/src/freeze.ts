/** Freezes a value of plain JSON with everything in it, and gives it back. What is frozen already is so with everything in it. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (Array.isArray(value)) for (const item of value) deepFrozen(item)
  else for (const key of Object.keys(value)) deepFrozen((value as { readonly [key: string]: unknown })[key])
  return Object.freeze(value)
}

/** A copy of plain JSON that may be changed, whether the value is frozen or not. */
export function thawed<Value>(value: Value): Value
export function thawed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? Array.from(value, thawed<unknown>) : thawedObject(value)
}

/** Spread keeps a key that is called `__proto__` a key, where an assignment to it would not. */
function thawedObject(value: object): object {
  const copy: { [key: string]: unknown } = { ...value }
  for (const key of Object.keys(copy)) {
    const member = copy[key]
    if (typeof member !== 'object' || member === null) continue
    if (key === '__proto__') Object.defineProperty(copy, key, { value: thawed(member) })
    else copy[key] = thawed(member)
  }
  return copy
}
