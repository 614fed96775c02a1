import { defineMarketplace } from '@vitrine/core'
import { memoryStore } from '@vitrine/store-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  ada,
  approve,
  day,
  done,
  draftIn,
  handClock,
  liveIn,
  luc,
  olaf,
  open,
  publisherIn,
  rita,
  vic,
  zoe,
} from '../test/stage.js'

const unknownId = '00000000-0000-7000-8000-000000000000'

async function staged() {
  const clock = handClock()
  const market = await open({ store: memoryStore(), clock })
  const { publisherId, listingId } = await liveIn(market)
  clock.wait(day)
  await done(market, { type: 'StartRevision', listingId }, { by: luc })
  await done(market, { type: 'Submit', listingId, publishMode: 'manual', comment: 'Again' }, { by: luc })
  await done(market, { type: 'StartReview', listingId }, { by: rita })
  await done(market, { type: 'HoldReview', listingId, reason: 'Waits for the lawyers' }, { by: rita })
  await market.catchUp()
  return { market, clock, publisherId, listingId }
}

let stage: Awaited<ReturnType<typeof staged>>
beforeAll(async () => {
  stage = await staged()
})

describe('who asks', () => {
  it('T30 gets answers and states without what is for staff alone, unless they are staff', async () => {
    const { market } = stage
    const listingId = await draftIn(market, stage.publisherId, 'Cut')
    const { submissionId } = (await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc }))
      .events[0]!.data as { submissionId: string }
    const asked = await done(market, { type: 'StartReview', listingId }, { by: rita })
    expect(asked.state.staffOnly).toMatchObject({ reviewer: rita.id })
    expect(asked.events[0]?.data).toEqual({ reviewer: rita.id })
    const recalled = await done(market, { type: 'RecallSubmission', listingId }, { by: luc, commandId: 'c-cut' })
    expect(recalled.state).not.toHaveProperty('staffOnly')
    expect(recalled.events).toMatchObject([{ data: { submissionId }, metadata: { actor: luc } }])
    expect(recalled.events[0]).not.toHaveProperty('metadata.basis')
    const again = await done(market, { type: 'RecallSubmission', listingId }, { by: luc, commandId: 'c-cut' })
    expect(again).toEqual({ ...recalled, duplicate: true })
  })

  it('D6 T34 reads what is there now with the version that a later command may name; of others nothing', async () => {
    const { market, publisherId } = stage
    const listingId = await draftIn(market, publisherId, 'Now')
    const seen = await market.listing(listingId, { for: luc })
    expect(seen).toMatchObject({ state: { id: listingId, working: { status: 'draft' } } })
    expect(seen?.state).not.toHaveProperty('staffOnly')
    expect((await market.listing(listingId, { for: rita }))?.state).toHaveProperty('staffOnly')
    expect(await market.listing(listingId, { for: zoe })).toBeUndefined()
    expect(await market.listing(unknownId, { for: luc })).toBeUndefined()
    expect(await market.listing('no id', { for: luc })).toBeUndefined()
    expect((await market.publisher(publisherId, { for: luc }))?.state.members).toHaveProperty(luc.id)
    expect(await market.publisher(publisherId, { for: zoe })).toBeUndefined()
    expect((await market.asOperator.listing(listingId))?.version).toBe(seen?.version)
    expect((await market.asOperator.publisher(publisherId))?.state.status).toBe('approved')
    const revise = (headline: string) =>
      market.execute({ type: 'Revise', listingId, changes: { headline } }, { by: luc, expectedVersion: seen!.version })
    expect(await revise('First')).toHaveProperty('events.0.type', 'Revised')
    expect(await revise('Second')).toHaveProperty('refused.code', 'stale-version')
    await done(market, { type: 'Delete', listingId }, { by: luc })
    expect(await market.listing(listingId, { for: luc })).toBeUndefined()
  })

  it("T30 T34 sees a history that was made for them, and of others' nothing at all", async () => {
    const { market, listingId } = stage
    const forTeam = await market.history(listingId, { for: luc })
    expect(JSON.stringify(forTeam)).not.toMatch(/lawyers|u-rita|u-olaf/)
    expect(forTeam.find(({ type }) => type === 'ReviewStarted')).toMatchObject({
      data: {},
      metadata: { actor: { id: 'marketplace' } },
    })
    expect(JSON.stringify(await market.history(listingId, { for: rita }))).toContain('Waits for the lawyers')
    expect(await market.history(listingId, { for: zoe })).toEqual([])
    expect(await market.history(unknownId, { for: luc })).toEqual([])
    expect(await market.history('no id', { for: luc })).toEqual([])
    expect(await market.asOperator.history(listingId)).toHaveLength(forTeam.length)
    expect((await market.history(stage.publisherId, { for: ada })).map(({ type }) => type)).toContain('MemberJoined')
  })

  it('T34 sees no draft that was deleted, as if it had never been', async () => {
    const { market, publisherId } = stage
    const listingId = await draftIn(market, publisherId, 'Deleted')
    await done(market, { type: 'Delete', listingId }, { by: luc })
    expect(await market.history(listingId, { for: luc })).toEqual([])
    expect(await market.listingAt(listingId, new Date(), { for: luc })).toBeUndefined()
    expect((await market.asOperator.history(listingId)).at(-1)?.type).toBe('Deleted')
  })

  it('T34 is told who they are: what is not for everybody is asked for a person, about a publisher', async () => {
    const { views, asOperator } = stage.market
    const { publisherId, listingId } = stage
    await expect(views.publisherListings.find({} as never)).rejects.toMatchObject({ code: 'person-needed' })
    await expect(views.publisherListings.get(listingId, {} as never)).rejects.toMatchObject({ code: 'person-needed' })
    await expect(views.publisherListings.find({ for: luc })).rejects.toMatchObject({ code: 'publisher-needed' })
    expect((await views.publisherListings.find({ for: luc, where: { publisherId } })).documents.length).toBeGreaterThan(
      0,
    )
    expect((await views.publisherListings.find({ for: zoe, where: { publisherId } })).documents).toEqual([])
    expect((await views.publisherListings.find({ for: luc, where: { publisherId: unknownId } })).documents).toEqual([])
    expect(await views.publisherListings.count({ for: zoe, where: { publisherId } })).toBe(0)
    expect(await views.publisherListings.get(listingId, { for: luc })).toMatchObject({ listingId })
    expect(await views.publisherListings.get(listingId, { for: zoe })).toBeUndefined()
    expect(await views.publisherListings.get(unknownId, { for: zoe })).toBeUndefined()
    expect((await views.publisherListings.find({ for: rita })).documents.length).toBeGreaterThan(0)
    expect((await asOperator.views.publisherListings.find()).documents.length).toBeGreaterThan(0)
  })

  it('may name a listing instead of its publisher', async () => {
    const { views } = stage.market
    const { listingId } = stage
    const mine = await views.activity.find({ for: luc, where: { listingId }, order: 'position' })
    expect(mine.documents.length).toBeGreaterThan(3)
    expect(JSON.stringify(mine)).not.toMatch(/lawyers|u-rita/)
    expect((await views.activity.find({ for: zoe, where: { listingId }, order: 'position' })).documents).toEqual([])
    expect(
      (await views.activity.find({ for: luc, where: { listingId: unknownId }, order: 'position' })).documents,
    ).toEqual([])
  })

  it('loses what they saw with their place on the team, at once', async () => {
    const store = memoryStore()
    const [market, elsewhere] = [await open({ store }), await open({ store })]
    const publisherId = await publisherIn(market)
    await done(market, { type: 'AddMember', publisherId, actorId: vic.id, name: vic.name, role: 'viewer' }, { by: ada })
    const { position } = await done(market, { type: 'Create', publisherId, kind: 'app', name: 'Seen' }, { by: luc })
    const seen = async () =>
      (await market.views.publisherListings.find({ for: vic, where: { publisherId }, after: position })).documents
    expect(await seen()).toHaveLength(1)
    await done(elsewhere, { type: 'RemoveMember', publisherId, actorId: vic.id }, { by: ada })
    expect(await seen()).toEqual([])
  })

  it('asks the catalogue without saying who they are, and what is for staff only as staff', async () => {
    const { views } = stage.market
    expect((await views.catalogue.find()).documents).toMatchObject([{ name: 'Ledgerline' }])
    expect((await views.catalogue.search({ words: 'LÉDGERLINE' })).documents).toHaveLength(1)
    expect((await views.catalogue.search({ words: '' })).documents).toHaveLength(1)
    expect((await views.reviewQueue.find({ for: luc })).documents).toEqual([])
    expect((await views.reviewQueue.find({ for: rita })).documents).toHaveLength(1)
  })
})

