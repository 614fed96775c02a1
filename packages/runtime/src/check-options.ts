import { asFound } from './as-found.js'
import { RuntimeError } from './errors.js'
import type { Limits } from './wire.js'

/** What `openMarketplace` was given, as far as it is looked at before anything is opened: it may come from JavaScript. */
interface Given {
  readonly rules?: unknown
  readonly store?: unknown
  readonly staff?: unknown
  readonly views?: unknown
  readonly policies?: unknown
  readonly limits?: unknown
}

/** @throws RuntimeError `invalid-options`, naming the option and what was expected */
export function checkOptions(options: Given): void {
  const { rules, store, staff, views = {}, policies = [], limits = {} } = isObject(options) ? options : {}
  expectOf('rules', isObject(rules) && isObject(rules.kinds), 'what defineMarketplace gives was expected')
  expectOf(
    'store',
    isObject(store) && typeof store.open === 'function',
    'a store was expected, which memoryStore() gives',
  )
  expectOf('staff', typeof staff === 'function', 'a function was expected that says who reviews and who operates')
  expectOf('views', isObject(views), 'views by their names were expected')
  for (const [name, view] of Object.entries(views as object)) {
    const isView = isObject(view) && isObject(view.on) && typeof view.apply === 'function'
    expectOf(`views.${name}`, isView, 'what defineView gives was expected')
  }
  expectOf('policies', Array.isArray(policies), 'a list of policies was expected')
  for (const [at, policy] of (policies as readonly unknown[]).entries()) {
    const isPolicy = isObject(policy) && typeof policy.name === 'string' && isObject(policy.on)
    expectOf(`policies[${at}]`, isPolicy, 'what definePolicy gives was expected')
  }
  expectOf('limits', isObject(limits), 'numbers by their names were expected')
  for (const [name, value] of Object.entries(limits as object)) checkLimit(name, value)
}

function checkLimit(name: string, value: unknown): void {
  if (value === undefined) return
  const least = Object.hasOwn(leasts, name) ? leasts[name as keyof Limits] : undefined
  if (least === undefined) throw wrong(`limits.${name}`, `one of ${Object.keys(leasts).join(', ')} was expected`)
  const isNumber = typeof value === 'number' && value >= least
  expectOf(`limits.${name} ${asFound(value)}`, isNumber, `a number from ${least} was expected`)
}

const leasts: { readonly [Name in keyof Limits]-?: number } = {
  cachedStreams: 0,
  waitingCommands: 0,
  attempts: 1,
  waitForView: 0,
  sweepAtOnce: 1,
  sweepEvery: 1,
  lease: 0,
}

function expectOf(option: string, isSo: boolean, expected: string): void {
  if (!isSo) throw wrong(option, expected)
}

function wrong(option: string, expected: string): RuntimeError {
  return new RuntimeError('invalid-options', `The option ${option} cannot be used: ${expected}.`)
}

function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null
}
