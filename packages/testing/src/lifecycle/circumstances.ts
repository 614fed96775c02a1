import { heldSlugs, type Listing } from '@vitrine/core'
import type { Circumstances } from './naive-listing.js'

const day = 24 * 60 * 60 * 1000

/** Everything is as a publisher would have it. */
export const inGoodStanding = {
  publisher: 'approved',
  autoPublish: true,
  autoApproval: true,
  slugTaken: false,
} as const

const standings: readonly Omit<Circumstances, 'now'>[] = [
  inGoodStanding,
  { ...inGoodStanding, autoPublish: false },
  { ...inGoodStanding, autoApproval: false },
  { ...inGoodStanding, publisher: 'suspended' },
]

/** What may surround a listing from now on: its publisher's standing and rights, who holds the slug, the moments of a deadline. */
export function circumstancesOf(listing: Listing, now: number): readonly Circumstances[] {
  const moments = momentsOf(listing, now)
  const around = standings.flatMap((standing) => moments.map((moment) => ({ ...standing, now: moment })))
  if (heldSlugs(listing).has('ledgerline')) return around
  return [...around, { ...inGoodStanding, now, slugTaken: true }]
}

/** Now; and while an approval waits, a reminder's threshold, the last one, the deadline, and a millisecond behind it. */
export function momentsOf({ working }: Listing, now: number): readonly number[] {
  if (working.status !== 'approved') return [now]
  const publishBy = Date.parse(working.approval.publishBy)
  const moments = [publishBy - 30 * day, publishBy - day, publishBy, publishBy + 1]
  return [now, ...moments.filter((moment) => moment > now)]
}