describe('the review queue', () => {
  it('T16 T30 says for staff alone what each reviewer decided in a month; what expired nobody decided', async () => {
    const clock = handClock()
    const market = await open({ clock })
    const publisherId = await publisherIn(market)
    const listingId = await draftIn(market, publisherId)
    await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
    await done(market, { type: 'AskQuestion', listingId, text: 'Since when?', blocking: false }, { by: rita })
    await done(market, { type: 'RecallSubmission', listingId }, { by: luc })
    await approve(market, listingId)
    const january = { where: { month: '2026-01' }, for: rita }
    clock.wait(61 * day)
    await market.catchUp()

    const nothing = { count: 1, sum: 0, longest: 0 }
    const figures = { approved: 1, rejected: 0, questionsAsked: 1, timeToDecision: nothing }
    const expected = [{ reviewer: rita.id, reviewerName: rita.name, month: '2026-01', ...figures }]
    const { reviewerFigures } = market.views
    expect((await reviewerFigures.find(january)).documents).toEqual(expected)
    expect((await reviewerFigures.find({ where: { reviewer: rita.id }, for: olaf })).documents).toEqual(expected)
    expect((await market.asOperator.views.reviewerFigures.find()).documents).toEqual(expected)
    for (const person of [luc, zoe]) {
      expect((await reviewerFigures.find({ ...january, for: person })).documents).toEqual([])
      expect(await reviewerFigures.get(`2026-01 ${rita.id}`, { for: person })).toBeUndefined()
    }
  })

  it('says for staff how long each has waited and which place it has', async () => {
    const clock = handClock()
    const market = await open({ clock })
    const publisherId = await publisherIn(market)
    for (const name of ['First', 'Second']) {
      const listingId = await draftIn(market, publisherId, name)
      await done(market, { type: 'Submit', listingId, publishMode: 'manual' }, { by: luc })
      clock.wait(day)
    }
    await market.catchUp()
    const line = [
      { name: 'First', place: 1, age: 2 * day },
      { name: 'Second', place: 2, age: day },
    ]
    expect(await market.reviewQueue({ for: rita })).toMatchObject(line)
    expect(await market.asOperator.reviewQueue()).toMatchObject(line)
    expect(await market.reviewQueue({ for: luc })).toEqual([])
  })
})

