import { knownEvents, type StoredEvent, VitrineError } from '@vitrine/core'
import { type DeliveredEvent, deliveryOf, liftBy, streamKinds } from '@vitrine/runtime'
import type { Audited } from './audited.js'
import { storedMetadata } from './stored-metadata.js'
import type { Misfit } from './stream-head.js'

/** Reads the events of pages, each lifted to the shape of today; what could not be lifted comes with its fault. */
export function deliveryIn({ log, rules }: Audited) {
  return deliveryOf(log, streamKinds, liftBy(rules))
}

/** Why an event cannot be read, by the schemas of today after it was lifted to them; `undefined` when it can. */
export function parseMisfit(stored: StoredEvent, { event, foreign, fault }: DeliveredEvent): Misfit | undefined {
  if (foreign) return undefined
  if (fault !== undefined) return { code: 'not-lifted', sentence: sentenceOf(fault) }
  const definitions: { readonly [type: string]: (typeof knownEvents)[keyof typeof knownEvents] } = knownEvents
  const read = definitions[event.type]?.data.safeParse(event.data)
  return misread('Its data', read) ?? misread('Its metadata', storedMetadata.safeParse(stored.metadata))
}

interface Read {
  readonly success: boolean
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
}

function misread(what: string, read: Read | undefined): Misfit | undefined {
  if (!read || read.success) return undefined
  const said = read.error?.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'as a whole'}: ${message}`,
  )
  return { code: 'not-parsed', sentence: `${what} cannot be read. ${said?.join('; ')}` }
}

function sentenceOf(fault: unknown): string {
  return fault instanceof VitrineError || fault instanceof Error ? fault.message : String(fault)
}
