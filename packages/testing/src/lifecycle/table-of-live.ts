import { type Asked, listers, notInGoodStanding, type TableRow, whileSuspended } from './table-row.js'

const shown = ['public', 'private'] as const

/** What is live: from the domain page, line by line. */
export const tableOfLive: readonly TableRow[] = [
  {
    deed: 'Withdraw',
    who: [...listers, 'operator'],
    live: ['public', 'private', 'suspended'],
    holds: (on) => on.listing.live === 'none' && on.listing.withdrawnBy === sideOf(on),
    unless: { 'listing-suspended': ({ listing, by }) => by !== 'operator' && listing.live === 'suspended' },
    writes: (on) => ['Withdrawn', ...fallsBack(on)],
    effect: (on) => {
      const { listing } = on
      if (sideOf(on) === 'operator') {
        listing.operatorWithdrew = [...listing.operatorWithdrew, listing.liveRevision].toSorted(
          (one, other) => one - other,
        )
        listing.downByOperator = true
      }
      toManual(on)
      listing.live = 'none'
      listing.liveRevision = 0
      listing.withdrawnBy = sideOf(on)
      delete listing.shownBefore
    },
  },
  republish('Republish'),
  republish('Republish: privately', 'private'),
  republish('Republish: publicly', 'public'),
  {
    deed: 'MakePrivate',
    who: listers,
    live: ['public'],
    elsewhere: ['listing-suspended'],
    holds: ({ listing }) => listing.live === 'private',
    writes: () => ['MadePrivate'],
    effect: ({ listing }) => {
      listing.live = 'private'
      listing.lastVisibility = 'private'
    },
  },
  {
    deed: 'MakePublic',
    who: listers,
    live: ['private'],
    elsewhere: ['listing-suspended'],
    holds: ({ listing }) => listing.live === 'public',
    unless: notInGoodStanding,
    writes: () => ['MadePublic'],
    effect: ({ listing }) => {
      listing.live = 'public'
      listing.lastVisibility = 'public'
    },
  },
  {
    deed: 'RenewPrivateLink',
    who: listers,
    live: ['private'],
    elsewhere: ['listing-suspended'],
    writes: () => ['PrivateLinkRenewed'],
    effect: ({ listing }) => {
      listing.lastVisibility = 'private'
    },
  },
  {
    deed: 'Suspend',
    who: ['operator'],
    live: shown,
    holds: ({ listing }) => listing.live === 'suspended',
    writes: (on) => ['Suspended', ...fallsBack(on)],
    effect: (on) => {
      const { listing } = on
      listing.shownBefore = listing.live === 'private' ? 'private' : 'public'
      toManual(on)
      listing.live = 'suspended'
    },
  },
  {
    deed: 'Reinstate',
    who: ['operator'],
    live: ['suspended'],
    holds: ({ listing }) => listing.live === 'public' || listing.live === 'private',
    writes: () => ['Reinstated'],
    effect: ({ listing }) => {
      listing.live = listing.shownBefore ?? 'none'
      delete listing.shownBefore
    },
  },
]

/** Of the first revision: the rollback, or what comes back after a withdrawal (T21). */
function republish(deed: string, asked?: 'public' | 'private'): TableRow {
  const revision = 1
  return {
    deed,
    who: [...listers, 'operator'],
    holds: ({ listing }) =>
      (listing.live === 'public' || listing.live === 'private') &&
      listing.liveRevision === revision &&
      (asked === undefined || listing.live === asked),
    unless: {
      'never-live': ({ listing }) => Object.keys(listing.archive).length === 0,
      'unknown-revision': ({ listing }) => !(revision in listing.archive),
      ...notInGoodStanding,
      ...whileSuspended,
      'operator-withdrew': (on) => sideOf(on) === 'publisher' && isKept(on, revision),
      'publisher-may': (on) => sideOf(on) === 'operator' && !isKept(on, revision),
    },
    writes: ({ listing }) =>
      listing.live !== 'none' && listing.liveRevision !== revision ? ['Republished', 'Superseded'] : ['Republished'],
    effect: ({ listing }) => {
      const visibility = asked ?? listing.lastVisibility ?? 'public'
      listing.live = visibility
      listing.lastVisibility = visibility
      listing.liveRevision = revision
      listing.downByOperator = false
      listing.operatorWithdrew = listing.operatorWithdrew.filter((one) => one !== revision)
      delete listing.withdrawnBy
    },
  }
}

/** What an operator withdrew, and everything while nothing has been live since. */
function isKept({ listing }: Asked, revision: number): boolean {
  return listing.downByOperator || listing.operatorWithdrew.includes(revision)
}

/** T9: an automatic publication that is out of reach falls back to manual, in the same append. */
function fallsBack({ listing }: Asked): readonly string[] {
  const inFlight = ['submitted', 'inReview', 'approved'].includes(listing.working)
  return inFlight && listing.submission?.mode === 'auto' ? ['PublishModeChanged'] : []
}

function toManual(on: Asked): void {
  if (fallsBack(on).length > 0) on.listing.submission!.mode = 'manual'
}

function sideOf({ by }: Asked): 'publisher' | 'operator' {
  return by === 'operator' ? 'operator' : 'publisher'
}
