import {
  claimLapse,
  holderOf,
  type Listing,
  listingAggregate,
  type Rules,
  type VanityUrl,
  type VanityUrlFacts,
  vanityUrlAggregate,
} from '@vitrine/core'
import type { Host } from './host.js'
import { listingHost } from './listing-host.js'

/**
 * The registry of slugs, where it is asked by itself. The slug is read before the listing: what the listing says is then no
 * older than what is decided on.
 */
export function vanityUrlHost(): Host {
  return {
    aggregate: vanityUrlAggregate,
    leansOn: (state) => {
      const listingId = holderOf(state as VanityUrl)
      return listingId === undefined ? [] : [`${listingAggregate.prefix}${listingId}`]
    },
    memberRole: () => undefined,
    facts: (common, [listing]): VanityUrlFacts => ({
      ...common,
      listing: (listing?.state as Listing | undefined) ?? listingAggregate.decider.initial(),
      listingVersion: listing?.version ?? 'none',
    }),
    alongside: () => [],
    forOutsiders: (state) => state,
  }
}

/** What the registry asks of listings. */
export function claimLapseHost(rules: Rules): Host {
  return { ...listingHost(rules), aggregate: claimLapse }
}
