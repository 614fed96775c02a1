import type * as z from 'zod'

type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue

/**
 * What is wrong with a value, for people: what was expected and what was found. Made to be a schema's `error`; messages
 * that the schema sets itself come before it.
 */
export function problemOf(issue: z.core.$ZodRawIssue): string {
  return `Expected ${expected(issue)}, found ${found(issue)}`
}

/** Where a value stands: `screenshots[0].url`. */
export function pathOf(field: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`),
    field,
  )
}

/** A value in a few words: `the text "abc"`, `the number 3`, `nothing`. Long texts are cut. */
export function described(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`
  if (typeof value === 'number') return `the number ${value}`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'function') return 'a function'
  return typeof value === 'boolean' ? String(value) : 'a group of fields'
}

const typeNames: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
}

const formatNames: { readonly [format: string]: string } = {
  date: 'a date, as in 2026-03-01',
  datetime: 'an instant, as in 2026-03-01T12:00:00Z',
  email: 'an e-mail address',
  url: 'a link',
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? `a value of the type ${issue.expected}`
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return union(issue)
    case 'unrecognized_keys':
      return 'only fields that are known here'
    case 'too_small':
      return sized(issue, `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`)
    case 'too_big':
      return sized(issue, `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`)
    case 'invalid_format':
      return formatNames[issue.format] ?? `a text in the form of ${issue.pattern ?? issue.format}`
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    default:
      return 'what the marketplace asks for'
  }
}

/** A union told apart by a field speaks of the value of that field. */
function found({ code, input, discriminator, keys }: z.core.$ZodRawIssue): string {
  if (code === 'unrecognized_keys') return oneOf(keys)
  const inside = typeof discriminator === 'string' && typeof input === 'object' && input !== null
  return described(inside ? Reflect.get(input, discriminator) : input)
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value))).join(' or ')
}

function union(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options)
  const choices = issue.errors.flatMap((branch) => branch.slice(0, 1)).map((first) => expected(first) + placed(first))
  return [...new Set(choices)].join(' or ')
}

function placed({ path }: z.core.$ZodIssue): string {
  return path.length > 0 ? ` at ${pathOf('', path).replace(/^\./, '')}` : ''
}

function sized({ origin }: { readonly origin: string }, amount: string): string {
  if (origin === 'string') return `a text of ${amount} characters`
  return origin === 'array' ? `a list of ${amount} entries` : `a value of ${amount}`
}
