import {
  type AnyCommand,
  askerAmong,
  type Lead,
  type LeadFacts,
  type Listing,
  leadAggregate,
  leadReaders,
  listingAggregate,
  type Publisher,
  publisherAggregate,
  type Rules,
} from '@vitrine/core'
import type { Host, StreamState } from './host.js'

/** Leads: their decisions lean on the publisher, and their capture on the listing that it names. */
export function leadHost(rules: Rules): Host {
  return {
    aggregate: leadAggregate,
    leansOn: (state, command) => [...publisherOf(state as Lead), ...listingNamedBy(command)],
    memberRole: (actorId, _state, leansOn) => publisherIn(leansOn).members[actorId]?.role,
    facts: (common, leansOn): LeadFacts => ({
      ...common,
      asker: askerAmong(common.asker, leadReaders),
      publisher: publisherIn(leansOn),
      listing: listingIn(leansOn),
      rules,
    }),
    alongside: () => [],
    forOutsiders: (state) => state,
    forVisitors: (state) => {
      const { id, listingId, status, consent, capturedAt } = state as Lead
      return { id, listingId, status, consent, capturedAt }
    },
  }
}

/** Before it is captured, a lead belongs to nobody. */
function publisherOf({ publisherId }: Lead): readonly string[] {
  return publisherId === '' ? [] : [`${publisherAggregate.prefix}${publisherId}`]
}

function listingNamedBy(command: AnyCommand | undefined): readonly string[] {
  const listingId = command?.listingId
  return typeof listingId === 'string' ? [`${listingAggregate.prefix}${listingId}`] : []
}

function publisherIn(leansOn: readonly StreamState[]): Publisher {
  return (stateIn(leansOn, publisherAggregate.prefix) as Publisher | undefined) ?? publisherAggregate.decider.initial()
}

function listingIn(leansOn: readonly StreamState[]): Listing {
  return (stateIn(leansOn, listingAggregate.prefix) as Listing | undefined) ?? listingAggregate.decider.initial()
}

function stateIn(leansOn: readonly StreamState[], prefix: string): object | undefined {
  return leansOn.find(({ stream }) => stream.startsWith(prefix))?.state
}
