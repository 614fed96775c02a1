import * as z from 'zod'
import { VitrineError } from '../errors.js'
import { type Json, type JsonObject, jsonProblem } from '../json.js'
import type { Finding } from '../refusal.js'
import type { Found, Guideline, Kind, Rules } from '../rules.js'

export { fieldPhrase } from './field-phrase.js'

import { described, pathOf, problemOf } from './problems.js'

/** What is wrong at a path of a payload, as a sentence. */
export interface Problem {
  readonly path: string
  readonly problem: string
}

/** How far content is from being ready for Submit. */
export interface Completeness {
  /** The share of the required fields that have a value, as a whole number: 100 only when none is missing. */
  readonly percent: number
  /** Required fields without a value, in the order of the schema. */
  readonly missing: readonly string[]
}

/**
 * Reads the changes of a Revise by the schemas of a kind, field by field, and gives what is to be stored: what the
 * schemas make of them. `null` removes a field and passes. Otherwise every problem, each with its path.
 * @throws VitrineError `async-content-schema`: stored content is decided on at once, so its schemas cannot wait
 */
export function parseChanges(
  kind: Kind,
  changes: JsonObject,
): { readonly changes: JsonObject } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const read: Record<string, Json> = {}
  for (const [field, given] of Object.entries(changes)) {
    const { value, problems: found } = parseField(kind, field, given)
    if (found.length > 0) problems.push(...found)
    else read[field] = value
  }
  return problems.length > 0 ? { problems } : { changes: read }
}

/** The fields that Submit needs and that have no value yet, in the order of the schema (T31). */
export function missingFields(kind: Kind, content: JsonObject): readonly string[] {
  return requiredFields(kind).filter((field) => !hasValue(ownValue(content, field)))
}

/** How much of what Submit needs is there, and what is not (T31). */
export function completeness(kind: Kind, content: JsonObject): Completeness {
  const required = requiredFields(kind).length
  const missing = missingFields(kind, content)
  const percent = required === 0 ? 100 : Math.floor((100 * (required - missing.length)) / required)
  return { percent, missing }
}

/** Whether there is something to show: an absent field, a text of nothing but blanks and a list of nothing but such have no value. */
export function hasValue(value: Json | undefined): boolean {
  if (typeof value === 'string') return visible.test(value)
  return Array.isArray(value) ? value.some(hasValue) : value !== undefined
}

/** A character that is neither white space nor invisible. */
const visible = /[^\s\p{C}\p{Z}]/u

/** The fields of a kind, in the order of its schema. */
export function fieldsOf(kind: Kind): readonly string[] {
  return Object.keys(kind.content.shape)
}

/** The fields that Submit needs: those that their schema does not let be absent, by `optional()` or a default. */
export function requiredFields(kind: Kind): readonly string[] {
  return fieldsOf(kind).filter((field) => schemaOf(kind, field)?._zod.optin === undefined)
}

/** The kind of that name. @throws VitrineError `unknown-kind`, when the rules do not, or no longer, have it */
export function kindOf(rules: Rules, name: string): Kind {
  const kind = Object.hasOwn(rules.kinds, name) ? rules.kinds[name] : undefined
  if (kind) return kind
  const known = Object.keys(rules.kinds).join(', ')
  throw new VitrineError('unknown-kind', `The rules have no kind "${name}". They have: ${known}.`, { kind: name })
}

/**
 * Everything that the guidelines of a kind find in content, hard and editorial, in their order.
 * @throws VitrineError `guideline-failed`, naming a guideline that threw instead of answering
 */
export function findings(rules: Rules, kindName: string, content: JsonObject): readonly Finding[] {
  return guidelinesOf(rules, kindName).flatMap((asked) => findingsOf(asked, content))
}

/** What stands in the way of Submit: only hard guidelines are asked. @throws VitrineError `guideline-failed` */
export function hardFindings(rules: Rules, kindName: string, content: JsonObject): readonly Finding[] {
  return guidelinesOf(rules, kindName).flatMap((asked) =>
    asked.guideline.level === 'hard' ? findingsOf(asked, content) : none,
  )
}

