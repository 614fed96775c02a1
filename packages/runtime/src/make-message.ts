import {
  deliveryId,
  type FactsContext,
  type Lead,
  type Listing,
  listingAggregate,
  type Message,
  notify,
  type OwnAddress,
  type Publisher,
  publisherAggregate,
  type Recipient,
  type RequestedMessage,
  type StoredEvent,
} from '@vitrine/core'
import { RuntimeError } from './errors.js'
import type { Folded } from './folded.js'
import type { MessageWiring } from './message-wiring.js'
import { openerOf } from './open-sealed.js'
import { type NotReached, type Reached, reach } from './reach.js'

/** A message as a notifier gets it, or why there is none: nobody to send it to, or nothing to make it from any more. */
export type Made = { readonly message: Message<object> } | NotReached | { readonly impossible: string }

/**
 * Makes a message for one attempt: what it says from the log, the address looked up, what is personal opened. It is given to
 * a notifier and forgotten.
 */
export async function makeMessage(wiring: MessageWiring, message: RequestedMessage, recipient: number): Promise<Made> {
  const to = message.deliveries[recipient]?.to
  const event = await eventOf(wiring, message)
  if (!to || !event) return { impossible: 'What it tells of is not in the log.' }
  const made =
    message.policy === notify ? await byTable(wiring, message, event, to) : await byPolicy(wiring, message, event, to)
  if (!('facts' in made)) return made
  const { facts, address, locale } = made
  const {
    kind,
    event: { stream: thread, occurredAt },
  } = message
  return { message: { id: deliveryId(message.id, recipient), kind, address, locale, thread, occurredAt, facts } }
}

type Parts = (Reached & { readonly facts: object }) | NotReached | { readonly impossible: string }

async function eventOf(
  { wiring, deliver }: MessageWiring,
  { event }: RequestedMessage,
): Promise<StoredEvent | undefined> {
  const { events } = await wiring.log.readStream(event.stream, { from: event.version, limit: 1 })
  const [found] = await deliver(events)
  if (found?.fault !== undefined) {
    throw new RuntimeError('event-not-lifted', 'What a message tells of is of a shape that is not read here.', {
      cause: found.fault,
    })
  }
  return found?.event.id === event.id ? found.event : undefined
}

async function byTable(
  wiring: MessageWiring,
  message: RequestedMessage,
  event: StoredEvent,
  to: Recipient,
): Promise<Parts> {
  const row = wiring.rows.find(({ on, kind }) => on === event.type && kind === message.key)
  if (!row) return { impossible: `Nothing here knows how to write a message ${message.key} on ${event.type}.` }
  const reached = await reach(wiring, message.kind, to)
  if (!('address' in reached)) return reached
  const context = await contextOf(wiring, message, event, to)
  if (row.settled?.(event, context)) return { suppressed: 'settled' }
  const facts = row.facts(event, context)
  return facts ? { ...reached, facts } : { suppressed: 'erased' }
}

/** The policy is run again: what it says, and an address that it gives itself, are stored nowhere. */
async function byPolicy(
  wiring: MessageWiring,
  { policy: name, key, kind }: RequestedMessage,
  event: StoredEvent,
  to: Recipient,
): Promise<Parts> {
  const policy = wiring.policies.find((one) => one.name === name)
  const found = policy?.on[event.type]?.(event as never).find((reaction) => reaction.key === key)
  if (!found || !('message' in found)) return { impossible: `Policy ${name} gives no message ${key} any more.` }
  const { facts, to: given } = found.message
  const reached = to.is === 'named' && !('are' in given) ? reachedByItself(given) : await reach(wiring, kind, to)
  return 'address' in reached ? { ...reached, facts } : reached
}

function reachedByItself(given: OwnAddress): Reached {
  const locale = given.locale ?? 'en'
  if ('url' in given) return { address: { by: 'webhook', url: given.url, secrets: given.secrets }, locale }
  const { address: email, name } = given
  return { address: { by: 'email', email, ...(name !== undefined && { name }) }, locale }
}

async function contextOf(
  wiring: MessageWiring,
  { about }: RequestedMessage,
  event: StoredEvent,
  recipient: Recipient,
): Promise<Omit<FactsContext, 'before' | 'after'> & { readonly before: object; readonly after: object }> {
  const { streams, keys } = wiring.wiring
  const { folded } = await streams.upTo(event.stream, ({ version }) => version < event.version)
  const { state: before } = folded
  const { state: after } = streams.grown(folded, [event])
  const listing = await listingOf(wiring, event, after)
  const publisher = await stateOf<Publisher>(wiring, `${publisherAggregate.prefix}${publisherOf(event, after)}`)
  return {
    before,
    after,
    publisher,
    ...(listing && { listing }),
    about: await Promise.all(about.map((id) => stateOf<Listing>(wiring, `${listingAggregate.prefix}${id}`))),
    recipient,
    rules: wiring.rules,
    open: await openerOf(keys, [event.data, before, after]),
  }
}

async function listingOf(wiring: MessageWiring, { stream }: StoredEvent, after: object): Promise<Listing | undefined> {
  if (stream.startsWith(listingAggregate.prefix)) return stateOf<Listing>(wiring, stream)
  const { listingId } = after as Partial<Lead>
  return listingId === undefined ? undefined : stateOf<Listing>(wiring, `${listingAggregate.prefix}${listingId}`)
}

function publisherOf({ stream }: StoredEvent, after: object): string {
  if (stream.startsWith(publisherAggregate.prefix)) return stream.slice(publisherAggregate.prefix.length)
  return (after as Listing | Lead).publisherId
}

async function stateOf<State>({ wiring }: MessageWiring, stream: string): Promise<State> {
  const folded: Folded = await wiring.streams.afresh(stream)
  return folded.state as State
}
