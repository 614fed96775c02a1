/** How somebody is reached whose address is the service's to know. */
export interface Contact {
  readonly email: string
  readonly name?: string
  /** A language, such as `fr`, or a locale, such as `fr-CA`; `en` when absent. */
  readonly locale?: string | null
}

/** The people of a service: staff, and members who joined without an invitation. Asked whenever a message is for them. */
export interface People {
  /** `undefined` for who is not reached by e-mail. */
  contact(actorId: string): Contact | undefined | Promise<Contact | undefined>
  /** The actor ids of everybody who reviews. */
  reviewers(): readonly string[] | Promise<readonly string[]>
}

/** A service that knows nobody: only who joined by an invitation, and notification addresses, are reached. */
export const nobodyKnown: People = { contact: () => undefined, reviewers: () => [] }
