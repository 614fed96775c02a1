import type { Kinds, LinkedListing, LiveHistory, QueuedReview, Rules, StoredEvent } from '@vitrine/core'
import type { LeadState, ListingState, PublisherState } from './commands.js'
import { type Current, currentOf, historyOf, listingAt } from './history.js'
import type { Host } from './host.js'
import { liveOn } from './live-on.js'
import type { Marketplace, Now } from './marketplace.js'
import { messagesFor, messagesForAll } from './messages.js'
import { type NamedViews, nameViews, type OwnViews, type UnrestrictedViews } from './named-views.js'
import type { MessagesFollowed } from './open-messages.js'
import { resolveLink } from './resolve-link.js'
import { reviewLine } from './review-line.js'
import { seesAll, seesByPerson } from './sees-as.js'
import type { ViewQuestions } from './view-question.js'
import { personIn } from './viewer-of.js'
import type { Waiting } from './wait-for-view.js'
import { whatNext } from './what-next.js'
import type { Wiring } from './wiring.js'

/** What questions are answered from. */
export interface Asked {
  readonly wiring: Wiring
  readonly waiting: Waiting
  /** Of listings, of publishers, and of leads. */
  readonly hosts: readonly [Host, Host, Host]
  readonly views: OwnViews
  readonly rules: Rules
  readonly messages: MessagesFollowed
}

type Questions =
  | 'nextActions'
  | 'views'
  | 'history'
  | 'listing'
  | 'publisher'
  | 'lead'
  | 'listingAt'
  | 'liveOn'
  | 'reviewQueue'
  | 'resolveLink'
  | 'messages'
  | 'events'
  | 'asOperator'

/** Everything that can be asked of a marketplace without changing it. */
export function answerQuestions<K extends Kinds, Own extends OwnViews>(
  asked: Asked,
): Pick<Marketplace<K, Own>, Questions> {
  const { wiring, hosts, rules } = asked
  const [listings, publishers, leads] = hosts
  const forPerson = nameViews<NamedViews<K, Own>>(asked.views, { ...asked, sees: seesByPerson(wiring) })
  const forAll = nameViews<UnrestrictedViews<K, Own>>(asked.views, { ...asked, sees: seesAll })
  // The built-in views are always among those that are named.
  const built = (views: object) => views as BuiltIn
  const now = <State>(found: Promise<Current | undefined>) => found as Promise<Now<State> | undefined>
  const listing = (found: Promise<object | undefined>) => found as Promise<ListingState<K> | undefined>
  return {
    nextActions: (id, { by }) => whatNext(wiring, hosts, id, by),
    views: forPerson,
    listing: async (id, asking) => now<ListingState<K>>(currentOf(wiring, listings, id, personIn(asking))),
    publisher: async (id, asking) => now<PublisherState>(currentOf(wiring, publishers, id, personIn(asking))),
    lead: async (id, asking) => now<LeadState>(currentOf(wiring, leads, id, personIn(asking))),
    history: async (id, asking) => historyOf(wiring, hosts, id, personIn(asking)),
    listingAt: async (listingId, instant, asking) =>
      listing(listingAt(wiring, listings, { listingId, instant }, personIn(asking))),
    liveOn: (instant, { publisherId, ...asking }) =>
      liveOn(built(forPerson).liveOnDay, instant, { ...asking, where: { publisherId } }),
    reviewQueue: (asking) => reviewLine(built(forPerson).reviewQueue, wiring.clock(), asking),
    resolveLink: (link, asking = {}) => resolveLink(built(forAll).links, rules.baseUrl, link, asking),
    messages: messagesFor(asked.messages, asked.waiting),
    events: (options) => wiring.log.readAll(options),
    asOperator: {
      views: forAll,
      listing: (id) => now<ListingState<K>>(currentOf(wiring, listings, id, 'operator')),
      publisher: (id) => now<PublisherState>(currentOf(wiring, publishers, id, 'operator')),
      lead: (id) => now<LeadState>(currentOf(wiring, leads, id, 'operator')),
      history: async (id) => (await historyOf(wiring, hosts, id, 'operator')) as readonly StoredEvent[],
      listingAt: (listingId, instant) => listing(listingAt(wiring, listings, { listingId, instant }, 'operator')),
      liveOn: (instant, asking = {}) => liveOn(built(forAll).liveOnDay, instant, asking),
      reviewQueue: (asking = {}) => reviewLine(built(forAll).reviewQueue, wiring.clock(), asking),
      messages: messagesForAll(asked.messages, asked.waiting),
      events: (options) => wiring.log.readAll(options),
    },
  }
}

interface BuiltIn {
  readonly liveOnDay: ViewQuestions<LiveHistory>
  readonly reviewQueue: ViewQuestions<QueuedReview>
  readonly links: ViewQuestions<LinkedListing>
}
