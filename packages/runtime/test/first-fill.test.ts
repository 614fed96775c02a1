import { defineView, type EventStore, type NewEvent, type Store, type StoredEvent, shapeOf } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { allEvents, open, publisherIn } from './stage.js'

const events = 14_000
const customers = 7
/** Orders of one append. */
const together = 70

/** A document for each event, and one for each stream, which says in which order it was told of what. */
const orders = defineView<{ versions: readonly number[] }, 'OrderPlaced'>({
  name: 'orders',
  version: 1,
  empty: { versions: [] },
  on: { OrderPlaced: ({ stream, id }: StoredEvent) => [stream, id] },
  apply: ({ versions }, { version }) => ({ versions: [...versions, version] }),
})

describe('a view that is filled for the first time', () => {
  it('B1 is written once for many pages; who dies in between goes on from what was written', async () => {
    const store = await withOrders()
    const deaths = [1, 3]
    let writes = 0
    const dying = watched(store, async (write) => {
      writes += 1
      if (writes === deaths[0]) throw new Error(`The process died at write ${deaths.shift()}`)
      await write()
    })
    for (const death of [1, 3]) {
      const market = await open({ store: dying, views: { orders } })
      await expect(market.catchUp()).rejects.toThrow(`died at write ${death}`)
    }
    await caughtUp(dying)
    await expectAll(dying, events)
    expect(writes).toBeLessThan(10)
  })

  it('B23 by one who was overtaken meanwhile: what it holds in memory is written over nothing', async () => {
    const store = await withOrders()
    const [stopped, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const paused = watched(store, async (write) => {
      stopped.resolve()
      await goOn.promise
      await write()
    })
    const filling = caughtUp(paused)
    await stopped.promise
    const first = await caughtUp(store)
    const { log } = await store.open()
    await place(log, events)
    await first.catchUp()
    goOn.resolve()
    await filling
    await expectAll(store, events + together)
  })

  it('B11 takes up what is written while it is filled', async () => {
    const store = await withOrders()
    let written = events
    const busy = watched(store, async (write) => {
      await write()
      if (written >= events + 3 * together) return
      await place((await store.open()).log, written)
      written += together
    })
    await caughtUp(busy)
    await expectAll(busy, events + 3 * together)
  })

  it('B5 stops where it throws, and says where, though nothing was written yet', async () => {
    const store = await withOrders()
    const broken = {
      ...orders,
      apply: (...[document, event, ...rest]: Parameters<typeof orders.apply>) => {
        if (event.position > events / 2) throw new Error('A bug in the view')
        return orders.apply(document, event, ...rest)
      },
    }
    const market = await caughtUp(store, broken)
    const { views } = await market.health()
    const standing = views.find(({ name }) => name === 'orders')
    expect(standing).toMatchObject({ live: false, stopped: { reason: 'A bug in the view' } })
    expect(standing?.stopped?.event?.position).toBe(events / 2 + 1)
    await caughtUp(store)
    await expectAll(store, events)
  })
})

async function caughtUp(store: Store, view = orders) {
  const market = await open({ store, views: { orders: view } })
  await market.catchUp()
  return market
}

/** The documents are those of a fold of the whole log, event by event. */
async function expectAll(store: Store, many: number): Promise<void> {
  const { log, views } = await store.open()
  const placed = (await allEvents(log)).filter(({ type }) => type === 'OrderPlaced')
  const documents = new Map<string, { versions: readonly number[] }>()
  for (const event of placed) {
    const { versions } = documents.get(event.stream) ?? orders.empty
    documents.set(event.stream, { versions: [...versions, event.version] })
    documents.set(event.id, { versions: [event.version] })
  }
  const table = await views.open(shapeOf(orders))
  expect(placed).toHaveLength(many)
  expect(await table.load([...documents.keys()])).toEqual(documents)
  expect(await table.count({})).toBe(documents.size)
}

async function withOrders(): Promise<Store> {
  const store = memoryStore()
  const market = await open({ store })
  await publisherIn(market)
  await market.close()
  const { log } = await store.open()
  for (let placed = 0; placed < events; placed += together) await place(log, placed)
  return store
}

/** Appends some orders behind those that were placed, to the stream of each customer as many. */
async function place(log: EventStore, placed: number): Promise<void> {
  const [first] = await firstOf(log)
  const { metadata } = first!
  const writes = Array.from({ length: customers }, (_, customer) => ({
    stream: `orders-${customer}`,
    expected: placed === 0 ? ('none' as const) : placed / customers - 1,
    events: Array.from({ length: together / customers }, (__, at) => order(placed + customer * 10 + at, metadata)),
  }))
  await log.append({ writes })
}

async function firstOf(log: EventStore): Promise<readonly StoredEvent[]> {
  for await (const page of log.readAll({ limit: 1 })) return page.events
  return []
}

function order(number: number, metadata: NewEvent['metadata']): NewEvent {
  const id = `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
  return { id, type: 'OrderPlaced', data: {}, metadata }
}

function watched(store: Store, around: (write: () => Promise<void>) => Promise<void>): Store {
  return {
    open: async () => {
      const opened = await store.open()
      return {
        ...opened,
        views: {
          ...opened.views,
          open: async (shape) => {
            const table = await opened.views.open(shape)
            if (shape.name !== 'orders') return table
            return { ...table, write: (batch) => around(() => table.write(batch)) }
          },
        },
      }
    },
  }
}
