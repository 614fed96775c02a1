import type { Address, Message } from './messages/message.js'

/**
 * What became of one attempt.
 * `delivered`: the receiver has taken it over · `refused`: it never will, so that trying again is pointless ·
 * `failed`: it may be taken later; also when nobody knows whether it was · `gone`: nobody is there any more, and nothing
 * else needs to be sent there. `reason` is for people and holds nothing personal.
 */
export type SendOutcome =
  | { readonly outcome: 'delivered'; readonly receipt?: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'gone'; readonly reason: string }
  /** `retryAfter`: milliseconds that the receiver asked for. */
  | { readonly outcome: 'failed'; readonly reason: string; readonly retryAfter?: number }

/**
 * The notification port: takes one message to one address. An attempt may be repeated with the same message id, when
 * nobody knows how the last one ended. Every adapter passes the contract suite of `@vitrine/testing`.
 */
export interface Notifier {
  readonly name: string
  /** The kind of address that it writes to. */
  readonly by: Address['by']
  /** Never throws for what a receiver does. Ends, at the latest soon after the signal says so. */
  send(message: Message<object>, options: { readonly signal: AbortSignal }): Promise<SendOutcome>
  /** Lets go of connections. May be called twice. */
  close(): Promise<void>
}
