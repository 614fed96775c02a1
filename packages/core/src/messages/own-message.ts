import type { Addressees } from './message-row.js'

/** A message of a policy of one's own. */
export interface OwnMessage {
  /** A name of one's own, or one of the built-in kinds, whose texts the notifiers then know. */
  readonly kind: string
  /** Whom it is for: an address that the policy knows, or people whose addresses are looked up. */
  readonly to: OwnAddress | Addressees
  /** What it says, as plain JSON, for the notifiers' templates. */
  readonly facts: object
}

/** An address that a policy knows itself. It is stored nowhere. The locale, such as `fr` or `fr-CA`, is `en` when absent. */
export type OwnAddress =
  | { readonly address: string; readonly name?: string; readonly locale?: string | null }
  | { readonly url: string; readonly secrets: readonly string[]; readonly locale?: string | null }
