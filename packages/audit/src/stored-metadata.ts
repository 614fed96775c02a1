import * as z from 'zod'

const text = z.string()
const count = z.int().nonnegative()
const version = z.union([count, z.literal('none')])

/** What stands beside the data of every event; strictly, so that nothing can be added unseen. */
export const storedMetadata = z.strictObject({
  command: z.strictObject({ id: text, type: text, hash: text, index: count, of: count }),
  correlationId: text,
  causationId: text,
  actor: z.strictObject({ id: text, name: text, role: text }),
  occurredAt: z.iso.datetime({ precision: 3 }),
  schemaVersion: z.int().positive(),
  contentVersion: z.int().positive(),
  rules: text,
  basis: z.array(z.strictObject({ stream: text, version })),
  hops: count,
  chain: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  traceparent: text.optional(),
})
