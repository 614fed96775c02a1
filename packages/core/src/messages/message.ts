import type { JsonObject } from '../json.js'

/** For whom a message is, by reference. Addresses are looked up when it is sent, and stored nowhere with it. */
export type Recipient =
  | { readonly is: 'member'; readonly publisherId: string; readonly actorId: string }
  /** The notification address of a publisher. */
  | { readonly is: 'address'; readonly publisherId: string; readonly addressId: string }
  | { readonly is: 'invitee'; readonly publisherId: string; readonly invitationId: string }
  | { readonly is: 'staff'; readonly actorId: string }
  /** Where a publisher wants to be told by its own systems. */
  | { readonly is: 'endpoint'; readonly publisherId: string; readonly endpointId: string }
  /** Of policies of one's own: what the name stands for is for their code to say, when it is sent; how it is reached, before. */
  | { readonly is: 'named'; readonly name: string; readonly by?: Address['by'] | undefined }

/** Where a recipient is reached now. */
export type Address =
  | { readonly by: 'email'; readonly email: string; readonly name?: string }
  /** The secrets, each `whsec_` and base64, newest first: while one is rotated a message is signed with both. */
  | { readonly by: 'webhook'; readonly url: string; readonly secrets: readonly string[] }

/** A message as a notifier gets it: all that it takes to write it, and nothing of it is stored. */
export interface Message<Facts extends object = JsonObject> {
  /** The same at every attempt, another one for every recipient: receivers tell repeats by it. */
  readonly id: string
  /** One of the kinds of the domain, or of one's own. */
  readonly kind: string
  readonly address: Address
  /** A language, such as `fr`, or a locale, such as `fr-CA`, as people are known; a notifier writes in the nearest that it has. */
  readonly locale: string
  /** Names what several messages are about, so that they are shown together: the stream of a listing, as a rule. */
  readonly thread: string
  /** When what it tells of happened: a UTC instant. */
  readonly occurredAt: string
  readonly facts: Facts
}
