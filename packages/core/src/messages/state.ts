import type { Recipient } from './message.js'

/** What is remembered of one message, from its request on. */
export interface RequestedMessage {
  /** Empty: it was never requested, or is forgotten. */
  id: string
  policy: string
  key: string
  kind: string
  /** What it tells of. */
  event: { id: string; stream: string; version: number; position: number; occurredAt: string }
  /** Listings that it is about beside the event's own. */
  about: string[]
  requestedAt: string
  /** In the log of messages: what was requested earlier is sent earlier. */
  position: number
  /** One for each recipient, in the order in which they were named. */
  deliveries: Delivery[]
}

/**
 * Where a message stands with one recipient. `due`: nobody has tried · `underWay`: somebody has claimed an attempt, or died
 * in it · `waiting`: an attempt failed, the next one is later · the others are ends.
 */
export interface Delivery {
  to: Recipient
  status: 'due' | 'underWay' | 'waiting' | DeliveryEnd
  /** Since it was requested, or since it was last resent. */
  attempts: number
  /** It is not sent after this instant. */
  notAfter: string
  /** Of the attempt that is under way, which nobody else takes over until then. */
  claim?: { id: string; until: string }
  /** When it is tried again. */
  nextAt?: string
  /** Why the last attempt failed, why it was given up, or why it was never sent. */
  reason?: string
  /** What the receiver gave in return. */
  receipt?: string | undefined
  endedAt?: string
  /** Who had it sent again after it had ended, and why. */
  resent?: { by: { id: string; name: string; role: string }; why: string; at: string }
}

/** How a delivery ends. */
export type DeliveryEnd = 'delivered' | 'givenUp' | 'expired' | 'suppressed'

/** A message before its request. */
export function noMessage(): RequestedMessage {
  return {
    id: '',
    policy: '',
    key: '',
    kind: '',
    event: { id: '', stream: '', version: 0, position: 0, occurredAt: '' },
    about: [],
    requestedAt: '',
    position: 0,
    deliveries: [],
  }
}
