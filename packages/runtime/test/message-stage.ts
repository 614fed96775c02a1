import {
  definePolicy,
  type MessageEvent,
  message,
  messageEvents,
  type Notifier,
  type Store,
  type StoredEvent,
} from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { type MemoryNotifierOptions, memoryNotifier } from '@vitrine/testing'
import type { People } from '../src/index.js'
import { ada, allEvents, done, type HandClock, handClock, luc, olaf, open, rita, type StageOptions } from './stage.js'

/** Tells the publisher of every listing that is begun, and of every one that is begun anew. */
export const tell = definePolicy({
  name: 'tell',
  on: {
    Created: ({ data: { publisherId, name } }) => [
      message({ key: 'begun', kind: 'draft-begun', to: { are: 'publisher', publisherId }, facts: { name } }),
    ],
  },
})

/** Everybody has a mailbox. */
export const people: People = {
  contact: (actorId) => ({ email: `${actorId}@mail.example`, name: actorId, locale: 'en' }),
  reviewers: () => [rita.id],
}

/** A marketplace that tells, with a receiver that is played; everything can be opened again over the same store. */
export async function telling(given: StageOptions & { readonly answer?: MemoryNotifierOptions['answer'] } = {}) {
  const { answer, ...options } = given
  const store = options.store ?? memoryStore()
  const clock: HandClock = options.clock ?? handClock()
  const notifier = memoryNotifier(answer ? { answer } : {})
  const settings = { policies: [tell], people, notifiers: [notifier], chance: () => 1, ...options, store, clock }
  const market = await open(settings)
  return { market, store, clock, notifier, again: (more: StageOptions = {}) => open({ ...settings, ...more }) }
}

/** A publisher with an administrator and a lister. */
export async function teamIn(market: object): Promise<string> {
  const { state } = await done(market, { type: 'Register', name: 'Marsh Software' }, { by: ada })
  const publisherId = state.id
  await done(market, { type: 'ApprovePublisher', publisherId }, { by: olaf })
  await done(market, { type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'lister' }, { by: ada })
  return publisherId
}

/** Begins a listing: the publisher is told of it. */
export async function beginIn(market: object, publisherId: string, name = 'Ledgerline'): Promise<string> {
  const { state } = await done(market, { type: 'Create', publisherId, kind: 'app', name }, { by: luc })
  return state.id
}

/** What the log of messages holds. */
export async function messagesIn(store: Store): Promise<readonly (MessageEvent & StoredEvent)[]> {
  const opened = await store.open()
  const events = await allEvents(opened.messages)
  return events.map((event) => ({
    ...event,
    data: messageEvents[event.type as 'MessageExpired'].data.parse(event.data),
  })) as never
}

/** The events of the log of messages by name, in order. */
export async function typesOf(store: Store): Promise<readonly string[]> {
  return (await messagesIn(store)).map(({ type }) => type)
}

/** To whom, in order. */
export function mailboxes({ sent }: { readonly sent: readonly { readonly address: object }[] }): readonly string[] {
  return sent.map(({ address }) => String((address as { email?: string }).email))
}

/** A notifier that ends the process, as far as anybody can see, when it is asked to send. */
export type { Notifier }
