import { hardFindings, type JsonObject, kindOf, missingFields, type Rules, requiredFields } from '@vitrine/core'
import * as fc from 'fast-check'
import { sampleFor } from './sample-for.js'
import { schemasOf, valuesOf } from './values-of.js'

/** Changes of a Revise that the kind takes: some of its fields with any values, and some of them removed. */
export function changesFor(rules: Rules, kindName: string): fc.Arbitrary<JsonObject> {
  const fields = schemasOf(kindOf(rules, kindName))
  const values = Object.fromEntries(
    fields.map(([field, schema]) => [field, fc.option(valuesOf(schema), { nil: null, freq: 8 })]),
  )
  return fc.record(values, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>
}

/**
 * Content of a kind, all of it: by its schema, though not always what the guidelines ask. It shrinks to few fields.
 * `ready`: complete, and every hard guideline holds; it shrinks to a sample.
 */
export function contentFor(
  rules: Rules,
  kindName: string,
  { ready = false }: { readonly ready?: boolean } = {},
): fc.Arbitrary<JsonObject> {
  const kind = kindOf(rules, kindName)
  const fields = schemasOf(kind)
  const values = Object.fromEntries(fields.map(([field, schema]) => [field, valuesOf(schema)]))
  if (ready) {
    const some = fc.record(values, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<JsonObject>
    return some.map((other) => improved(rules, kindName, other))
  }
  const requiredKeys = [...requiredFields(kind)]
  return fc.record(values, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<JsonObject>
}

/** A sample with as many of these values as the guidelines let stand. */
function improved(rules: Rules, kindName: string, other: JsonObject): JsonObject {
  let content: JsonObject = { name: 'Ledgerline', ...sampleFor(rules, kindName) }
  for (const [field, value] of Object.entries(other)) {
    const next: JsonObject = { ...content, [field]: value }
    const ready = missingFields(kindOf(rules, kindName), next).length === 0
    if (ready && hardFindings(rules, kindName, next).length === 0) content = next
  }
  return content
}
