import type { Version } from '@vitrine/core'
import { type Player, publishers } from '../cast.js'
import type { Asked, CastListing, Stage } from '../stage.js'

/** Begins the draft of a file's listing, fills it in, and gives it its vanity URL: seen before, so told in one line. Gives the version of the listing then. */
export async function writes(stage: Stage, who: Player, listing: CastListing): Promise<Version> {
  const { id: listingId, publisher, kind, name, changes, vanityUrl } = listing
  const { id: publisherId } = publishers[publisher]
  const claim: Asked[] = vanityUrl === undefined ? [] : [{ type: 'ClaimVanityUrl', listingId, slug: vanityUrl }]
  const came = await stage.quietly(
    who,
    { type: 'Create', publisherId, listingId, kind, name },
    { type: 'Revise', listingId, changes },
    ...claim,
  )
  stage.screen.happened(`${who.name} wrote ${name}, from ${listing.file}`)
  return came.at(-1)?.version ?? 'none'
}

/** The submission under review, as a decision must name it: nobody decides on what they did not read. */
export async function underReview(
  stage: Stage,
  listingId: string,
): Promise<{ readonly listingId: string; readonly submissionId: string; readonly contentHash: string }> {
  const { working } = await stage.stateOf(listingId)
  if (!('submission' in working)) throw new Error(`Nothing of listing ${listingId} is submitted.`)
  const { id: submissionId, contentHash } = working.submission
  return { listingId, submissionId, contentHash }
}

/** Checks that a reviewer finds in order. */
export function passes(listingId: string, ...checks: readonly string[]): readonly Asked[] {
  return checks.map((check) => ({ type: 'RecordCheck', listingId, check, verdict: 'passed', note: 'In order.' }))
}
