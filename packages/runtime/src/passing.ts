import { knownEvents } from '@vitrine/core'
import type { DeliveredEvent } from './delivered-event.js'

/**
 * Whether an event passes by whoever reads these types. What a foreign stream calls by one of our names is not what we
 * mean; what an own stream holds under a name that nobody here knows concerns everybody.
 */
export function isPassing(on: { readonly [type: string]: unknown }, { event, foreign }: DeliveredEvent): boolean {
  const known = Object.hasOwn(knownEvents, event.type)
  const reads = Object.hasOwn(on, event.type)
  if (foreign) return known || !reads
  return known && !reads
}
