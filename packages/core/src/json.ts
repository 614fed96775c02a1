/** Any value that JSON can hold. States, events and documents are made of nothing else. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object: the data of an event, a view's document, the content of a listing. */
export type JsonObject = { readonly [key: string]: Json }

const deepest = 256

/**
 * Says why a value is not plain JSON that every store keeps exactly as it is, or `undefined` when it is.
 * The sentence names the path: `data.size is -0, which JSON would turn into 0`.
 */
export function jsonProblem(value: unknown, path = 'value'): string | undefined {
  const problem = problemBelow(value, 0)
  return problem === undefined ? undefined : path + problem
}

/** The canonical text of a JSON value: RFC 8785 (sorted keys, no white space, numbers as ECMAScript writes them). */
export function canonicalJson(value: unknown): string {
  const sorted = inOrder(value)
  return sorted === unsortable ? spelledOut(value) : JSON.stringify(sorted)
}

/** Whether two JSON values are the same, whatever the order of their keys; an absent member equals `undefined`. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]))
  return (
    !Array.isArray(b) &&
    sameMembers(a, b) &&
    Object.keys(b).every((key) => Object.hasOwn(a, key) || memberOf(b, key) === undefined)
  )
}

/** Whether `b` has all that `a` has. */
function sameMembers(a: object, b: object): boolean {
  return Object.entries(a).every(([key, member]) => sameJson(member, memberOf(b, key)))
}

function memberOf(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}

const unsortable = Symbol('unsortable')

/** The value with its keys in order, to be serialised in one go. That cannot be had where an object has an order of its own. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = value.map(inOrder)
    return items.includes(unsortable) ? unsortable : items
  }
  const sorted: Record<string, unknown> = {}
  for (const key of sortedKeys(value)) {
    const member = inOrder((value as Record<string, unknown>)[key])
    if (member === unsortable || key === '__proto__' || beginsWithDigit(key)) return unsortable
    sorted[key] = member
  }
  return sorted
}

/** Objects have few keys: putting each in its place is quicker than what sorts lists of any length. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value)
  if (keys.length > fewKeys) return keys.sort()
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at]!
    let place = at
    for (; place > 0 && keys[place - 1]! > key; place -= 1) keys[place] = keys[place - 1]!
    keys[place] = key
  }
  return keys
}

const fewKeys = 24

function beginsWithDigit(key: string): boolean {
  const first = key.charCodeAt(0)
  return first >= 0x30 && first <= 0x39
}

function spelledOut(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelledOut).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${spelledOut(member)}`).join(',')}}`
}

/** What follows the path in the sentence: the path itself is only put together when there is a problem. */
function problemBelow(value: unknown, depth: number): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'string') return value.isWellFormed() ? undefined : ' holds half of a surrogate pair'
  if (typeof value === 'number') return numberProblem(value)
  if (typeof value !== 'object') return ` is ${article(typeof value)}, which JSON cannot hold`
  if (depth >= deepest) return ` is nested deeper than ${deepest} levels`
  return Array.isArray(value) ? arrayProblem(value, depth) : objectProblem(value, depth)
}

function numberProblem(value: number): string | undefined {
  if (!Number.isFinite(value)) return ` is ${value}, which JSON cannot hold`
  if (Object.is(value, -0)) return ' is -0, which JSON would turn into 0'
  return undefined
}

function arrayProblem(value: readonly unknown[], depth: number): string | undefined {
  for (let index = 0; index < value.length; index += 1) {
    const problem = problemBelow(value[index], depth + 1)
    if (problem) return `[${index}]${problem}`
  }
  return undefined
}

function objectProblem(value: object, depth: number): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    return ` is a ${value.constructor?.name ?? 'special object'}, not a plain object`
  }
  if (Object.getOwnPropertySymbols(value).length > 0) return ' has a symbol as a key'
  const members = value as { readonly [key: string]: unknown }
  for (const key of Object.keys(members)) {
    if (!key.isWellFormed()) return ' has a key that holds half of a surrogate pair'
    const problem = problemBelow(members[key], depth + 1)
    if (problem) return `.${key}${problem}`
  }
  return undefined
}

function article(kind: string): string {
  return kind === 'undefined' ? 'undefined' : `a ${kind}`
}
