import { type Message, messageEvents, type Store, type StoredMessageEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { type MemoryNotifierOptions, memoryNotifier } from '@vitrine/testing'
import { ada, allEvents, done, handClock, luc, olaf, open, type StageOptions } from './stage.js'
import { mailboxes, tell } from './tell.js'

/** A marketplace that tells, with a receiver that is played. Everything can be opened again over the same store. */
export async function telling(given: StageOptions & Pick<MemoryNotifierOptions, 'answer'> = {}) {
  const { answer, store = memoryStore(), clock = handClock(), ...options } = given
  const notifier = memoryNotifier(answer ? { answer } : {})
  const settings = { policies: [tell], people: mailboxes, notifiers: [notifier], chance: () => 1, ...options }
  const again = (more: StageOptions = {}) => open({ store, clock, ...settings, ...more })
  const market = await again()
  return { market, store, clock, notifier, again, publisherId: await teamIn(market) }
}

/** A publisher with an administrator and a lister; of which nobody is told. */
async function teamIn(market: object): Promise<string> {
  const { state } = await done(market, { type: 'Register', name: 'Marsh Software' }, { by: ada })
  const publisherId = state.id
  await done(market, { type: 'ApprovePublisher', publisherId }, { by: olaf })
  await done(market, { type: 'AddMember', publisherId, actorId: luc.id, name: luc.name, role: 'lister' }, { by: ada })
  return publisherId
}

/** Begins a listing: the publisher is told of it. */
export async function begin(market: object, publisherId: string, name = 'Ledgerline'): Promise<string> {
  const { state } = await done(market, { type: 'Create', publisherId, kind: 'app', name }, { by: luc })
  return state.id
}

/** What the log of messages holds. */
export async function messagesIn(store: Store): Promise<readonly StoredMessageEvent[]> {
  const events = await allEvents((await store.open()).messages)
  return events.map((event) => {
    const { data } = messageEvents[event.type as StoredMessageEvent['type']]
    return { ...event, data: data.parse(event.data) } as StoredMessageEvent
  })
}

/** The events of this recipient, by name, in order. */
export async function storyOf(store: Store, recipient = 0): Promise<readonly string[]> {
  const ofRecipient = ({ data }: StoredMessageEvent) => 'recipient' in data && data.recipient === recipient
  return (await messagesIn(store)).filter(ofRecipient).map(({ type }) => type.slice('Message'.length))
}

/** To which mailboxes. */
export function boxes(messages: readonly Message<object>[]): readonly string[] {
  return messages.map(({ address }) => ('email' in address ? address.email.replace('@mail.example', '') : address.url))
}

/** The same log, messages and keys, in which these policies stand at the beginning, and views are not built yet. */
export async function fromTheBeginning(store: Store, ...policies: readonly string[]): Promise<Store> {
  const { log, messages, keys } = await store.open()
  const forgotten = memoryStore()
  const { progress } = await forgotten.open()
  for (const policy of policies) {
    const table = await progress.open({ name: `policy:${policy}`, version: 1, indexes: [['is']], text: false })
    const to = { logId: log.logId, position: 0, id: '' }
    await table.write({ from: undefined, to, put: [], remove: [] })
  }
  return { open: async () => ({ ...(await forgotten.open()), log, messages, keys }) }
}
