import * as z from 'zod'
import type { Asker } from '../../actor.js'
import { pathOf } from '../../links.js'
import { notInGoodStanding } from '../../publisher/standing.js'
import { type Refused, refuse } from '../../refusal.js'
import type { Listing, LiveVisibility } from '../state.js'
import {
  dataOf,
  type ListingFacts,
  listers,
  listingRow,
  listingSuspended,
  operators,
  text,
  visibility,
} from './listing-row.js'
import { fallsBackToManual, shownAs, supersededBy } from './publication.js'
import { neverLive, unknownRevision } from './writing.js'

export const withdraw = listingRow(
  'Withdraw',
  { reason: text },
  {
    who: { ...listers, ...operators },
    from: { live: ['public', 'private', 'suspended'] },
    when: 'a suspended one only by an operator (T22)',
    writes: ['Withdrawn', 'PublishModeChanged'],
    already: ({ reason }, { live }, { asker }) =>
      live.status === 'none' && live.withdrawn?.reason === reason && live.withdrawn.by === sideOf(asker),
    may: (listing, { asker }) => (asker.member ? listingSuspended(listing) : undefined),
    does: ({ reason }, listing, { asker }) => [
      { type: 'Withdrawn', data: { reason, by: sideOf(asker) } },
      ...fallsBackToManual(listing, 'withdrawn'),
    ],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'Withdraw', listingId, reason: dataOf(events, 'Withdrawn').reason },
      made: {},
    }),
  },
)

export const republish = listingRow(
  'Republish',
  { revision: z.int().positive(), visibility: visibility.optional() },
  {
    who: { ...listers, ...operators },
    when: 'the revision was live before; publisher in good standing; the live revision is not suspended; what an operator withdrew only by an operator (T21)',
    writes: ['Republished', 'Superseded'],
    already: ({ revision, visibility }, { live }) => isShownAs(live, revision, visibility),
    may: (listing, facts) =>
      nothingToRepublish(listing) ??
      notInGoodStanding(facts.publisher) ??
      listingSuspended(listing) ??
      keptFrom(listing, facts),
    does: ({ revision, visibility }, listing, facts) => {
      const archived = listing.archive[revision]
      if (!archived) return unknownRevision(revision, listing)
      const kept = keptRevision(revision, listing, facts)
      if (kept) return kept
      const { content, slug } = archived
      const data = { revision, path: pathOf(listing.id, slug), content, ...shownAs(listing, facts, visibility) }
      return [{ type: 'Republished', data }, ...supersededBy(revision, listing)]
    },
    commandOf: (events, { id: listingId }) => {
      const data = dataOf(events, 'Republished')
      const { revision, visibility } = data
      return {
        command: { type: 'Republish', listingId, revision, visibility },
        made: data.visibility === 'private' ? { token: data.token } : {},
      }
    },
  },
)

export const makePrivate = listingRow(
  'MakePrivate',
  {},
  {
    who: listers,
    from: { live: ['public'] },
    when: 'it gets a new unguessable link (T19)',
    writes: ['MadePrivate'],
    already: (_command, { live }) => live.status === 'private',
    whyNot: listingSuspended,
    does: (_command, _listing, { made }) => [{ type: 'MadePrivate', data: { token: made.token } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'MakePrivate', listingId },
      made: { token: dataOf(events, 'MadePrivate').token },
    }),
  },
)

export const makePublic = listingRow(
  'MakePublic',
  {},
  {
    who: listers,
    from: { live: ['private'] },
    when: 'publisher in good standing',
    writes: ['MadePublic'],
    already: (_command, { live }) => live.status === 'public',
    whyNot: listingSuspended,
    may: (_listing, { publisher }) => notInGoodStanding(publisher),
    does: () => [{ type: 'MadePublic', data: {} }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'MakePublic', listingId }, made: {} }),
  },
)

export const renewPrivateLink = listingRow(
  'RenewPrivateLink',
  {},
  {
    who: listers,
    from: { live: ['private'] },
    when: 'the old link never leads anywhere again (T19)',
    writes: ['PrivateLinkRenewed'],
    whyNot: listingSuspended,
    does: (_command, _listing, { made }) => [{ type: 'PrivateLinkRenewed', data: { token: made.token } }],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'RenewPrivateLink', listingId },
      made: { token: dataOf(events, 'PrivateLinkRenewed').token },
    }),
  },
)

export const suspend = listingRow(
  'Suspend',
  { reason: text },
  {
    who: operators,
    from: { live: ['public', 'private'] },
    writes: ['Suspended', 'PublishModeChanged'],
    already: ({ reason }, { live }) => live.status === 'suspended' && live.reason === reason,
    does: ({ reason }, listing) => [{ type: 'Suspended', data: { reason } }, ...fallsBackToManual(listing, 'listing')],
    commandOf: (events, { id: listingId }) => ({
      command: { type: 'Suspend', listingId, ...dataOf(events, 'Suspended') },
      made: {},
    }),
  },
)

export const reinstate = listingRow(
  'Reinstate',
  {},
  {
    who: operators,
    from: { live: ['suspended'] },
    when: 'it brings back the visibility and the link from before',
    writes: ['Reinstated'],
    already: (_command, { live }) => live.status === 'public' || live.status === 'private',
    does: () => [{ type: 'Reinstated', data: {} }],
    commandOf: (_events, { id: listingId }) => ({ command: { type: 'Reinstate', listingId }, made: {} }),
  },
)

/** Staff who are on the team act as its members (T27). */
function sideOf({ member }: Asker): 'publisher' | 'operator' {
  return member ? 'publisher' : 'operator'
}

function isShownAs(live: Listing['live'], revision: number, visibility: LiveVisibility | undefined): boolean {
  const shown = live.status === 'public' || live.status === 'private'
  return shown && live.revision === revision && (visibility === undefined || live.status === visibility)
}

function nothingToRepublish({ archive }: Listing): Refused | undefined {
  return Object.keys(archive).length > 0 ? undefined : neverLive('Republish')
}

function keptFrom(listing: Listing, { asker }: ListingFacts): Refused | undefined {
  if (asker.member) return listing.downByOperator ? onlyAnOperator : undefined
  return listing.downByOperator || listing.operatorWithdrew.length > 0 ? undefined : onlyThePublisher
}

function keptRevision(revision: number, listing: Listing, { asker }: ListingFacts): Refused | undefined {
  const withdrawn = listing.operatorWithdrew.includes(revision)
  if (asker.member) return withdrawn ? onlyAnOperator : undefined
  return withdrawn || listing.downByOperator ? undefined : onlyThePublisher
}

const onlyAnOperator = refuse('operator-withdrew', 'An operator withdrew it; only an operator can republish it (T21).')
const onlyThePublisher = refuse('publisher-may', 'No operator withdrew it: republishing it is for the publisher.')