describe('the past', () => {
  it('shows a listing as it stood at an instant', async () => {
    const { market, listingId } = stage
    const then = await market.listingAt(listingId, '2026-01-05T12:00:00.000Z', { for: luc })
    expect(then).toMatchObject({ working: { status: 'none' }, live: { status: 'public' } })
    expect(then).not.toHaveProperty('staffOnly')
    const now = await market.asOperator.listingAt(listingId, '2026-02-01T00:00:00.000Z')
    expect(now).toMatchObject({ working: { status: 'inReview', held: true }, staffOnly: { reviewer: rita.id } })
    expect(await market.listingAt(listingId, '2026-01-01T00:00:00.000Z', { for: luc })).toBeUndefined()
    expect(await market.listingAt(listingId, '2026-02-01T00:00:00.000Z', { for: zoe })).toBeUndefined()
  })

  it('shows what was live on a day', async () => {
    const clock = handClock()
    const market = await open({ clock })
    const { publisherId, listingId } = await liveIn(market)
    clock.wait(10 * day)
    const { position: after } = await done(market, { type: 'Withdraw', listingId, reason: 'Retired' }, { by: luc })
    const on = (instant: string) => market.liveOn(instant, { for: luc, publisherId, after })
    expect(await on('2026-01-01T00:00:00.000Z')).toEqual([])
    expect(await on('2026-01-08T00:00:00.000Z')).toMatchObject([{ listingId, revision: 1, visibility: 'public' }])
    expect(await on('2026-02-01T00:00:00.000Z')).toEqual([])
    expect(await market.liveOn('2026-01-08T00:00:00.000Z', { for: zoe, publisherId })).toEqual([])
    expect(await market.asOperator.liveOn(new Date('2026-01-08T00:00:00.000Z'))).toHaveLength(1)
  })
})

