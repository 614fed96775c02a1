import { beforeAll, describe, expect, it } from 'vitest'
import { liveIn, luc, open } from '../test/stage.js'

type Ask = (question?: unknown) => Promise<unknown>

async function staged() {
  const market = await open()
  const { publisherId, listingId } = await liveIn(market)
  await market.catchUp()
  return { market, publisherId, listingId }
}

let stage: Awaited<ReturnType<typeof staged>>
let catalogue: { readonly find: Ask; readonly count: Ask; readonly search: Ask }
beforeAll(async () => {
  stage = await staged()
  catalogue = stage.market.views.catalogue as typeof catalogue
})

describe('a question that is none', () => {
  it('says after which position, as a whole number', async () => {
    for (const after of [Number.NaN, '3', -1, 1.5, null]) {
      const fault = { code: 'invalid', message: expect.stringContaining('after is ') }
      await expect(catalogue.find({ after })).rejects.toMatchObject(fault)
      await expect(catalogue.count({ after })).rejects.toMatchObject(fault)
      await expect(catalogue.search({ words: 'x', after })).rejects.toMatchObject(fault)
      await expect(stage.market.views.catalogue.get('x', { after: after as number })).rejects.toMatchObject(fault)
    }
    expect(await catalogue.count({ after: 0 })).toBe(1)
  })

  it.each([{}, { words: ['a', 'b'] }, { words: null }, undefined])('searches for no text: %o', async (question) => {
    const fault = { code: 'invalid', message: expect.stringContaining('words is ') }
    await expect(catalogue.search(question)).rejects.toMatchObject(fault)
  })

  it('has a field that is none: what documents must equal stands in where', async () => {
    const fault = {
      code: 'invalid',
      message: expect.stringMatching(/^A question to view catalogue has no field kind\b.*stands in where\.$/),
    }
    await expect(catalogue.find({ kind: 'app' })).rejects.toMatchObject(fault)
    await expect(catalogue.count({ kind: 'app' })).rejects.toMatchObject(fault)
    await expect(catalogue.search({ words: 'invoices', kind: 'app' })).rejects.toMatchObject(fault)
    await expect(catalogue.search({ words: 'invoices', order: 'name' })).rejects.toMatchObject({ code: 'invalid' })
    const where = { kind: 'app' }
    expect(await catalogue.count({ where, order: 'name', descending: true, cursor: undefined, other: undefined })).toBe(
      1,
    )
  })
})

describe('a question about the past', () => {
  it.each(['tomorrow', '', '12', '2026-11-31', null, undefined, new Date(Number.NaN)])(
    'names an instant, not %o',
    async (instant) => {
      const { market, publisherId } = stage
      const fault = { code: 'invalid-options', message: expect.stringContaining('is no instant') }
      const asking = { for: luc, publisherId }
      await expect(market.liveOn(instant as string, asking)).rejects.toMatchObject(fault)
      await expect(market.asOperator.liveOn(instant as string)).rejects.toMatchObject(fault)
      await expect(market.listingAt(publisherId, instant as string, { for: luc })).rejects.toMatchObject(fault)
      await expect(market.asOperator.listingAt('no id', instant as string)).rejects.toMatchObject(fault)
    },
  )
})

describe('a link that is no text', () => {
  it.each([undefined, null, 7, {}])('leads nowhere: %o', async (link) => {
    expect(await stage.market.resolveLink(link as string)).toBeUndefined()
  })
})
