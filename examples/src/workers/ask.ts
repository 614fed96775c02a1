import type { Person } from '@vitrine/core'
import { appSample, people } from '@vitrine/testing'

/** What a command that was done has written. */
export interface Told {
  readonly events: readonly { readonly id: string; readonly data: { readonly [field: string]: unknown } }[]
  readonly state: { readonly id: string }
}

/** Asks for something that is to be done. */
export type Ask = (command: object, by: Person) => Promise<Told>

/** @param told hears of every answer */
export function asking(market: { execute: unknown }, told: (answer: Told) => void = () => undefined): Ask {
  const execute = market.execute as (command: object, options: object) => Promise<Told | Refused>
  return async (command, by) => {
    const answer = await execute(command, { by })
    if ('refused' in answer) throw new Error(answer.refused.message)
    told(answer)
    return answer
  }
}

/** Writes a listing, hands it in, and approves it. */
export async function approvedListing(ask: Ask, publisherId: string, name: string, publishMode: 'auto' | 'manual') {
  const { luc, rita } = people
  const listingId = (await ask({ type: 'Create', publisherId, kind: 'app', name }, luc)).state.id
  await ask({ type: 'Revise', listingId, changes: appSample }, luc)
  const { submissionId, contentHash } = (await ask({ type: 'Submit', listingId, publishMode }, luc)).events[0]!.data
  await ask({ type: 'RecordCheck', listingId, check: 'content', verdict: 'passed' }, rita)
  await ask({ type: 'Approve', listingId, submissionId, contentHash }, rita)
}

interface Refused {
  readonly refused: { readonly message: string }
}
