import type { Json, Kind } from '@vitrine/core'
import * as fc from 'fast-check'
import type * as z from 'zod'

type Schema = z.core.$ZodType

/**
 * What a zod schema takes, as plain JSON: strings by their formats, lengths and patterns, numbers within their bounds, and
 * everything that is made of them. Whatever a refinement asks beyond that is sifted out; where hardly anything is left,
 * hand in values of your own.
 * @throws Error when the schema takes no JSON, or holds a type that is not known
 */
export function valuesOf(schema: Schema): fc.Arbitrary<Json> {
  const values = known.get(schema) ?? sifted(schema)
  known.set(schema, values)
  return values
}

/** To make an arbitrary takes longer than to draw from it. */
const known = new WeakMap<Schema, fc.Arbitrary<Json>>()

function sifted(schema: Schema): fc.Arbitrary<Json> {
  let misses = 0
  return made(schema, 0).filter((value) => {
    if (takes(schema, value)) misses = 0
    else if (++misses > mostMisses) throw new Error(tooNarrow)
    return misses === 0
  })
}

const mostMisses = 2000
const tooNarrow = `A schema took none of ${mostMisses} values made for it: its refinements ask for more than its types say.`

/** The fields of a kind with their schemas. */
export function schemasOf({ content }: Kind): readonly (readonly [string, Schema])[] {
  const shape: { readonly [field: string]: Schema } = content.shape
  return Object.entries(shape)
}

/** Whether a schema takes a value. */
export function takes(schema: Schema, value: unknown): boolean {
  const { value: read, issues } = schema._zod.run({ value, issues: [] }, { async: false }) as z.core.ParsePayload
  return issues.length === 0 && (read !== undefined || value === undefined)
}

/** The depth at which lists and what may be absent stay empty, so that what holds itself comes to an end. */
const deepest = 5

function made(schema: Schema, depth: number): fc.Arbitrary<Json> {
  const { def } = schema._zod
  const maker = makers[def.type]
  if (!maker) throw new Error(`No values can be made for a schema of the type ${def.type}.`)
  return maker(schema as never, depth)
}

type Maker = (schema: never, depth: number) => fc.Arbitrary<Json>

/** What the checks of a schema ask, as far as values can be made to fit. */
interface Bounds {
  minimum?: number
  maximum?: number
  format?: string
  pattern?: RegExp
}

function boundsOf(schema: Schema): Bounds {
  const bounds: Bounds = {}
  const own = schema._zod.def as CheckDef
  for (const check of [own, ...(schema._zod.def.checks ?? []).map(({ _zod }) => _zod.def as CheckDef)]) {
    const { minimum, maximum, length, value, format, pattern } = check
    const least = minimum ?? length ?? (check.check === 'greater_than' ? Number(value) : undefined)
    const most = maximum ?? length ?? (check.check === 'less_than' ? Number(value) : undefined)
    if (least !== undefined) bounds.minimum = Math.max(least, bounds.minimum ?? least)
    if (most !== undefined) bounds.maximum = Math.min(most, bounds.maximum ?? most)
    if (format !== undefined) bounds.format = format
    if (pattern !== undefined) bounds.pattern = pattern
  }
  return bounds
}

interface CheckDef {
  readonly check?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly length?: number
  readonly value?: unknown
  readonly format?: string
  readonly pattern?: RegExp
}

const inner: Maker = ({ _zod: { def } }: z.core.$ZodReadonly, depth) => made(def.innerType, depth)

