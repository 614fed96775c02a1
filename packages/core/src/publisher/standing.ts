import { type Refused, refuse } from '../refusal.js'
import type { Publisher } from './state.js'

/** Why a publisher may not submit, publish or show: it is not approved, or it is suspended (T22). */
export function notInGoodStanding({ status }: Publisher): Refused | undefined {
  if (status === 'approved') return undefined
  if (status === 'suspended') return refuse('publisher-suspended', 'The publisher is suspended by the marketplace.')
  return refuse('publisher-not-approved', 'The marketplace has not approved the publisher.')
}
