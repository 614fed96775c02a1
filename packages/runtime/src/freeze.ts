/** Freezes a value of plain JSON with everything in it, and gives it back. */
export function deepFrozen<Value>(value: Value): Value {
  return frozenAfter(undefined, value)
}

/** The same for what came of a value that is frozen with everything in it: what both share is not looked at again. */
export function frozenAfter<Value>(before: unknown, value: Value): Value {
  if (typeof value !== 'object' || value === null || value === before || Object.isFrozen(value)) return value
  Object.freeze(value)
  const was = membersOf(before)
  const members = membersOf(value)
  for (const key in members) {
    const member = members[key]
    if (typeof member === 'object' && member !== was[key]) frozenAfter(was[key], member)
  }
  return value
}

/** A copy of plain JSON that may be changed, whether the value is frozen or not. */
export function thawed<Value>(value: Value): Value
export function thawed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? Array.from(value, thawed<unknown>) : thawedObject(value)
}

function membersOf(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : none
}

const none = Object.freeze({})

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
