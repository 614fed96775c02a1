import type * as z from 'zod'

/** What JSON cannot hold, by the names that zod gives to schemas. */
const unstorable: readonly string[] = [
  'date',
  'bigint',
  'map',
  'set',
  'symbol',
  'function',
  'undefined',
  'void',
  'nan',
  'promise',
  'file',
]

/**
 * What a schema asks for, at its top or inside, that can never be stored, as zod names it. What a pipe or a lazy schema comes to is
 * only known once it is asked.
 */
export function unstorableIn(schema: z.core.$ZodType, seen = new Set<z.core.$ZodType>()): string | undefined {
  if (seen.has(schema)) return undefined
  seen.add(schema)
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (unstorable.includes(def.type)) return def.type
  for (const inner of partsOf(def)) {
    const found = unstorableIn(inner, seen)
    if (found !== undefined) return found
  }
  return undefined
}

function partsOf(def: z.core.$ZodTypes['_zod']['def']): readonly z.core.$ZodType[] {
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return [def.innerType]
    case 'array':
      return [def.element]
    case 'object':
      return Object.values(def.shape)
    case 'record':
      return [def.valueType]
    case 'tuple':
      return def.items
    case 'intersection':
      return [def.left, def.right]
    default:
      return []
  }
}
