import { deliveryId, type EventStore, type Store, type StoredEvent } from '@vitrine/core'
import { headOf } from '@vitrine/runtime'
import { memoryStore } from '@vitrine/store-memory'
import { openMarket, postedIn } from './market.js'

/** What was found in the end. */
export interface Findings {
  readonly found: {
    readonly events: number
    readonly acknowledged: number
    readonly published: number
    readonly rejectedByTime: number
    readonly messages: number
  }
  /** What should not be. Empty, when all is well. */
  readonly wrong: readonly string[]
}

/** Lets what is left to do be done, then holds everything against everything else. */
export async function lookBack(store: Store, received: string, acknowledged: readonly string[]): Promise<Findings> {
  const market = await openMarket(store, received)
  await untilAllIsTold(market)
  const opened = await store.open()
  const log = await eventsOf(opened.log)
  const messages = await eventsOf(opened.messages)
  const ids = new Set(log.map(({ id }) => id))
  const count = (events: readonly StoredEvent[], type: string) => events.filter((event) => event.type === type).length
  const wrong = [
    ...acknowledged.filter((id) => !ids.has(id)).map((id) => `Event ${id} was acknowledged, and is lost.`),
    ...outcomesOf(log),
    ...(await viewsThatDiffer(market, store, received)),
    ...untold(log, messages),
    ...sentTooOften(messages, received),
  ]
  await Promise.all([opened.close(), market.close()])
  return {
    found: {
      events: log.length,
      acknowledged: acknowledged.length,
      published: count(log, 'Published'),
      rejectedByTime: count(log, 'AutoRejected'),
      messages: count(messages, 'MessageRequested'),
    },
    wrong,
  }
}

type Market = Awaited<ReturnType<typeof openMarket>>

async function untilAllIsTold(market: Market): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    await market.catchUp()
    const { due, underWay, waiting } = (await market.health()).messages
    if (due + underWay + waiting === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What is approved to be published by itself is published once; what nobody published in time is rejected once. */
function outcomesOf(log: readonly StoredEvent[]): readonly string[] {
  const streams = Map.groupBy(log, ({ stream }) => stream)
  return log.flatMap(({ type, stream, data }) => {
    if (type !== 'Approved') return []
    const outcome = data.publishMode === 'auto' ? 'Published' : 'AutoRejected'
    const times = streams.get(stream)!.filter((event) => event.type === outcome).length
    return times === 1 ? [] : [`${stream} was ${outcome} ${times} times, not once.`]
  })
}

/** Every view, held against a fresh fold of the same log; what stands still differs too. */
async function viewsThatDiffer(market: Market, store: Store, received: string): Promise<readonly string[]> {
  const { views, progress } = await memoryStore().open()
  const again = await openMarket({ open: async () => ({ ...(await store.open()), views, progress }) }, received)
  await untilNothingIsWritten(store, [market, again])
  const fresh = again.asOperator.views as object as { readonly [name: string]: Asked }
  const kept = market.asOperator.views as object as { readonly [name: string]: Asked }
  const { views: running } = await market.health()
  const wrong = running.flatMap(({ name, stopped }) =>
    stopped ? [`View ${name} stands still: ${stopped.reason}`] : [],
  )
  for (const name of Object.keys(fresh)) {
    const [one, other] = [await documentsOf(fresh[name]!), await documentsOf(kept[name]!)]
    const at = one.findIndex((document, n) => document !== other[n])
    if (at < 0 && one.length === other.length) continue
    wrong.push(`View ${name} differs from a fresh fold, which has ${one[at]} where it has ${other[at]}.`)
  }
  await again.close()
  return wrong
}

/** Whoever catches up may write (a deadline fell due, a policy reacts): then all have to see that too. */
async function untilNothingIsWritten(store: Store, markets: readonly Market[]): Promise<void> {
  const { log, close } = await store.open()
  const position = async () => (await headOf(log))?.position
  for (let before: number | undefined; ; ) {
    before = await position()
    for (const market of markets) await market.catchUp()
    if ((await position()) === before) return close()
  }
}

interface Asked {
  find(query: object): Promise<{ readonly documents: readonly object[]; readonly cursor?: string }>
}

async function documentsOf(view: Asked): Promise<readonly string[]> {
  const documents: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await view.find({ limit: 1_000, ...(cursor !== undefined && { cursor }) })
    documents.push(...page.documents.map((document) => JSON.stringify(document)))
    cursor = page.cursor
    if (cursor === undefined) return documents
  }
}

/** Each listing of a worker has its message, and each message came to all whom it was for. */
function untold(log: readonly StoredEvent[], messages: readonly StoredEvent[]): readonly string[] {
  const requested = messages.filter(({ type }) => type === 'MessageRequested')
  const about = new Set(requested.map(({ data }) => (data.event as { readonly id: string }).id))
  const begun = log.filter(
    ({ type, data }) => type === 'Created' && !String(data.name as string).startsWith('Too late'),
  )
  const delivered = new Set(
    messages
      .filter(({ type }) => type === 'MessageDelivered')
      .map(({ stream, data }) => `${stream} ${Number(data.recipient)}`),
  )
  return [
    ...begun.filter(({ id }) => !about.has(id)).map(({ stream }) => `Nobody was told of ${stream}.`),
    ...requested.flatMap(({ stream, data }) =>
      (data.recipients as readonly object[]).flatMap((_, n) =>
        delivered.has(`${stream} ${n}`) ? [] : [`${stream} did not reach recipient ${n}.`],
      ),
    ),
  ]
}

/** Each attempt that reached the receiver was claimed before. */
function sentTooOften(messages: readonly StoredEvent[], received: string): readonly string[] {
  const claimed = new Map<string, number>()
  for (const { type, stream, data } of messages) {
    if (type !== 'MessageAttempted') continue
    const id = deliveryId(stream.slice('message-'.length), Number(data.recipient))
    claimed.set(id, (claimed.get(id) ?? 0) + 1)
  }
  const begun = Map.groupBy(
    postedIn(received).filter(({ what }) => what === 'begun'),
    ({ id }) => id,
  )
  return [...begun].flatMap(([id, tries]) => {
    const most = claimed.get(id) ?? 0
    return tries.length <= most ? [] : [`Message ${id} was sent ${tries.length} times, with ${most} attempts.`]
  })
}

async function eventsOf(log: Pick<EventStore, 'readAll'>): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const page of log.readAll()) events.push(...page.events)
  return events
}
