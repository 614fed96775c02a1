import type { EventDefinition, NewEvent, StoredEvent } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defaultRules } from '../test/stage.js'
import { deliveryOf } from './delivered-event.js'
import type { StreamKind } from './host.js'
import { liftBy } from './lift-event.js'
import { streamStates } from './streams.js'

type Upcast = EventDefinition['upcast'][number]

/** First in cents and unnamed, then with a currency, then as one text. */
const toSecond: Upcast = ({ cents }) => ({ cents, currency: 'EUR' })
const toThird: Upcast = ({ cents, currency }) => ({ price: `${Number(cents) / 100} ${String(currency)}` })

function kindOf(upcast: readonly Upcast[], version = upcast.length + 1): StreamKind {
  const data = z.record(z.string(), z.unknown())
  const cuts = {
    seenBy: 'operator',
    operatorOnly: [],
    publisherOnly: [],
    personal: [],
    hidden: [],
    erases: undefined,
  } as const
  const Priced: EventDefinition = { version, data, upcast, ...cuts }
  return {
    prefix: 'price-',
    events: { Priced },
    decider: {
      initial: () => ({ prices: [] }),
      evolve: (state, { data: priced }) => void (state as { prices: unknown[] }).prices.push(priced),
    },
  }
}

function priced(version: number, data: StoredEvent['data']): NewEvent {
  const command = { id: `c-${version}`, type: 'Price', hash: '', index: 0, of: 1 }
  const actor = { id: 'u-ada', name: 'Ada', role: 'person' }
  const at = { occurredAt: '2026-01-05T09:00:00.000Z', schemaVersion: version, contentVersion: 1 }
  const metadata = { command, correlationId: 'c', causationId: 'c', actor, ...at, rules: '', basis: [], hops: 0 }
  return { id: `00000000-0000-7000-8000-00000000000${version}`, type: 'Priced', data, metadata }
}

const lift = liftBy(defaultRules)
let log: Awaited<ReturnType<ReturnType<typeof memoryStore>['open']>>['log']

beforeEach(async () => {
  log = (await memoryStore().open()).log
  const events = [priced(1, { cents: 250 }), priced(2, { cents: 300, currency: 'SEK' }), priced(3, { price: '4 USD' })]
  await log.append({ writes: [{ stream: 'price-1', expected: 'none', events }] })
})

const stateUnder = (kind: StreamKind) => streamStates(log, [kind], { lift, limit: 10 }).afresh('price-1')
const deliveredUnder = async (kind: StreamKind) => {
  const { events } = await log.readStream('price-1')
  return deliveryOf(log, [kind], lift)(events)
}

describe('B9 events of older versions', () => {
  it('B9 are lifted one version a step, each from its own on, for states and for whoever follows the log', async () => {
    const kind = kindOf([toSecond, toThird])
    const prices = [{ price: '2.5 EUR' }, { price: '3 SEK' }, { price: '4 USD' }]
    expect((await stateUnder(kind)).state).toEqual({ prices })
    expect((await deliveredUnder(kind)).map(({ event, fault }) => fault ?? event.data)).toEqual(prices)
  })

  it('B9 stay as they were stored', async () => {
    await stateUnder(kindOf([toSecond, toThird]))
    const { events } = await log.readStream('price-1')
    expect(events.map(({ data }) => data)).toEqual([
      { cents: 250 },
      { cents: 300, currency: 'SEK' },
      { price: '4 USD' },
    ])
  })

  it('B9 for which an upcaster is missing are a typed error that names event and version, never passed over', async () => {
    const kind = kindOf([toSecond], 3)
    await expect(stateUnder(kind)).rejects.toMatchObject({
      code: 'event-not-lifted',
      message: 'Event 0 of price-1 was not lifted from version 2 of Priced: there is no upcaster for it',
      stream: 'price-1',
    })
    const delivered = await deliveredUnder(kind)
    expect(delivered.map(({ fault }) => (fault as { code?: string } | undefined)?.code)).toEqual([
      'event-not-lifted',
      'event-not-lifted',
      undefined,
    ])
  })

  it('B9 whose upcaster throws are a typed error that carries why', async () => {
    const broken: Upcast = () => {
      throw new Error('Which currency?')
    }
    await expect(stateUnder(kindOf([broken, toThird]))).rejects.toMatchObject({
      code: 'event-not-lifted',
      message: 'Event 0 of price-1 was not lifted from version 1 of Priced: Which currency?',
      cause: new Error('Which currency?'),
    })
  })

  it('B22 that are newer than this code are not lifted at all', async () => {
    await expect(stateUnder(kindOf([toSecond]))).rejects.toMatchObject({ code: 'newer-than-this-code' })
  })
})
