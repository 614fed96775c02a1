import type { Json, JsonObject } from '../json.js'

// Guidelines and previews read content of any schema: a field of another shape than they know reads as nothing.

/** The text, or an empty one. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** The texts of a list. */
export function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The groups of fields of a list, or the one that stands alone. */
export function groupsOf(value: Json | undefined): readonly JsonObject[] {
  if (isList(value)) return value.filter(isGroup)
  return isGroup(value) ? [value] : []
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Whether a value is a group of fields. */
export function isGroup(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

const pairs = /[\ud800-\udbff][\udc00-\udfff]/g

/** How many characters people count: an accent or an emoji of one code point is one. */
export function lengthOf(text: string): number {
  return text.length - (text.match(pairs)?.length ?? 0)
}

/** The lines of a text, however they end. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/)
}