const makers: { readonly [type: string]: Maker } = {
  string: stringFor,
  number: numberFor,
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  any: () => fc.jsonValue() as fc.Arbitrary<Json>,
  unknown: () => fc.jsonValue() as fc.Arbitrary<Json>,
  custom: () => fc.jsonValue() as fc.Arbitrary<Json>,
  literal: ({ _zod: { def } }: z.core.$ZodLiteral) => fc.constantFrom(...(def.values as Json[])),
  enum: ({ _zod: { values } }: z.core.$ZodEnum) => fc.constantFrom(...([...values] as Json[])),
  array: arrayFor,
  tuple: ({ _zod: { def } }: z.core.$ZodTuple, depth) =>
    fc.tuple(...def.items.map((item) => made(item, depth + 1))) as fc.Arbitrary<Json>,
  object: objectFor,
  record: ({ _zod: { def } }: z.core.$ZodRecord, depth) =>
    fc.dictionary(made(def.keyType, depth + 1) as fc.Arbitrary<string>, made(def.valueType, depth + 1), {
      maxKeys: depth > deepest ? 0 : 3,
    }),
  union: ({ _zod: { def } }: z.core.$ZodUnion, depth) => fc.oneof(...def.options.map((one) => made(one, depth + 1))),
  intersection: ({ _zod: { def } }: z.core.$ZodIntersection, depth) =>
    fc.tuple(made(def.left, depth), made(def.right, depth)).map(([left, right]) => {
      const both = isObject(left) && isObject(right)
      return both ? { ...left, ...right } : left
    }),
  nullable: ({ _zod: { def } }: z.core.$ZodNullable, depth) => fc.option(made(def.innerType, depth), { nil: null }),
  pipe: ({ _zod: { def } }: z.core.$ZodPipe, depth) => made(def.in, depth),
  lazy: ({ _zod }: z.core.$ZodLazy, depth) => fc.constant(null).chain(() => made(_zod.innerType, depth + 1)),
  optional: inner,
  default: inner,
  prefault: inner,
  nonoptional: inner,
  readonly: inner,
  catch: inner,
}

/** Words, mostly: what people write, and now and then anything at all. */
function stringFor(schema: z.core.$ZodString): fc.Arbitrary<string> {
  const { format = '', pattern, minimum = 0, maximum = 40 } = boundsOf(schema)
  const ofFormat = formats[format]
  if (ofFormat) return ofFormat()
  if (pattern) return fc.stringMatching(pattern)
  const maxLength = Math.max(minimum, Math.min(maximum, 200))
  const anything = fc.string({ minLength: minimum, maxLength, unit: 'grapheme' })
  return fc.oneof(
    { weight: 3, arbitrary: minimum <= 8 && maxLength >= 8 ? words : anything },
    { weight: 1, arbitrary: anything },
  )
}

const words = fc.stringMatching(/^[A-Z][a-z]{1,9}( [a-z]{1,9}){0,3}$/)

const formats: { readonly [format: string]: () => fc.Arbitrary<string> } = {
  url: () => fc.webUrl({ validSchemes: ['https'] }),
  email: () => fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/),
  uuid: () => fc.uuid(),
  guid: () => fc.uuid(),
  datetime: () => instants(),
  date: () => instants().map((instant) => instant.slice(0, 10)),
  time: () => instants().map((instant) => instant.slice(11, 19)),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
}

function instants(): fc.Arbitrary<string> {
  const [min, max] = [new Date('2000-01-01T00:00:00.000Z'), new Date('2099-12-31T00:00:00.000Z')]
  return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString())
}

function numberFor(schema: z.core.$ZodNumber): fc.Arbitrary<number> {
  const { minimum = -widest, maximum = widest, format = '' } = boundsOf(schema)
  const [min, max] = [Math.min(minimum, maximum), Math.max(minimum, Math.min(maximum, minimum + 2 * widest))]
  if (format.includes('int')) return fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) })
  // No -0: JSON has none.
  return fc.double({ min, max, noNaN: true }).map((number) => number + 0)
}

const widest = 1_000_000

function arrayFor(schema: z.core.$ZodArray, depth: number): fc.Arbitrary<Json> {
  const { minimum = 0, maximum = 3 } = boundsOf(schema)
  const maxLength = Math.max(minimum, depth > deepest ? 0 : Math.min(maximum, 3))
  return fc.array(made(schema._zod.def.element, depth + 1), { minLength: minimum, maxLength }) as fc.Arbitrary<Json>
}

function objectFor({ _zod: { def } }: z.core.$ZodObject, depth: number): fc.Arbitrary<Json> {
  const fields = Object.entries(def.shape)
  const requiredKeys = fields.filter(([, field]) => field._zod.optin === undefined).map(([name]) => name)
  const kept = depth > deepest ? fields.filter(([name]) => requiredKeys.includes(name)) : fields
  const record = Object.fromEntries(kept.map(([name, field]) => [name, made(field, depth + 1)]))
  return fc.record(record, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Json>
}

function isObject(value: Json): value is { readonly [field: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
