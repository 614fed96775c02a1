import type { Person, Store } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { ada, allEvents, done, luc, olaf, open, publisherIn, refusal } from './stage.js'

const url = 'https://hooks.marsh.example/vitrine'
const erased = { erased: true }
const withheld = { withheld: true }
const secret = expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)

async function withEndpoint(store: Store = memoryStore()) {
  const market = await open({ store })
  const publisherId = await publisherIn(market)
  const add = { type: 'AddEndpoint', publisherId, url, kinds: ['rejected'] }
  const added = await done(market, add, { by: ada, commandId: 'c-1' })
  const { endpointId } = added.events[0]!.data as { endpointId: string }
  const endpointFor = async (person: Person) =>
    (await market.publisher(publisherId, { for: person }))?.state.endpoints[endpointId]
  return { store, market, publisherId, endpointId, add, added, endpointFor }
}

async function keysOf(store: Store, subject: string) {
  return [...(await (await store.open()).keys.keys([subject])).keys()]
}

describe('the secret of an endpoint', () => {
  it('C8 is read by administrators, in the answer, the state and the history; by nobody else, staff neither', async () => {
    const { market, publisherId, added, endpointFor } = await withEndpoint()
    const { data } = added.events[0]!
    expect(data).toMatchObject({ url, kinds: ['rejected'], secret })
    expect((await endpointFor(ada))?.secret).toBe((data as { secret: string }).secret)
    for (const person of [luc, olaf]) {
      expect((await endpointFor(person))?.secret).toEqual(withheld)
      const history = await market.history(publisherId, { for: person })
      expect(history.find(({ type }) => type === 'EndpointAdded')?.data.secret).toEqual(withheld)
    }
  })

  it('C10 stands in no log', async () => {
    const { store } = await withEndpoint()
    expect(JSON.stringify(await allEvents((await store.open()).log))).not.toContain('whsec_')
  })

  it('T28 the same command again adds no second endpoint, and is answered with the same secret', async () => {
    const { market, add, added } = await withEndpoint()
    const again = await done(market, add, { by: ada, commandId: 'c-1' })
    expect(again.events).toEqual(added.events)
  })

  it('C8 renewed: a new one under the same key; administrators read the one before, too, as long as it is valid', async () => {
    const { store, market, publisherId, endpointId, endpointFor } = await withEndpoint()
    const before = (await endpointFor(ada))?.secret
    await done(market, { type: 'RotateEndpointSecret', publisherId, endpointId }, { by: ada })
    const after = await endpointFor(ada)
    expect(after).toMatchObject({ secret, before: { secret: before } })
    expect(after?.secret).not.toBe(before)
    expect((await endpointFor(luc))?.before?.secret).toEqual(withheld)
    expect(await keysOf(store, `endpoint-${endpointId}`)).toHaveLength(1)
  })

  it('B21 of an endpoint that is removed is erased, everywhere at once', async () => {
    const { store, market, publisherId, endpointId } = await withEndpoint()
    await done(market, { type: 'RotateEndpointSecret', publisherId, endpointId }, { by: ada })
    await done(market, { type: 'RemoveEndpoint', publisherId, endpointId }, { by: ada })
    expect(await keysOf(store, `endpoint-${endpointId}`)).toEqual([])
    const history = await market.history(publisherId, { for: ada })
    const secrets = history.flatMap(({ data }) => ('secret' in data ? [data.secret] : []))
    expect(secrets).toEqual([erased, erased])
    const rotate = { type: 'RotateEndpointSecret', publisherId, endpointId }
    expect(await refusal(market, rotate, { by: ada })).toBe('no-endpoint')
  })
})
