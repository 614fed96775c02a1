/**
 * A copy of plain JSON. Unlike `structuredClone` it is made of this module's own objects: a runner that gives each test
 * file globals of its own, as jest does, would else make copies that are strictly equal to nothing.
 */
export function copied<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map((member: unknown) => copied(member)) as Value
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copied(member)])) as Value
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
