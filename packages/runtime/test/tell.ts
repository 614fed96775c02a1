import { type AnyPolicy, definePolicy, message, type Recipient } from '@vitrine/core'
import type { People } from '../src/index.js'

/** Tells the publisher of every listing that is begun. */
export const tell = tellingOf()

/** The same, with a kind of message and recipients of one's own. */
export function tellingOf(kind = 'draft-begun', recipients?: readonly Recipient[]): AnyPolicy {
  return definePolicy({
    name: 'tell',
    on: {
      Created: ({ data: { publisherId, name } }) => {
        const to = recipients ? { are: 'recipients' as const, recipients } : { are: 'publisher' as const, publisherId }
        return [message({ key: 'begun', kind, to, facts: { name } })]
      },
    },
  })
}

/** Tells the publisher of a listing that is begun, and of each of its revisions: by its id and the number of the event. */
export const tellEach = definePolicy({
  name: 'tell-each',
  on: {
    Created: (event) => [toldOf(event)],
    Revised: (event) => [toldOf(event)],
  },
})

function toldOf({ stream, version }: { readonly stream: string; readonly version: number }) {
  const facts = { name: `${stream} ${version}` }
  return message({ key: 'told', kind: 'draft-told', to: { address: 'u-ada@mail.example' }, facts })
}

/** Everybody has a mailbox, and Rita reviews. */
export const mailboxes: People = {
  contact: (actorId) => ({ email: `${actorId}@mail.example`, name: `Somebody ${actorId}`, locale: 'fr' }),
  reviewers: () => ['u-rita'],
}
