/** Whom a kind of message is for. `sales`: the assignee of a lead, or who else works on leads. */
export type MessageAudience = 'publisher' | 'sales' | 'reviewers' | 'reviewer' | 'invitee'

/** What there is to say of a kind of message. */
export interface MessageKindRules {
  readonly to: MessageAudience
  /** Nobody can mute it. */
  readonly mandatory: boolean
}

/**
 * Every kind of message, in the order of a listing's life. The names are stored, with preferences and with messages, and
 * never change.
 *
 * Mandatory is what cannot be made good by looking later: a decision of the marketplace, with which a deadline begins, a
 * listing goes live or does not, and the end of a right. What a member may mute either waits for an answer and is shown
 * meanwhile, or repeats what a mandatory message has said already, or tells what the publisher did itself. The messages to
 * staff and to invitees are mandatory because nobody there has preferences.
 */
export const messageKinds = {
  'listing-submitted': { to: 'reviewers', mandatory: true },
  'question-asked': { to: 'publisher', mandatory: false },
  'changes-suggested': { to: 'publisher', mandatory: false },
  'evidence-requested': { to: 'publisher', mandatory: false },
  'question-answered': { to: 'reviewer', mandatory: true },
  'evidence-provided': { to: 'reviewer', mandatory: true },
  /** Of a revision that goes live by itself: one message says both. */
  'approved-and-live': { to: 'publisher', mandatory: true },
  /** Approved, to be published by hand: the deadline runs. */
  'publish-before': { to: 'publisher', mandatory: true },
  rejected: { to: 'publisher', mandatory: true },
  published: { to: 'publisher', mandatory: false },
  /** The deadline stood in `publish-before`. */
  'publication-reminder': { to: 'publisher', mandatory: false },
  'auto-rejected': { to: 'publisher', mandatory: true },
  'lead-captured': { to: 'sales', mandatory: false },
  invitation: { to: 'invitee', mandatory: true },
  'auto-publish-revoked': { to: 'publisher', mandatory: true },
} as const satisfies { readonly [kind: string]: MessageKindRules }

/** The name of a kind of message. */
export type MessageKind = keyof typeof messageKinds

/** The names of all kinds. */
export const messageKindNames = Object.keys(messageKinds) as [MessageKind, ...MessageKind[]]
