import {
  type Aggregate,
  type AnyCommand,
  type Asker,
  decideBy,
  heldSlugs,
  isRefused,
  type Listing,
  type ListingEvent,
  type ListingFacts,
  type Publisher,
  step,
  system,
  visitor,
} from '@vitrine/core'
import { asStored } from '../as-stored.js'
import { begin } from '../histories.js'
import { people, staffOf, team } from '../people.js'
import { listingId } from '../world.js'
import { lifecycleRules, sha256 } from './lifecycle-rules.js'
import type { Circumstances } from './naive-listing.js'

/** What decides on listings: the core's, or one that was broken on purpose. */
export type ListingAggregate = Aggregate<Listing, ListingFacts, ListingEvent>

/** What the code answers: events, none, or the code of its refusal. */
export type CodeAnswer = { readonly events: readonly ListingEvent[] } | { readonly refused: string }

/** Somebody who asks: one of the cast, somebody unknown, or the system. */
export type CastName = keyof typeof people | 'mia' | 'visitor' | 'system'

/** Mia is a reviewer who is on the team of the publisher (T27). */
function askerNamed(name: CastName): Asker {
  if (name === 'visitor') return visitor
  if (name === 'system') return system
  if (name === 'mia') return { id: 'u-mia', name: 'Mia Both', member: 'viewer', staff: 'reviewer' }
  const person = people[name]
  const member = team[person.id]
  const staff = staffOf(person.id)
  return { ...person, ...(member && { member }), ...(staff && { staff }) }
}

/** A listing, and how many events it has: ids that are made for the next one come from that. */
export interface Standing {
  readonly listing: Listing
  readonly age: number
}

/** A command as the code decides it, with nothing around it: pure. */
export function askCode(
  aggregate: ListingAggregate,
  { listing }: Standing,
  { command, facts }: { readonly command: AnyCommand; readonly facts: ListingFacts },
): CodeAnswer {
  const row = aggregate.rows[command.type]
  if (!row) throw new Error(`The table has a command ${command.type} that there is not.`)
  const decided = decideBy(aggregate, row, { command, state: listing, facts })
  return isRefused(decided) ? { refused: decided.refused.code } : { events: decided }
}

/** What a decision leans on when somebody of the cast asks in these circumstances. */
export function factsOf({ listing, age }: Standing, around: Circumstances, by: CastName): ListingFacts {
  const facts = {
    now: new Date(around.now).toISOString(),
    asker: askers[by],
    made: { id: `0190b000-0000-7000-8000-${age.toString(16).padStart(12, '0')}`, token: `token-${age}` },
    publisher: publisherIn(around),
    rules: lifecycleRules,
    sha256,
  }
  if (around.slugTaken) return { ...facts, slugHolder: 'another listing' }
  return heldSlugs(listing).has('ledgerline') ? { ...facts, slugHolder: listingId } : facts
}

/** The listing after these events; the one before stays as it was. */
export function after(
  aggregate: ListingAggregate,
  listing: Listing,
  events: readonly ListingEvent[],
  { now, by }: { now: number; by: CastName },
): Listing {
  const place = { stream: `listing-${listingId}`, occurredAt: new Date(now).toISOString(), asker: askers[by] }
  return step(aggregate.decider, listing, ...events.map((event) => asStored(event, place)))
}

const cast = ['ada', 'luc', 'sam', 'vic', 'rita', 'olaf', 'zoe', 'mia', 'visitor', 'system'] as const
const askers = Object.fromEntries(cast.map((name) => [name, askerNamed(name)])) as { [name in CastName]: Asker }

const { publisher: approved } = begin(lifecycleRules, 'publisher')
const publishers = new Map<string, Publisher>()

function publisherIn({ publisher: status, autoPublish, autoApproval }: Circumstances): Publisher {
  const key = `${status} ${autoPublish} ${autoApproval}`
  const known = publishers.get(key)
  if (known) return known
  const made = { ...approved, status, rights: { ...approved.rights, autoPublish, autoApproval } }
  publishers.set(key, made)
  return made
}
