import {
  type AnyCommand,
  holderOf,
  type Listing,
  type ListingFacts,
  listingAggregate,
  type Publisher,
  publisherAggregate,
  type Rules,
  registryChanges,
  type VanityUrl,
} from '@vitrine/core'
import { sha256 } from './command-hash.js'
import type { Host, StreamState } from './host.js'

const publisherPrefix = publisherAggregate.prefix
const vanityPrefix = 'vanity-'

/** Listings: their decisions lean on the publisher, and on who holds the slug that the command names. */
export function listingHost(rules: Rules): Host {
  return {
    aggregate: listingAggregate,
    leansOn: (state, command) => [...publisherOf(state as Listing, command), ...slugNamedBy(command)],
    memberRole: (actorId, _state, leansOn) => publisherIn(leansOn).members[actorId]?.role,
    facts: (common, leansOn): ListingFacts => ({
      ...common,
      publisher: publisherIn(leansOn),
      rules,
      sha256,
      ...holderIn(leansOn),
    }),
    alongside: (before, after) =>
      registryChanges(before as Listing, after as Listing).map(({ slug, event }) => ({
        stream: `${vanityPrefix}${slug}`,
        event,
      })),
    apart: (before, after, version) => {
      const changes = registryChanges(before as Listing, after as Listing)
      const taken = changes.filter(({ event }) => event.type === 'SlugTaken')
      const listingId = (after as Listing).id
      return {
        first: taken.map(({ slug }) => ({ type: 'ReserveSlug', slug, listingId, version })),
        behind: changes.map(({ slug }) => ({ type: 'SettleSlug', slug })),
      }
    },
    forOutsiders: (state) => {
      const { staffOnly: _, ...seen } = state as Listing
      return seen
    },
  }
}

/** The publisher that owns the listing; the one that is to own it when there is no listing yet. */
function publisherOf(listing: Listing, command: AnyCommand | undefined): readonly string[] {
  const publisherId = command?.type === 'Create' ? command.publisherId : listing.publisherId
  return typeof publisherId === 'string' && publisherId !== '' ? [`${publisherPrefix}${publisherId}`] : []
}

/** What cannot be a slug is not looked up: the rules refuse it. */
function slugNamedBy(command: AnyCommand | undefined): readonly string[] {
  const slug = command?.slug
  return typeof slug === 'string' && /^[a-z0-9-]{3,60}$/.test(slug) ? [`${vanityPrefix}${slug}`] : []
}

function publisherIn(leansOn: readonly StreamState[]): Publisher {
  const found = leansOn.find(({ stream }) => stream.startsWith(publisherPrefix))?.state
  return (found as Publisher | undefined) ?? publisherAggregate.decider.initial()
}

function holderIn(leansOn: readonly StreamState[]): { readonly slugHolder?: string } {
  const found = leansOn.find(({ stream }) => stream.startsWith(vanityPrefix))?.state as VanityUrl | undefined
  const holder = found && holderOf(found)
  return holder === undefined ? {} : { slugHolder: holder }
}