describe('a link', () => {
  it('T17 T19 leads to what is live now: by path, URL, slug or token, and an old token nowhere', async () => {
    const market = await open()
    const publisherId = await publisherIn(market)
    const listingId = await draftIn(market, publisherId)
    await done(market, { type: 'ClaimVanityUrl', listingId, slug: 'ledgerline' }, { by: luc })
    await approve(market, listingId)
    const { position } = await done(market, { type: 'Publish', listingId, revision: 1 }, { by: luc })
    const target = { listingId, revision: 1, visibility: 'public', path: '/ledgerline' }
    for (const link of ['/ledgerline', 'ledgerline', 'https://market.example/ledgerline', `/listings/${listingId}`]) {
      expect(await market.resolveLink(link, { after: position })).toEqual(target)
    }
    const hidden = await done(market, { type: 'MakePrivate', listingId }, { by: luc })
    const { token } = hidden.events[0]!.data as { token: string }
    const { position: after } = hidden
    expect(await market.resolveLink('/ledgerline', { after })).toBeUndefined()
    expect(await market.resolveLink(`/private/${token}`)).toMatchObject({ listingId, visibility: 'private' })
    expect(await market.resolveLink(token)).toMatchObject({ listingId })
    const renewed = await done(market, { type: 'RenewPrivateLink', listingId }, { by: luc })
    expect(await market.resolveLink(token, { after: renewed.position })).toBeUndefined()
  })
})

describe('a link as people pass it on', () => {
  it('leads to the same, with a query, a fragment, a slash at the end, a host in capitals, or below a path', async () => {
    const rules = defineMarketplace({ baseUrl: 'https://shop.example/market' })
    const market = await open({ rules })
    const listingId = await draftIn(market, await publisherIn(market))
    await done(market, { type: 'ClaimVanityUrl', listingId, slug: 'ledgerline' }, { by: luc })
    await approve(market, listingId)
    const { position: after } = await done(market, { type: 'Publish', listingId, revision: 1 }, { by: luc })
    const leads = (link: string) => market.resolveLink(link, { after })
    for (const link of [
      'https://shop.example/market/ledgerline?utm_source=mail',
      'https://shop.example/market/ledgerline#pricing',
      'HTTPS://Shop.Example:443/market/ledgerline/',
      '/ledgerline/?a=/b/',
      'ledgerline#pricing',
    ]) {
      expect(await leads(link)).toMatchObject({ listingId })
    }
    for (const link of [
      'https://shop.example/ledgerline',
      'https://shop.example/marketing/ledgerline',
      'https://other.example/market/ledgerline',
      'https://shop.example.evil.example/market/ledgerline',
      'http://shop.example/market/ledgerline',
      '/ledgerline//',
      '/',
      '?',
      '',
    ]) {
      expect([link, await leads(link)]).toEqual([link, undefined])
    }
  })
})

describe('what may be done next', () => {
  it('is said for members, staff and strangers, of listings and publishers', async () => {
    const { market, listingId, publisherId } = stage
    const possible = async (id: string, by: typeof luc | typeof zoe | typeof olaf | 'visitor') =>
      (await market.nextActions(id, { by })).filter(({ refused }) => !refused).map(({ command }) => command)
    expect(await possible(listingId, luc)).toContain('RecallSubmission')
    expect(await possible(listingId, rita as never)).toContain('ResumeReview')
    expect(await possible(publisherId, olaf)).toContain('SuspendPublisher')
    expect(await possible(listingId, 'visitor')).toEqual([])
    expect(await market.nextActions(listingId, { by: zoe })).toEqual(await market.nextActions(unknownId, { by: zoe }))
  })
})
