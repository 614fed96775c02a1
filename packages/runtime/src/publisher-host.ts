import { type Publisher, type PublisherFacts, publisherAggregate, type Rules } from '@vitrine/core'
import { sha256 } from './command-hash.js'
import type { Host } from './host.js'

/** Publishers: their decisions lean on nothing but themselves. */
export function publisherHost(rules: Rules): Host {
  return {
    aggregate: publisherAggregate,
    leansOn: () => [],
    memberRole: (actorId, state) => (state as Publisher).members[actorId]?.role,
    facts: (common): PublisherFacts => ({ ...common, rules, sha256 }),
    alongside: () => [],
    forOutsiders: (state) => state,
  }
}