/** A guideline, with those of its fields that a kind has. */
interface AskedOfKind {
  readonly guideline: Guideline
  readonly fields: readonly [string, ...string[]]
}

/** By the names of the kinds. Rules never change, so that it is worked out once for each. */
const askedOfKinds = new WeakMap<Rules, Map<string, readonly AskedOfKind[]>>()

function guidelinesOf(rules: Rules, kindName: string): readonly AskedOfKind[] {
  const kind = kindOf(rules, kindName)
  const ofKinds = askedOfKinds.get(rules) ?? new Map<string, readonly AskedOfKind[]>()
  askedOfKinds.set(rules, ofKinds)
  const asked = ofKinds.get(kindName) ?? rules.guidelines.flatMap((guideline) => askedOf(kindName, kind, guideline))
  ofKinds.set(kindName, asked)
  return asked
}

function askedOf(kindName: string, kind: Kind, guideline: Guideline): readonly AskedOfKind[] {
  if (guideline.kinds && !guideline.kinds.includes(kindName)) return []
  const [field, ...others] = guideline.fields.filter((one) => schemaOf(kind, one))
  return field === undefined ? [] : [{ guideline, fields: [field, ...others] }]
}

function parseField(kind: Kind, field: string, value: Json): { value: Json; problems: readonly Problem[] } {
  const schema = schemaOf(kind, field)
  if (!schema) return { value, problems: [{ path: field, problem: unknownField(kind, field) }] }
  if (value === null) return { value, problems: [] }
  const result = parseNow(schema, value, `${field} of kind ${kind.name ?? 'without a name'}`)
  if (!result.success) return { value, problems: result.error.issues.map((issue) => problemAt(field, issue)) }
  const notJson = jsonProblem(result.data, field)
  const problem = `The schema made something that cannot be stored: ${notJson}`
  return { value: result.data as Json, problems: notJson === undefined ? [] : [{ path: field, problem }] }
}

function parseNow(schema: z.core.$ZodType, value: Json, where: string): z.core.util.SafeParseResult<unknown> {
  try {
    return z.safeParse(schema, value, { error: problemOf })
  } catch (cause) {
    if (!(cause instanceof z.core.$ZodAsyncError)) throw cause
    throw new VitrineError('async-content-schema', `The schema of ${where} is asynchronous; it must answer at once.`, {
      cause,
    })
  }
}

function problemAt(field: string, { path, message }: z.core.$ZodIssue): Problem {
  return { path: pathOf(field, path), problem: message }
}

function unknownField(kind: Kind, field: string): string {
  return `Expected one of ${fieldsOf(kind).join(', ')}, found ${described(field)}`
}

function schemaOf(kind: Kind, field: string): z.core.$ZodType | undefined {
  const shape: z.core.$ZodShape = kind.content.shape
  return Object.hasOwn(shape, field) ? shape[field] : undefined
}

/** Own fields alone: content has no `constructor` unless a schema says so. */
function ownValue(content: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(content, field) ? content[field] : undefined
}

function findingsOf({ guideline, fields }: AskedOfKind, content: JsonObject): readonly Finding[] {
  if (!fields.some((field) => hasValue(ownValue(content, field)))) return none
  const { name, level, check } = guideline
  try {
    const found = check(content)
    if (found === true) return none
    const list = typeof found === 'string' ? [found] : found
    return list.map((one) => ({ guideline: name, level, field: fields[0], ...asFound(one) }))
  } catch (cause) {
    throw new VitrineError('guideline-failed', `Guideline ${name} threw instead of answering: ${String(cause)}`, {
      guideline: name,
      cause,
    })
  }
}

const none: readonly never[] = []

function asFound(found: Extract<Found, readonly unknown[]>[number]): { message: string; field?: string } {
  return typeof found === 'string' ? { message: found } : found
}
