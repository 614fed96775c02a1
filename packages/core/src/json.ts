/** Any value that JSON can hold. States, events and documents are made of nothing else. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object: the data of an event, a view's document, the content of a listing. */
export type JsonObject = { readonly [key: string]: Json }

const deepest = 256

/**
 * Says why a value is not plain JSON that every store keeps exactly as it is, or `undefined` when it is.
 * The sentence names the path: `data.size is -0, which JSON would turn into 0`.
 */
export function jsonProblem(value: unknown, path = 'value', depth = 0): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'string') return value.isWellFormed() ? undefined : `${path} holds half of a surrogate pair`
  if (typeof value === 'number') return numberProblem(value, path)
  if (typeof value !== 'object') return `${path} is ${article(typeof value)}, which JSON cannot hold`
  if (depth >= deepest) return `${path} is nested deeper than ${deepest} levels`
  if (Array.isArray(value)) return arrayProblem(value, path, depth)
  return objectProblem(value, path, depth)
}

/** The canonical text of a JSON value: RFC 8785 (sorted keys, no white space, numbers as ECMAScript writes them). */
export function canonicalJson(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value as JsonObject)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}

/** Whether two JSON values are the same, whatever the order of their keys; an absent member equals `undefined`. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  return canonicalJson(a) === canonicalJson(b)
}

function numberProblem(value: number, path: string): string | undefined {
  if (!Number.isFinite(value)) return `${path} is ${value}, which JSON cannot hold`
  if (Object.is(value, -0)) return `${path} is -0, which JSON would turn into 0`
  return undefined
}

function arrayProblem(value: readonly unknown[], path: string, depth: number): string | undefined {
  for (let index = 0; index < value.length; index += 1) {
    const problem = jsonProblem(value[index], `${path}[${index}]`, depth + 1)
    if (problem) return problem
  }
  return undefined
}

function objectProblem(value: object, path: string, depth: number): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    return `${path} is a ${value.constructor?.name ?? 'special object'}, not a plain object`
  }
  if (Object.getOwnPropertySymbols(value).length > 0) return `${path} has a symbol as a key`
  for (const [key, member] of Object.entries(value)) {
    if (!key.isWellFormed()) return `${path} has a key that holds half of a surrogate pair`
    const problem = jsonProblem(member, `${path}.${key}`, depth + 1)
    if (problem) return problem
  }
  return undefined
}

function article(kind: string): string {
  return kind === 'undefined' ? 'undefined' : `a ${kind}`
}
