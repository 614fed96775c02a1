import { memoryStore } from '@vitrine/store-memory'
import { describe, expect, it } from 'vitest'
import { ada, done, draftIn, handClock, liveIn, luc, olaf, open, publisherIn, refusal, typesIn, zoe } from './stage.js'

describe('where nobody is named', () => {
  it.each([undefined, {}, { for: undefined }, { for: null }, { for: 'u-ada' }, { for: {} }, { for: { id: 7 } }])(
    'T30 T34 nothing is answered but what is for everybody: %o',
    async (asking) => {
      const market = await open()
      const { publisherId, listingId } = await liveIn(market)
      const nobody = asking as never
      for (const ask of [
        () => market.listing(listingId, nobody),
        () => market.publisher(publisherId, nobody),
        () => market.lead(listingId, nobody),
        () => market.history(listingId, nobody),
        () => market.listingAt(listingId, '2026-01-05T12:00:00.000Z', nobody),
        () => market.views.publisherListings.find({ ...asking, where: { publisherId } } as never),
      ]) {
        await expect(ask()).rejects.toMatchObject({ name: 'RuntimeError', code: 'person-needed' })
      }
      expect(await market.asOperator.listing(listingId)).toMatchObject({ state: { id: listingId } })
    },
  )
})

describe('what the service says of its staff', () => {
  it.each([undefined, null, false, ''])('is nobody when it is empty: %o', async (said) => {
    for (const staff of [() => said, async () => said]) {
      const market = await open({ staff: ((id: string) => (id === olaf.id ? 'operator' : staff())) as never })
      const publisherId = await publisherIn(market)
      const listingId = await draftIn(market, publisherId)
      await market.catchUp()
      expect(await market.listing(listingId, { for: zoe })).toBeUndefined()
      const asking = { for: zoe, where: { publisherId } }
      expect((await market.views.publisherListings.find(asking)).documents).toEqual([])
      await done(market, { type: 'Register', name: 'Zoe and Daughters' }, { by: zoe })
      const roles = (await market.asOperator.history(publisherId)).map(({ metadata }) => metadata.actor.role)
      expect(new Set(roles.map((role) => typeof role))).toEqual(new Set(['string']))
    }
  })

  it.each([
    ['none', '"none"'],
    [true, 'true'],
    [7, '7'],
    ['Reviewer', '"Reviewer"'],
  ])('makes nobody staff by another word: %o', async (said, found) => {
    const market = await open({ staff: (() => said) as never })
    const fault = {
      code: 'staff-unknown',
      message: `staff gave ${found} for u-zoe, where 'reviewer', 'operator' or undefined was expected.`,
    }
    await expect(market.execute({ type: 'Register', name: 'Zoe' }, { by: zoe })).rejects.toMatchObject(fault)
    const unknown = '00000000-0000-7000-8000-000000000000'
    await expect(market.views.team.find({ for: zoe, where: { publisherId: unknown } })).rejects.toMatchObject(fault)
  })
})

describe('what a caller gives with a command', () => {
  it('T26 says under which id and on which version, and nothing of who asks or why', async () => {
    const store = memoryStore()
    const market = await open({ store })
    const publisherId = await publisherIn(market)
    const suspend = { type: 'SuspendPublisher', publisherId, reason: 'Revenge' }
    const before = await typesIn(store, '')
    for (const stray of [
      { asker: { ...olaf, staff: 'operator' } },
      { asker: { id: 'system', name: 'system', system: true } },
      { command: suspend },
      { causationId: 'elsewhere' },
      { hops: 99 },
      { decidedByTime: true },
    ]) {
      const [option] = Object.keys(stray)
      expect(await market.execute(suspend as never, { by: zoe, ...stray } as never)).toMatchObject({
        refused: { code: 'invalid-command', problems: [{ path: option, problem: 'is no option' }] },
      })
    }
    expect(await typesIn(store, '')).toEqual(before)
    expect(await refusal(market, suspend, { by: zoe })).toBe('unknown-publisher')
  })

  it.each([null, 3, ['a'], '', 'é', 'x'.repeat(129)])('is refused with an id that is none: %o', async (id) => {
    const market = await open()
    const register = { type: 'Register', name: 'Marsh Software' }
    for (const name of ['commandId', 'correlationId']) {
      expect(await market.execute(register as never, { by: ada, [name]: id } as never)).toMatchObject({
        refused: { code: 'invalid-command', message: `The ${name} must be 1 to 128 visible ASCII characters.` },
      })
    }
  })

  it.each(['3', null, Number.NaN, -1, 0.5])('is refused on a version that is none: %o', async (expectedVersion) => {
    const market = await open()
    const publisherId = await publisherIn(market)
    const update = { type: 'UpdateProfile', publisherId, name: 'Marsh' }
    expect(await market.execute(update as never, { by: ada, expectedVersion } as never)).toMatchObject({
      refused: { code: 'invalid-command', message: expect.stringContaining('expectedVersion must be a whole number') },
    })
  })
})

it('a listing that was deleted is unknown as it was, too, but to the operator', async () => {
  const clock = handClock()
  const market = await open({ clock })
  const listingId = await draftIn(market, await publisherIn(market))
  const before = clock().toISOString()
  clock.wait(1_000)
  expect(await market.listingAt(listingId, before, { for: luc })).toMatchObject({ id: listingId })
  await done(market, { type: 'Delete', listingId }, { by: luc })
  expect(await market.listingAt(listingId, before, { for: luc })).toBeUndefined()
  expect(await market.asOperator.listingAt(listingId, before)).toMatchObject({ id: listingId })
})
