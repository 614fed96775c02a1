import type { Kinds } from '@vitrine/core'
import { asFound } from './as-found.js'
import { longestTimer } from './background.js'
import { RuntimeError } from './errors.js'
import type { MarketplaceOptions } from './marketplace.js'
import type { OwnViews } from './named-views.js'
import type { Limits } from './wire.js'

/** What `openMarketplace` was given, looked at before anything is opened: it may come from JavaScript. */
type Given = { readonly [Option in keyof MarketplaceOptions<Kinds, OwnViews>]?: unknown }

/** What holds more, once it is a group or a list. */
interface Held {
  readonly views?: object
  readonly policies?: readonly unknown[]
  readonly limits?: object
  readonly notifiers?: readonly unknown[]
}

type Expectation = readonly [isSo: (value: unknown) => boolean, expected: string]

const required: readonly string[] = ['rules', 'store', 'staff'] satisfies readonly (keyof Given)[]

const expectations: { readonly [Option in keyof Required<Given>]: Expectation } = {
  rules: [(rules) => isObject(rules) && isObject(rules.kinds), 'what defineMarketplace gives was expected'],
  store: [has('open'), 'a store was expected, which memoryStore() gives'],
  staff: [isFunction, 'a function was expected that says who reviews and who operates'],
  views: [isGroup, 'views by their names were expected'],
  policies: [Array.isArray, 'a list of policies was expected'],
  limits: [isGroup, 'numbers by their names were expected'],
  clock: [isFunction, 'a function was expected that gives the Date of now'],
  ids: [has('uuid', 'token'), 'the functions uuid and token were expected'],
  logger: [has('debug', 'info', 'warn', 'error'), 'the functions debug, info, warn and error were expected'],
  chain: [(chain) => typeof chain === 'boolean', 'true or false was expected'],
  notifiers: [Array.isArray, 'a list of notifiers was expected'],
  people: [has('contact', 'reviewers'), 'the functions contact and reviewers were expected'],
  messages: [isGroup, 'numbers by their names were expected'],
  chance: [isFunction, 'a function was expected that gives a number from 0 up to 1'],
}

/** @throws RuntimeError `invalid-options`, naming the option and what was expected */
export function checkOptions(options: Given): void {
  const given: { readonly [option: string]: unknown } = isObject(options) ? options : {}
  for (const [option, [isSo, expected]] of Object.entries(expectations)) {
    if (given[option] !== undefined || required.includes(option)) expectOf(option, isSo(given[option]), expected)
  }
  for (const option of Object.keys(given)) {
    const known = Object.keys(expectations)
    expectOf(option, known.includes(option), `one of ${known.join(', ')} was expected`)
  }
  const { views = {}, policies = [], limits = {}, notifiers = [] } = given as Held
  for (const [name, view] of Object.entries(views)) {
    const isView = isObject(view) && isObject(view.on) && isFunction(view.apply)
    expectOf(`views.${name}`, isView, 'what defineView gives was expected')
  }
  for (const [at, policy] of policies.entries()) {
    const isPolicy = isObject(policy) && typeof policy.name === 'string' && isObject(policy.on)
    expectOf(`policies[${at}]`, isPolicy, 'what definePolicy gives was expected')
  }
  for (const [at, notifier] of notifiers.entries()) {
    const isNotifier = isObject(notifier) && typeof notifier.by === 'string' && isFunction(notifier.send)
    expectOf(`notifiers[${at}]`, isNotifier, 'a notifier was expected, which emailNotifier() gives')
  }
  for (const [name, value] of Object.entries(limits)) checkLimit(name, value)
}

function checkLimit(name: string, value: unknown): void {
  if (value === undefined) return
  const range = Object.hasOwn(ranges, name) ? ranges[name as keyof Limits] : undefined
  if (range === undefined) throw wrong(`limits.${name}`, `one of ${Object.keys(ranges).join(', ')} was expected`)
  const [least, most] = range
  const isWithin = typeof value === 'number' && value >= least && value <= most
  const expected = most === Infinity ? `a number from ${least}` : `a number from ${least} to ${most}`
  expectOf(`limits.${name} ${asFound(value)}`, isWithin, `${expected} was expected`)
}

const ranges: { readonly [Name in keyof Limits]-?: readonly [least: number, most: number] } = {
  cachedStreams: [0, Infinity],
  waitingCommands: [0, Infinity],
  attempts: [1, Infinity],
  waitForView: [0, Infinity],
  sweepAtOnce: [1, Infinity],
  sweepEvery: [1, longestTimer],
  lease: [0, longestTimer],
}

function expectOf(option: string, isSo: boolean, expected: string): void {
  if (!isSo) throw wrong(option, expected)
}

function wrong(option: string, expected: string): RuntimeError {
  return new RuntimeError('invalid-options', `The option ${option} cannot be used: ${expected}.`)
}

function has(...functions: readonly string[]) {
  return (value: unknown) => isObject(value) && functions.every((name) => isFunction(value[name]))
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function isGroup(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value)
}

function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null
}
