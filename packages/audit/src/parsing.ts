import { knownEvents, parsedEvent, type StoredEvent, type StoredText, VitrineError } from '@vitrine/core'
import { type DeliveredEvent, deliveryOf, liftBy, streamKinds } from '@vitrine/runtime'
import type { Audited } from './audited.js'
import { storedMetadata } from './stored-metadata.js'
import type { Misfit } from './stream-head.js'

/** Reads the events of pages, each lifted to the shape of today; what could not be lifted comes with its fault. */
export function deliveryIn({ log, rules }: Audited) {
  return deliveryOf(log, streamKinds, liftBy(rules))
}

/** An event out of its texts, or why there is none in them. */
export function eventIn(texts: StoredText): StoredEvent | Misfit {
  try {
    const event = parsedEvent(texts)
    return notAnObject('Its data', event.data) ?? notAnObject('Its metadata', event.metadata) ?? event
  } catch (fault) {
    return { code: 'not-parsed', sentence: `Its data or metadata is no JSON. ${sentenceOf(fault)}` }
  }
}

/** Why what stands beside an event's data cannot be read; `undefined` when it can. */
export function metadataMisfit({ metadata }: StoredEvent): Misfit | undefined {
  return misread('Its metadata', storedMetadata.safeParse(metadata))
}

/** Why an event's data cannot be read, by the schemas of today after it was lifted to them; `undefined` when it can. */
export function dataMisfit({ event, fault }: DeliveredEvent): Misfit | undefined {
  if (fault !== undefined) return { code: 'not-lifted', sentence: sentenceOf(fault) }
  const definitions: { readonly [type: string]: (typeof knownEvents)[keyof typeof knownEvents] } = knownEvents
  return misread('Its data', definitions[event.type]?.data.safeParse(event.data))
}

function notAnObject(what: string, value: unknown): Misfit | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined
  return { code: 'not-parsed', sentence: `${what} is no JSON object.` }
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
