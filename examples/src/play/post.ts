import type { Message, Notifier } from '@vitrine/core'
import { writeEmail } from '@vitrine/notify-email'
import type { Contact } from '@vitrine/runtime'
import { players, reviewers } from './cast.js'

/** An e-mail that arrived. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Where the e-mails of the play arrive, instead of at a mail server. */
export interface Post {
  readonly notifier: Notifier
  /** What arrived since the last time. */
  read(): readonly Letter[]
  /** The last one to this address. */
  lastTo(email: string): Letter
}

export function openPost(): Post {
  const letters: Letter[] = []
  let seen = 0
  return {
    notifier: {
      name: 'post',
      by: 'email',
      async send(message: Message<object>) {
        const { subject, text } = writeEmail(message, { marketplace: 'The Market' })
        const { address } = message
        if (address.by === 'email') letters.push({ to: address.name ?? address.email, subject, text })
        return { outcome: 'delivered' }
      },
      close: async () => undefined,
    },
    read() {
      const fresh = letters.slice(seen)
      seen = letters.length
      return fresh
    },
    lastTo(email) {
      const found = letters.findLast(({ to }) => to === email)
      if (!found) throw new Error(`No letter has come to ${email}.`)
      return found
    },
  }
}

/** How the service reaches its own people, and members who joined without an invitation. */
export const people = {
  contact: (actorId: string): Contact | undefined => {
    const player = players.find(({ id }) => id === actorId)
    return player && { email: `${actorId}@mail.example`, name: player.name, locale: player.locale ?? 'en' }
  },
  reviewers: () => reviewers,
}

/** The same letter to several people, told once. */
export function bySubject(
  letters: readonly Letter[],
): readonly { readonly to: readonly string[]; readonly subject: string }[] {
  const groups = Map.groupBy(letters, ({ subject }) => subject)
  return [...groups].map(([subject, ones]) => ({ subject, to: ones.map(({ to }) => to) }))
}
