import { leadEvents, listingEvents, messageEvents, publisherEvents, vanityUrlEvents } from '@vitrine/core'
import { expect, it } from 'vitest'
import * as z from 'zod'

const definitions = { ...listingEvents, ...publisherEvents, ...leadEvents, ...vanityUrlEvents, ...messageEvents }

it('T30 every event says with its schema who may see it, and the fields that it keeps from some are its own', () => {
  const wrong = Object.entries(definitions).flatMap(([type, one]) => {
    const kept = [...one.operatorOnly, ...one.publisherOnly, ...one.hidden, ...one.personal]
    const fields = fieldsOf(z.toJSONSchema(one.data, { unrepresentable: 'any' }))
    const strange = kept.filter((field) => !fields.includes(field)).map((field) => `${type} has no ${field}`)
    return ['public', 'publisher', 'operator'].includes(one.seenBy) ? strange : [type, ...strange]
  })
  expect(wrong).toEqual([])
})

function fieldsOf({ properties, anyOf, oneOf }: z.core.JSONSchema.BaseSchema): readonly string[] {
  const variants = [...(anyOf ?? []), ...(oneOf ?? [])] as readonly z.core.JSONSchema.BaseSchema[]
  return [...Object.keys(properties ?? {}), ...variants.flatMap(fieldsOf)]
}
