import type * as z from 'zod'

type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue

/**
 * What is wrong with a value, for people: what was expected and what was found. Made to be a schema's `error`; messages
 * that the schema sets itself come before it.
 */
export function problemOf(issue: z.core.$ZodRawIssue): string {
  return `Expected ${expected(issue)}, found ${described(found(issue))}`
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
  return typeof value === 'object' ? 'a group of fields' : String(value)
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

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return union(issue)
    case 'unrecognized_keys':
      return `no field named ${issue.keys.map((key) => `"${key}"`).join(' or ')} there`
    case 'too_small':
      return `${measure(issue)} of at least ${issue.minimum}`
    case 'too_big':
      return `${measure(issue)} of at most ${issue.maximum}`
    case 'invalid_format':
      return `a text in the form of ${issue.format === 'regex' ? issue.pattern : issue.format}`
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    default:
      return 'what the marketplace asks for'
  }
}

/** A union told apart by a field speaks of the value of that field. */
function found({ input, discriminator }: z.core.$ZodRawIssue): unknown {
  if (typeof discriminator !== 'string' || typeof input !== 'object' || input === null) return input
  return Reflect.get(input, discriminator)
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ')
}

function union(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options)
  const choices = issue.errors.flatMap((branch) => branch.slice(0, 1)).map((first) => expected(first) + placed(first))
  return [...new Set(choices)].join(' or ')
}

function placed({ path }: z.core.$ZodIssue): string {
  return path.length > 0 ? ` at ${pathOf('', path).replace(/^\./, '')}` : ''
}

function measure({ origin }: { readonly origin: string }): string {
  if (origin === 'string') return 'a length'
  return origin === 'number' || origin === 'int' ? 'a number' : 'a size'
}
