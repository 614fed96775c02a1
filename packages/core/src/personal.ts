import * as z from 'zod'
import type { Viewer } from './viewer.js'

declare const plain: unique symbol
const unsealed = Symbol('unsealed')

/**
 * A personal value as it is decided on, stored and shown in views. It opens under the key of its subject alone, and with
 * that key everything of it is gone, its mark included.
 */
export interface Sealed<Plain = unknown> {
  /** Who owns the value: `lead-<id>`, `invitation-<id>`, `evidence-<id>`, `address-<id>` or `endpoint-<id>`. */
  readonly subject: string
  /** Base64 of nonce, AES-256-GCM and tag. Empty when the subject was erased before there was anything to seal. */
  readonly box: string
  /** HMAC-SHA256 under the same key, base64: two values of one subject are equal when their marks are. */
  readonly mark: string
  readonly [plain]?: Plain
}

/** What stands in an answer in place of a personal value whose key was destroyed. */
export interface Erased {
  readonly erased: true
}

/** What stands in an answer in place of a personal value that is not for who asks. */
export interface Withheld {
  readonly withheld: true
}

export const erased: Erased = Object.freeze({ erased: true })
export const withheld: Withheld = Object.freeze({ withheld: true })

/** The same value as an answer holds it: sealed values are opened, erased or withheld. */
export type Opened<Value> =
  Value extends Sealed<infer Plain>
    ? Plain | Erased | Withheld
    : Value extends object
      ? { [Field in keyof Value]: Opened<Value[Field]> }
      : Value

/** Where the personal values of a state or a document stand, and who may read them. */
export interface PersonalFields {
  /** Top-level fields that are, or hold, sealed values. Nothing is opened anywhere else. */
  readonly fields: readonly string[]
  readonly opens: (viewer: Viewer) => boolean
}

/** A field of a command that is personal: it is read by this schema, and sealed before anything is decided. */
export function personal<Schema extends z.ZodType>(schema: Schema) {
  return schema.transform((value): Sealed<z.output<Schema>> => notYetSealed(value))
}

/** The same field as events hold it. */
export function sealed<Plain>(): z.ZodType<Sealed<Plain>> {
  return z.strictObject({ subject: z.string(), box: z.string(), mark: z.string() })
}

/** A parsed command with its personal values sealed. */
export function sealPersonal<Command extends object>(command: Command, seal: (plain: unknown) => Sealed): Command {
  return replaced(command, (inner) => (isUnsealed(inner) ? { by: seal(inner[unsealed]) } : undefined)) as Command
}

/** Every sealed value in these fields of a state, an event's data or a document. */
export function sealedIn(value: object, fields: readonly string[]): readonly Sealed[] {
  return fields.flatMap((field) =>
    Object.hasOwn(value, field) ? sealedBelow((value as Record<string, unknown>)[field]) : [],
  )
}

/** The same object with the sealed values of these fields opened, or replaced by whatever `open` gives instead. */
export function openFields(value: object, fields: readonly string[], open: (sealed: Sealed) => unknown): object {
  const replace: Replace = (inner) => (isSealed(inner) ? { by: open(inner) } : undefined)
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([field, member]) => [field, fields.includes(field) ? replaced(member, replace) : member]),
  )
}

/** Whether two sealed values of one subject hold the same; what was erased equals nothing. */
export function sameSealed(a: Sealed | undefined, b: Sealed | undefined): boolean {
  return a !== undefined && b !== undefined && a.mark !== '' && a.subject === b.subject && a.mark === b.mark
}

interface Unsealed<Plain> extends Sealed<Plain> {
  readonly [unsealed]: Plain
}

function notYetSealed<Plain>(value: Plain): Unsealed<Plain> {
  return { subject: '', box: '', mark: '', [unsealed]: value }
}

function isUnsealed(value: object): value is Unsealed<unknown> {
  return unsealed in value
}

function isSealed(value: object): value is Sealed {
  return Object.keys(value).length === 3 && 'subject' in value && 'box' in value && 'mark' in value
}

function sealedBelow(value: unknown): readonly Sealed[] {
  if (typeof value !== 'object' || value === null) return []
  return isSealed(value) ? [value] : Object.values(value).flatMap(sealedBelow)
}

type Replace = (inner: object) => { readonly by: unknown } | undefined

function replaced(value: unknown, replace: Replace): unknown {
  if (typeof value !== 'object' || value === null) return value
  const found = replace(value)
  if (found) return found.by
  if (Array.isArray(value)) return value.map((item) => replaced(item, replace))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member, replace)]))
}
