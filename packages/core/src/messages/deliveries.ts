import { cutActor } from '../cut-event.js'
import { step } from '../decider.js'
import { idIn } from '../id.js'
import type { View } from '../view.js'
import { type Viewer, viewerKind } from '../viewer.js'
import { defineView } from '../views/define-view.js'
import { channelOf, dueAt, expiryOf, isOpen, laneOf } from './delivery.js'
import { type MessageEvent, messageEvents, type StoredMessageEvent } from './events.js'
import { evolveMessage } from './evolve.js'
import { type Delivery, noMessage, type RequestedMessage } from './state.js'

/** A message, and where it stands with each of its recipients. */
export interface MessageDeliveries {
  readonly messageId: string
  readonly kind: string
  /** Which policy asked for it, on which event, under which key. */
  readonly policy: string
  readonly key: string
  readonly event: Readonly<RequestedMessage['event']>
  /** Whose recipients they are; absent when they are the marketplace's own, or belong to several publishers. */
  readonly publisherId?: string
  /** The listing in whose stream the event stands. */
  readonly listingId?: string
  readonly requestedAt: string
  readonly deliveries: readonly ShownDelivery[]
  /** When the last of them ended; absent while one is open. */
  readonly endedAt?: string
}

/** Where a message stands with one recipient. `recipient` is what a resending names. */
export interface ShownDelivery extends Readonly<Omit<Delivery, 'claim'>> {
  readonly recipient: number
}

/** A document: the message as it is remembered, and what it is found by. */
interface Kept {
  readonly message: RequestedMessage
  /** Of its stream: what is forgotten is forgotten at this version. */
  readonly version: number
  readonly [field: string]: unknown
}

const ofMessage = ({ stream }: { readonly stream: string }) => [idIn({ stream })]
const on = Object.fromEntries(Object.keys(messageEvents).map((type) => [type, ofMessage])) as {
  readonly [Type in MessageEvent['type']]: typeof ofMessage
}

/**
 * Every message and where it stands, folded from the log of messages: administrators see those of their publisher, staff
 * all of them. What is due is found by it.
 */
export const deliveries: View<Kept, MessageEvent['type'], MessageDeliveries> = defineView({
  name: 'deliveries',
  version: 2,
  audience: 'publisher',
  seenBy: ['administrator'],
  empty: { message: noMessage(), version: 0 },
  on,
  apply: ({ message }, event) =>
    filed(
      step({ initial: noMessage, evolve: evolveMessage }, message, event as object as StoredMessageEvent),
      event.version,
    ),
  show: ({ message }, viewer) => shownOf(message, viewer),
  indexes: [
    ['requestedAt'],
    ['statuses', 'requestedAt'],
    ['listingId', 'requestedAt'],
    ['publisherId', 'requestedAt'],
    ['publisherId', 'statuses', 'requestedAt'],
    ['publisherId', 'listingId', 'requestedAt'],
    ['due'],
    ['openLanes', 'position'],
    ['endedAt'],
  ],
  exactIndexes: true,
})

/** By what a delivery that is open is found in the field `due`: its channel, or `expiry`, and an instant. */
export function dueKey(what: ReturnType<typeof channelOf> | 'expiry', instant: string): string {
  return `${what} ${instant}`
}

function filed(message: RequestedMessage, version: number): Kept {
  const { publisherId = [], listingId = [], requestedAt, endedAt = [] } = shownOf(message, staff)
  const open = message.deliveries.filter(isOpen)
  return {
    message,
    version,
    publisherId,
    listingId,
    requestedAt,
    endedAt,
    statuses: distinct(message.deliveries.map(({ status }) => status)),
    position: message.position,
    due: distinct(open.flatMap((delivery) => dueKeys(delivery, requestedAt))),
    openLanes: distinct(open.map((delivery) => laneOf(message, delivery))),
  }
}

function dueKeys(delivery: Delivery, requestedAt: string): readonly string[] {
  return [dueKey(channelOf(delivery.to), dueAt(delivery, requestedAt)!), dueKey('expiry', expiryOf(delivery))]
}

function shownOf(message: RequestedMessage, viewer: Viewer): MessageDeliveries {
  const { id: messageId, kind, policy, key, event, requestedAt } = message
  const publisherId = publisherOfMessage(message)
  const ends = message.deliveries.map(({ endedAt = '' }) => endedAt)
  const endedAt = ends.includes('') ? undefined : [requestedAt, ...ends].toSorted().at(-1)
  return {
    messageId,
    kind,
    policy,
    key,
    event,
    ...(publisherId !== undefined && { publisherId }),
    ...(event.stream.startsWith('listing-') && { listingId: idIn(event) }),
    requestedAt,
    deliveries: message.deliveries.map((delivery, recipient) => shownDelivery(delivery, recipient, viewer)),
    ...(endedAt !== undefined && { endedAt }),
  }
}

function shownDelivery({ claim: _claim, ...delivery }: Delivery, recipient: number, viewer: Viewer): ShownDelivery {
  if (!delivery.resent) return { recipient, ...delivery }
  const by = cutActor(delivery.resent.by, viewerKind(viewer))
  return { recipient, ...delivery, resent: { ...delivery.resent, by } }
}

/** The publisher whose recipients a message has; `undefined` when it has none, or those of several. */
export function publisherOfMessage({ deliveries }: Pick<RequestedMessage, 'deliveries'>): string | undefined {
  const publishers = distinct(deliveries.map(({ to }) => ('publisherId' in to ? to.publisherId : '')))
  return publishers.length === 1 && publishers[0] !== '' ? publishers[0] : undefined
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

const staff: Viewer = { actorId: '', staff: true, member: false }
