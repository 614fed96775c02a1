import type { Contact } from '../lead/contact.js'
import type { ByHandBecause, Reason } from '../listing/state.js'
import type { MessageKind } from '../message-kinds.js'

/** The listing that a message is about. `page` is where its reader goes on: an absolute link. */
export interface AboutListing {
  readonly listingId: string
  readonly listingName: string
  readonly publisherName: string
  readonly page: string
}

/** What a message of each kind says. Plain JSON; made when a message is sent, from what the log holds, and never stored. */
export interface MessageFacts {
  readonly 'listing-submitted': AboutListing & {
    readonly comment: string
    readonly revision: number
    readonly unchanged: boolean
    /** The fields that differ from the live revision, `slug` among them; absent when nothing is live. */
    readonly differs?: readonly string[]
  }
  readonly 'question-asked': AboutListing & { readonly text: string; readonly blocking: boolean }
  readonly 'changes-suggested': AboutListing & { readonly field: string; readonly text: string }
  readonly 'evidence-requested': AboutListing & { readonly check: string; readonly text: string }
  readonly 'question-answered': AboutListing & { readonly question: string; readonly answer: string }
  readonly 'evidence-provided': AboutListing & {
    readonly check: string
    /** Without the contacts: those are read where they can be withheld. */
    readonly references: readonly { readonly customer: string; readonly engagement: string }[]
    readonly links: readonly string[]
    readonly text: string
  }
  /** `link` is the vanity URL if there is one, else the live link; of a private listing the private link (T18). */
  readonly 'approved-and-live': AboutListing & { readonly link: string; readonly visibility: 'public' | 'private' }
  readonly 'publish-before': AboutListing & { readonly publishBy: string; readonly because?: ByHandBecause }
  readonly rejected: AboutListing & { readonly reasons: readonly Reason[] }
  readonly published: AboutListing & { readonly link: string; readonly visibility: 'public' | 'private' }
  readonly 'publication-reminder': AboutListing & { readonly publishBy: string; readonly daysLeft: number }
  readonly 'auto-rejected': AboutListing & { readonly approvedAt: string; readonly publishBy: string }
  /** Who asks, as they left it, is personal: a message whose lead was erased in the meantime is not sent. */
  readonly 'lead-captured': AboutListing & {
    readonly leadId: string
    readonly from?: Contact
    readonly message?: string
  }
  readonly invitation: {
    readonly publisherName: string
    readonly invitedBy: string
    readonly role: string
    readonly until: string
    /** An absolute link that holds the secret. */
    readonly page: string
  }
  readonly 'auto-publish-revoked': {
    readonly publisherName: string
    readonly page: string
    /** What was handed in to be published by itself, and now is not. */
    readonly submissions: readonly { readonly listingId: string; readonly listingName: string }[]
  }
}

/** What a message of this kind says; of a kind of one's own, any facts. */
export type FactsOf<Kind extends string> = Kind extends MessageKind
  ? MessageFacts[Kind]
  : { readonly [fact: string]: unknown }
