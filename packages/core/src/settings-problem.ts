import { described } from './content/problems.js'

/**
 * What keeps settings from being read at all, as a program without types may hand them over; whether what they say makes
 * sense is looked at afterwards.
 */
export function settingsProblem(settings: unknown): string | undefined {
  if (!isGroup(settings)) return `The settings are ${described(settings)}: { baseUrl: 'https://…' } was expected.`
  for (const [name, { fits, expected }] of Object.entries(shapes)) {
    const value = settings[name]
    if (name !== 'baseUrl' && value === undefined) continue
    if (!fits(value)) return `${name} is ${described(value)}: ${expected} was expected.`
  }
  return undefined
}

/** The same of what the setting `guidelines` gave. */
export function guidelinesProblem(made: unknown): string | undefined {
  if (!Array.isArray(made)) return `guidelines gives ${described(made)}: a list of guidelines was expected.`
  const stray = made.findIndex((one) => !isGuideline(one))
  if (stray < 0) return undefined
  return `guidelines gives ${described(made[stray])} as number ${stray + 1} of its list: what hard() or editorial() makes was expected.`
}

interface Shape {
  readonly fits: (value: unknown) => boolean
  readonly expected: string
}

const shapes: { readonly [setting: string]: Shape } = {
  baseUrl: { fits: isText, expected: 'the text of an absolute http or https URL' },
  pages: { fits: isGroup, expected: 'a function for each page, by its name,' },
  kinds: {
    fits: (value) => isGroup(value) && Object.values(value).every(isGroup),
    expected: 'a group of kinds by their names',
  },
  guidelines: { fits: isFunction, expected: 'a function that makes a list of guidelines' },
  reservedSlugs: { fits: (value) => Array.isArray(value) && value.every(isText), expected: 'a list of texts' },
  remindDaysBefore: { fits: Array.isArray, expected: 'a list of whole numbers' },
  upcastContent: { fits: isFunction, expected: 'a function' },
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function'
}

function isGroup(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isGuideline(value: unknown): boolean {
  if (!isGroup(value) || !isText(value.name) || !isFunction(value.check) || !Array.isArray(value.fields)) return false
  return (value.level === 'hard' || value.level === 'editorial') && value.fields.every(isText)
}
